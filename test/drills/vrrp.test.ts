import { execFileSync, spawnSync } from 'node:child_process';
import test from 'ava';
import { isAtRest } from '../../source/drills/context.ts';
import { keepalivedDrills } from '../../source/drills/index.ts';
import {
  type DrillPlan,
  type DrillStep,
  type NodeName,
  revealContent,
} from '../../source/model/index.ts';
import { changed, clusterOf, SHORT } from '../cluster/_examples.ts';

/** The drills in which the VIP is at stake, beside the lecture's three. */
const A = 'iam-1' as NodeName;
const B = 'iam-2' as NodeName;

function plan(id: string, holder: NodeName, text = SHORT): DrillPlan {
  const drills = keepalivedDrills({ cluster: clusterOf(text), ratePerSecond: 200 });
  const planned = drills.find((one) => one.id === id)?.plan({ holder, frontends: [A, B] });
  if (planned?.kind !== 'plan') throw new Error(id);
  return planned.plan;
}

const scripts = (steps: readonly DrillStep[]) => steps.map(({ script }) => revealContent(script));

const ended: readonly (readonly [NodeName, DrillPlan['expectation']['notifyLines']])[] = [
  [A, { [B]: ['notify_master', 'notify_backup'] }],
  [B, { [A]: ['notify_master'], [B]: ['notify_backup'] }],
];
for (const [holder, notifyLines] of ended) {
  test(`VRRP blocked on ${holder}: in the end the higher priority has the VIP`, (t) => {
    const { expectation, victim, description } = plan('vrrp-blocked', holder);
    t.is(victim, holder);
    t.is(expectation.holderAfter, A);
    t.deepEqual(expectation.notifyLines, notifyLines);
    t.like(description.params, { winner: A, loser: B });
  });
}

test('both must have the VIP, within the standby’s own time; then ten seconds are full', (t) => {
  for (const [profile, masterDownMs] of [
    ['lecture', 3805],
    ['balanced', 3012],
    ['fast', 602],
  ] as const) {
    const { witness, witnessMs, observeMs } = plan('vrrp-blocked', A, withProfile(profile));
    t.deepEqual(
      witness.map(({ node }) => node),
      [B, A],
    );
    t.true(witnessMs! > masterDownMs && witnessMs! < masterDownMs + 6000);
    t.is(observeMs, 10_000 - masterDownMs);
  }
});

test('only a table of its own is made, and only that one is taken away', (t) => {
  const { inject, heal, restore } = plan('vrrp-blocked', A);
  const all = scripts([...inject, ...(heal?.steps ?? []), ...restore]).join('\n');
  t.deepEqual([...new Set(all.match(/inet \w+/g))], ['inet iam_ha_drill']);
  t.false(/flush/.test(all));
});

test('what is lost where one lets go ends with the next announcement', (t) => {
  t.like(plan('vrrp-blocked', A).expectation, { outageMs: [0, 25], lostAtMost: 5 });
});

test('keepalived killed: watched until systemd has started it again and the peer has the VIP', (t) => {
  for (const [profile, leastMs] of [
    ['lecture', 5000 + 3804],
    ['balanced', 4000 + 3011],
    ['fast', 3000],
  ] as const) {
    const { observeMs, heal, expectation } = plan('keepalived-killed', A, withProfile(profile));
    t.true(observeMs >= leastMs && observeMs < leastMs + 1500, `${profile}: ${observeMs}`);
    t.deepEqual(heal?.steps, [], 'it ends without us');
    t.deepEqual(expectation.legalLines, { [A]: [['notify_stop', 'notify_backup']] });
  }
});

test('every script is bash, and what the host is armed with is sh', (t) => {
  for (const id of ['nginx-hung', 'keepalived-killed', 'vrrp-blocked']) {
    const { arm, inject, witness, heal, restore, restored, unbroken, disarm } = plan(id, B);
    const steps = [arm, inject, witness, heal?.steps, heal?.settled, restore, restored].flat();
    for (const script of scripts([...steps, unbroken, disarm].flat().filter((one) => !!one)))
      t.notThrows(() => execFileSync('bash', ['-n'], { input: script, stdio: 'pipe' }), script);
    for (const undo of scripts(restore)) {
      t.notThrows(() => execFileSync('sh', ['-n'], { input: undo, stdio: 'pipe' }), undo);
      t.false(undo.includes("'"), 'it stands between single quotes');
    }
  }
});

/** Runs a script with `ip` and the notify log's last word as given. */
function exitCode(script: string, { held, last }: { held: boolean; last: string }): number | null {
  const addresses = ['1: lo    inet 10.0.4.99/32 scope host lo', '2: eth0    inet 10.0.4.20/24'];
  const shown = held ? [...addresses, '2: eth0    inet 10.0.4.99/32 scope global eth0'] : addresses;
  const stubs = `ip() { cat <<'X'\n${shown.join('\n')}\nX\n}
cat() { if [ $# -gt 0 ]; then echo '[2026-11-26 06:00:00] ${last}'; else command cat; fi; }\n`;
  return spawnSync('bash', ['-s'], { input: `${stubs}${script}\n` }).status;
}

test('at rest: has the VIP and says so, or neither; an address on lo does not count', (t) => {
  const script = isAtRest('10.0.4.99');
  const cases = [
    [true, 'notify_master', 0],
    [true, 'notify_backup', 1],
    [false, 'notify_backup', 0],
    [false, 'notify_master', 1],
    [false, 'notify_fault', 1],
    [false, 'notify_stop', 1],
  ] as const;
  for (const [held, last, code] of cases) t.is(exitCode(script, { held, last }), code, last);
});

function withProfile(profile: string): string {
  return changed(SHORT, 'address: 10.0.4.99', `address: 10.0.4.99, profile: ${profile}`);
}
