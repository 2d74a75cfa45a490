import test from 'ava';
import { type PlacedSign, phasesOf } from '../../source/engine/drill-phases.ts';
import type { NodeSign, Sample } from '../../source/model/index.ts';

const FAULT = 1_000_000;

function signs(list: readonly (readonly [number, string, object])[]): readonly PlacedSign[] {
  return list.map(([after, node, sign]) => {
    const atMs = FAULT + after;
    return { node, atMs, sign: { ...sign, atMs } as NodeSign };
  });
}

const evidence = (of: string) => ({ kind: 'evidence', of });
const address = (held: boolean) => ({ kind: 'address', held });

function sample(after: number, outcome: Sample['outcome'], tookMs = 2): Sample {
  const scheduledMs = FAULT + after;
  return { scheduledMs, sentMs: scheduledMs, endedMs: scheduledMs + tookMs, outcome };
}

const MOVE = signs([
  [3, 'a', evidence('own-fault')],
  [4, 'a', address(false)],
  [4.4, 'b', evidence('peer-gone')],
  [15, 'b', evidence('decided')],
  [18, 'b', address(true)],
  [19, 'b', evidence('announced')],
]);
const VIP = [
  [sample(-10, 'ok'), sample(0, 'failed'), sample(10, 'failed'), sample(20, 'ok')],
  [
    sample(-10, 'ok'),
    sample(0, 'failed'),
    sample(10, 'failed'),
    sample(20, 'failed'),
    sample(30, 'ok'),
  ],
];

test('every phase of a failover, after the fault', (t) => {
  t.deepEqual(phasesOf(MOVE, { faultMs: FAULT, victim: 'a', vip: VIP }), {
    detected: 3,
    decided: 15,
    added: 18,
    announced: 19,
    // the slower of the two domains
    answered: 32,
  });
});

test('what nobody said is absent', (t) => {
  const some = MOVE.filter(({ sign }) => sign.kind === 'address');
  t.deepEqual(phasesOf(some, { faultMs: FAULT, victim: 'a', vip: VIP }), {
    added: 18,
    answered: 32,
  });
});

test('no failover, no phases', (t) => {
  const stayed = MOVE.filter(({ node }) => node === 'a');
  t.deepEqual(phasesOf(stayed, { faultMs: FAULT, victim: 'a', vip: VIP }), {});
});

test('the address that the victim takes back is no failover', (t) => {
  const back = signs([[3000, 'a', address(true)]]);
  t.deepEqual(phasesOf(back, { faultMs: FAULT, victim: 'a', vip: VIP }), {});
});

test('what happened before the fault belongs to something else; a hair before is the clocks', (t) => {
  const early = signs([
    [-500, 'b', evidence('decided')],
    [-2, 'a', evidence('own-fault')],
    [12, 'b', address(true)],
  ]);
  t.deepEqual(phasesOf(early, { faultMs: FAULT, victim: 'a', vip: [] }), {
    detected: 0,
    added: 12,
  });
});

test('an address that has been announced is there: the monitor was late', (t) => {
  const late = signs([
    [20, 'b', evidence('announced')],
    [26, 'b', address(true)],
  ]);
  t.like(phasesOf(late, { faultMs: FAULT, victim: 'a', vip: [] }), { added: 20, announced: 20 });
});
