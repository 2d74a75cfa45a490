import test from 'ava';
import {
  type OutageScenario,
  type Profile,
  predictOutage,
  predictPhases,
} from '../../source/cluster/index.ts';

const SCENARIOS: readonly OutageScenario[] = [
  'keepalived-stopped',
  'nginx-stopped',
  'nginx-hung',
  'node-unplugged',
];
const PROFILES: readonly Profile[] = ['lecture', 'balanced', 'fast'];

for (const scenario of SCENARIOS) {
  for (const profile of PROFILES) {
    test(`${scenario}, ${profile}: the phases add up to the outage's spread`, (t) => {
      const bands = Object.values(predictPhases(scenario, profile)!);
      const sum = (place: 0 | 1) => bands.reduce((all, band) => all + band[place], 0);
      const [min, max] = predictOutage(scenario, profile);
      // the old holder answers until the peer has the address: no outage for the client
      const isBridged =
        scenario === 'keepalived-stopped' ||
        (scenario === 'nginx-stopped' && profile !== 'lecture');
      if (isBridged) return t.true(sum(0) >= min);
      t.true(sum(0) >= min && sum(0) <= min + 21, `${sum(0)} of ${min}`);
      t.true(sum(1) <= max, `${sum(1)} of ${max}`);
    });
  }
}

test('where no failover is due there are none', (t) => {
  t.is(predictPhases('nginx-recovers', 'balanced'), undefined);
  t.is(predictPhases('keepalived-killed', 'balanced'), undefined);
});

test('the phases of the node that takes over: the lecture’s peer waits 206/256 s', (t) => {
  t.deepEqual(predictPhases('keepalived-stopped', 'lecture')?.decided, [804.6875, 804.6875]);
  t.deepEqual(
    predictPhases('keepalived-stopped', 'lecture', { holder: 1 })?.decided,
    [609.375, 609.375],
  );
});
