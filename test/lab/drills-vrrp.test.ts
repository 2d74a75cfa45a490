import type { ExecutionContext } from 'ava';
import { type DrillLine, holderOf, holders, killInMiddle, type Node, peer } from './_drills.ts';
import { down, inLab, labName, onNode, startWizard, until, wizard } from './_lab.ts';
import { drillRun, pairUp, verifyWhole } from './_pair.ts';

/** nginx that hangs, keepalived killed, VRRP blocked: on a real pair; and faults that do not take. */
const LAB = labName('vrrp');
/** The higher priority. */
const FIRST: Node = 'iam-1';
const NO_TABLE = '! nft list table inet iam_ha_drill >/dev/null 2>&1';

const says = (node: Node, script: string) =>
  onNode(LAB, node, `if ${script}; then echo yes; fi`) === 'yes\n';

type Came = Pick<DrillLine, 'holderAfter' | 'notifyLines'>;

interface Case {
  expected(before: Node): Came;
  /** What a race decides: another list of the victim's lines. */
  readonly orElse?: readonly string[];
  isBroken(victim: Node): boolean;
  readonly isBrief?: boolean;
  holder(victim: Node): Node;
}

const CASES: Readonly<Record<string, Case>> = {
  'nginx-hung': {
    expected: (before) => ({
      holderAfter: peer(before),
      notifyLines: { [before]: ['notify_fault'], [peer(before)]: ['notify_master'] },
    }),
    isBroken: (victim) =>
      says(
        victim,
        `grep -q '^State:.*stopped' "/proc/$(systemctl show -p MainPID --value nginx)/status"`,
      ),
    holder: peer,
  },
  'keepalived-killed': {
    expected: (before) => ({
      holderAfter: peer(before),
      notifyLines: { [before]: ['notify_backup'], [peer(before)]: ['notify_master'] },
    }),
    orElse: ['notify_stop', 'notify_backup'],
    isBroken: (victim) => says(victim, '! systemctl --quiet is-active keepalived'),
    // systemd starts it again after 4 s
    isBrief: true,
    holder: peer,
  },
  'vrrp-blocked': {
    expected: (before) => ({
      holderAfter: FIRST,
      notifyLines:
        before === FIRST
          ? { [before]: [], [peer(before)]: ['notify_master', 'notify_backup'] }
          : { [before]: ['notify_backup'], [peer(before)]: ['notify_master'] },
    }),
    isBroken: (victim) => !says(victim, NO_TABLE) && holders(LAB).length === 2,
    holder: () => FIRST,
  },
};
const IDS = Object.keys(CASES);

const drill = (t: ExecutionContext, ...args: readonly string[]) =>
  drillRun<DrillLine>(t, LAB, [...args, '--yes', '--json'], 5);

function verifyDrill(t: ExecutionContext, one: DrillLine): void {
  const { expected, orElse } = CASES[one.id]!;
  const { holderAfter, notifyLines } = expected(one.holderBefore);
  t.is(one.outcome, 'passed', JSON.stringify(one));
  t.true(one.restored);
  t.is(one.holderAfter, holderAfter);
  const lines = one.notifyLines[one.holderBefore];
  if (orElse && lines?.join() === orElse.join())
    t.deepEqual(one.notifyLines, { ...notifyLines, [one.holderBefore]: orElse });
  else t.deepEqual(one.notifyLines, notifyLines);
  const [min, max] = one.predictedMs;
  t.true(one.outageMs >= min - 1000 / one.rate && one.outageMs <= max, `${one.outageMs} ms`);
  const views = one.views.map(
    ({ sent, late, failed }) => `${failed} failed, ${late} late of ${sent}`,
  );
  t.log(`${one.id}: outage ${one.outageMs} ms, expected ${min}–${max}; ${views.join('; ')}`);
}

inLab.before('a pair, and nothing wrong with it', async (t) => {
  await pairUp(t, LAB);
});

for (const id of IDS) {
  inLab(`${id} comes out as it said beforehand`, async (t) => {
    t.timeout(600_000);
    const { drills, code } = await drill(t, id, '--rate', '200');
    t.is(drills.length, 1);
    for (const one of drills) verifyDrill(t, one);
    t.is(code, 0);
    t.is(holderOf(LAB), FIRST, 'brought home');
    await verifyWhole(t, LAB);
  });
}

inLab(
  'VRRP is blocked on the node with the lower priority: the higher one has the VIP then',
  async (t) => {
    t.timeout(600_000);
    await wizard(LAB, ['move-vip', peer(FIRST), '--yes', '--json']);
    t.is(holderOf(LAB), peer(FIRST));
    const rules = onNode(LAB, peer(FIRST), 'nft -s -t list ruleset');
    const { drills } = await drill(t, 'vrrp-blocked', '--rate', '200');
    for (const one of drills) verifyDrill(t, one);
    t.is(
      onNode(LAB, peer(FIRST), 'nft -s -t list ruleset'),
      rules,
      'nobody else’s rules are touched',
    );
  },
);

interface Obstacle {
  readonly id: string;
  readonly make: string;
  readonly remove: string;
}

/** A unit that may not be stopped by hand; an nft that takes no rules. */
const refuses = (unit: string): Omit<Obstacle, 'id'> => ({
  make: `mkdir -p /run/systemd/system/${unit}.service.d
printf '[Unit]\\nRefuseManualStop=yes\\n' >/run/systemd/system/${unit}.service.d/refuses.conf
systemctl daemon-reload`,
  remove: `rm -r /run/systemd/system/${unit}.service.d && systemctl daemon-reload`,
});
const OBSTACLES: readonly Obstacle[] = [
  { id: 'keepalived-stopped', ...refuses('keepalived') },
  { id: 'nginx-stopped', ...refuses('nginx') },
  {
    id: 'vrrp-blocked',
    make: `cp /usr/sbin/nft /run/nft
cat >/run/no-rules <<'X'
#!/bin/sh
[ "$*" != "-f -" ] || { echo "no rules here" >&2; exit 1; }
exec /run/nft "$@"
X
chmod 755 /run/no-rules
mount --bind /run/no-rules /usr/sbin/nft`,
    remove: 'umount /usr/sbin/nft && rm /run/nft /run/no-rules',
  },
];

for (const { id, make, remove } of OBSTACLES) {
  inLab(`a fault that does not take proves nothing: ${id}`, async (t) => {
    t.timeout(300_000);
    const victim = holderOf(LAB);
    onNode(LAB, victim, make);
    try {
      const { drills, code, result } = await drill(t, id);
      t.like(drills[0], { outcome: 'not-injected', restored: true, holderAfter: victim });
      t.deepEqual(
        drills[0]?.problems.map((one) => one.code),
        ['drill-fault-refused'],
      );
      t.like(result, { ok: false, drills: { passed: 0, failed: 1 } });
      t.is(code, 1);
    } finally {
      onNode(LAB, victim, remove);
    }
    t.is(onNode(LAB, victim, 'systemctl list-timers --all --no-legend "iam-ha-drill-*"'), '');
    await verifyWhole(t, LAB);
  });
}

inLab('Ctrl-C while VRRP is blocked: the fault is ended, and then the run', async (t) => {
  t.timeout(180_000);
  const victim = holderOf(LAB);
  const running = startWizard(LAB, ['drill', 'vrrp-blocked', '--yes', '--json']);
  await until('it is blocked', () => !says(victim, NO_TABLE), 90);
  running.kill('SIGINT');
  const { code, events } = await running.ended;
  t.is(code, 130);
  t.false(
    events.some(({ type }) => type === 'drill'),
    'what was not measured to its end has no outcome',
  );
  t.true(says(victim, NO_TABLE));
  t.is(holderOf(LAB), FIRST);
  await verifyWhole(t, LAB);
});

for (const id of IDS) {
  inLab(`the pair mends itself when the wizard is killed in the middle of ${id}`, async (t) => {
    t.timeout(240_000);
    await killInMiddle(t, LAB, { id, ...CASES[id]! });
  });
}

inLab('what a killed run has left does not stop the next one', async (t) => {
  t.timeout(600_000);
  const { drills, code } = await drill(t, ...IDS, '--rate', '200');
  for (const one of drills) verifyDrill(t, one);
  t.is(code, 0);
});

inLab.after.always('the lab goes', async () => {
  await down(LAB);
});
