import test, { type ExecutionContext } from 'ava';
import type { ActionName } from '../../source/drivers/tencent/index.ts';
import { OperatorError } from '../../source/model/index.ts';
import { ONE } from '../lab-room/cloud/_cloud.ts';
import { type Count, FAULTS, type FaultName, Killed, Theatre } from './_cloud-faults.ts';

const MAKING: readonly ActionName[] = [
  'CreateHaVip',
  'AssociateHaVipInstance',
  'CreateSecurityGroupPolicies',
  'AllocateAddresses',
  'HaVipAssociateAddressIp',
];
const UNMAKING: readonly ActionName[] = [
  'HaVipDisassociateAddressIp',
  'ReleaseAddresses',
  'DeleteHaVip',
  'DeleteSecurityGroupPolicies',
];

const ONE_OF_EACH: Count = { haVips: 1, eips: 1, bound: 1, members: 2, rules: 1, everBought: 1 };
const NONE = { haVips: 0, eips: 0, bound: 0, members: 0, rules: 0 };

/** What the cloud has, shortly. */
const HEAD = 'HAVIPs members rules EIPs bindings';
const shown = ({ haVips, members, rules: allowed, eips, bound }: Count) =>
  [haVips, members, allowed, eips, bound].join(' ');
const rows: string[][] = [];

const isKilled = (fault: FaultName) => fault.startsWith('kill');

/** A run that ends in an accident: killed, or told that the line is gone. */
async function interrupted(t: ExecutionContext, fault: FaultName, run: Promise<unknown>) {
  const instanceOf = isKilled(fault) ? Killed : OperatorError;
  await t.throwsAsync(run, { instanceOf });
}

/** A node that was not there at first is let in later: only so is a HAVIP's set ever added to. */
async function before(theatre: Theatre, action: ActionName) {
  if (action === 'AssociateHaVipInstance') await theatre.apply([ONE]);
}

/** Exactly nothing, and nothing that costs. */
async function isEmpty(t: ExecutionContext, theatre: Theatre) {
  t.like(theatre.count(), NONE);
  t.is(theatre.idleHour(), 0);
  t.like(await theatre.destroy(), { undone: [], left: [] });
}

for (const action of MAKING) {
  for (const fault of FAULTS) {
    test.serial(`${action}, ${fault}: resumed, one of each; destroyed, none`, async (t) => {
      const theatre = await Theatre.open(t);
      await before(theatre, action);
      await interrupted(t, fault, theatre.apply(undefined, { action, fault }));
      const then = shown(theatre.count());
      t.is(await theatre.lastOutcome(), isKilled(fault) ? undefined : 'unknown');
      await theatre.apply();
      t.deepEqual(await theatre.generations(), [0, 0], 'nothing is proven to have failed');
      const resumed = theatre.count();
      t.deepEqual(resumed, ONE_OF_EACH);
      t.is((await theatre.apply()).changed, 0);
      t.is(theatre.idleHour(), 0);
      t.deepEqual((await theatre.destroy()).left, []);
      rows.push([action, fault, then, shown(resumed), shown(theatre.count())]);
      await isEmpty(t, theatre);
    });

    test.serial(`${action}, ${fault}: given up at once, none`, async (t) => {
      const theatre = await Theatre.open(t);
      await before(theatre, action);
      await interrupted(t, fault, theatre.apply(undefined, { action, fault }));
      t.deepEqual((await theatre.destroy()).left, []);
      await isEmpty(t, theatre);
    });
  }
}

for (const action of UNMAKING) {
  for (const fault of FAULTS) {
    test.serial(`${action}, ${fault}: one of each; destroyed again, none`, async (t) => {
      const theatre = await Theatre.open(t);
      await theatre.apply();
      const made = theatre.count();
      t.deepEqual(made, ONE_OF_EACH);
      await interrupted(t, fault, theatre.destroy({ action, fault }));
      const then = shown(theatre.count());
      t.deepEqual((await theatre.destroy()).left, []);
      rows.push([action, fault, then, shown(theatre.count()), shown(theatre.count())]);
      await isEmpty(t, theatre);
    });
  }
}

for (const [action, read] of [
  ['CreateHaVip', 'DescribeHaVips'],
  ['AllocateAddresses', 'DescribeAddresses'],
] as const) {
  test.serial(
    `${action}, killed just after, and reads that lag behind: resumed, one; destroyed, none`,
    async (t) => {
      for (const isGivenUp of [false, true]) {
        const theatre = await Theatre.open(t);
        const accident = { action, fault: 'kill-after' } as const;
        await t.throwsAsync(theatre.apply(undefined, accident), { instanceOf: Killed });
        theatre.lag(read);
        if (!isGivenUp) {
          await theatre.apply();
          t.deepEqual(theatre.count(), ONE_OF_EACH);
          theatre.lag(read);
        }
        t.deepEqual((await theatre.destroy()).left, []);
        await isEmpty(t, theatre);
      }
    },
  );
}

test.serial('what the operator had is taken as it is, bound, unbound, and stays', async (t) => {
  const theatre = await Theatre.open(t);
  const address = await theatre.bring();
  const before = theatre.count();
  await theatre.apply();
  t.like(theatre.count(), { haVips: 1, eips: 1, bound: 1, everBought: 1 });
  t.is((await theatre.apply()).changed, 0);
  const accident = { action: 'HaVipDisassociateAddressIp', fault: 'kill-after' } as const;
  await t.throwsAsync(theatre.destroy(accident), { instanceOf: Killed });
  const { left, kept } = await theatre.destroy();
  t.deepEqual([left, kept.toSorted()], [[], [`eip:${address}`, 'ha-vip:10.0.4.99']]);
  t.deepEqual(theatre.count(), before);
});

test.after('the table', (t) => {
  const all = [...MAKING, ...UNMAKING];
  const place = ([action = '', fault = '']: readonly string[]) =>
    all.indexOf(action as ActionName) * FAULTS.length + FAULTS.indexOf(fault as FaultName);
  const head = [HEAD, 'accident', 'interrupted', 'resumed', 'destroyed'];
  const line = (row: readonly string[]) => row.map((cell, i) => cell.padEnd(i ? 14 : 36)).join('');
  t.log(`${rows.length} cases, by the cloud's own count`);
  for (const row of [head, ...rows.toSorted((a, b) => place(a) - place(b))]) t.log(line(row));
});
