import test from 'ava';
import { cloudShareMs, type OutsideSample, type ProbeOutcome } from '../../source/model/index.ts';

const FAULT = 1_000_000;
const STEP = 10;

/** A request each 10 ms from the fault's second before to `toMs` after it; what it came to. */
function asked(outcome: (after: number) => ProbeOutcome, toMs = 8000): readonly OutsideSample[] {
  return Array.from({ length: (toMs + 1000) / STEP }, (_, index) => {
    const after = index * STEP - 1000;
    const scheduledMs = FAULT + after;
    return { scheduledMs, endedMs: scheduledMs + 2, outcome: outcome(after) };
  });
}

const within = (from: number, to: number) => (after: number) =>
  after >= from && after < to ? ('late' as const) : ('ok' as const);

const when = (added: number, restored = 5000) => ({
  faultMs: FAULT,
  addedMs: FAULT + added,
  untilMs: FAULT + restored,
});

for (const [name, samples, added, share] of [
  ['the cloud follows at once', asked(within(10, 30)), 28, 4],
  ['nothing was lost', asked(() => 'ok'), 25, 7],
  ['three seconds', asked(within(10, 3030)), 28, 3004],
  // the old holder serves until its nginx has ended, by the path that the cloud still believes in
  ['the old holder goes on for a while', asked(within(330, 3030)), 28, 3004],
  [
    'a request lost later by itself',
    asked((after) => (after === 4000 ? 'late' : within(10, 530)(after))),
    28,
    504,
  ],
  ['what the restore costs is none of it', asked((after) => within(5100, 6000)(after)), 25, 7],
  ['an outage that ended before the address was there', asked(within(0, 20)), 40, 2],
] as const)
  test(name, (t) => {
    t.is(cloudShareMs(samples, when(added)), share);
  });

test('while it lasts, and when nothing was asked since, nobody knows', (t) => {
  t.is(cloudShareMs(asked(within(10, 60_000)), when(28)), undefined);
  t.is(
    cloudShareMs(
      asked(() => 'ok', 20),
      when(28),
    ),
    undefined,
  );
});
