import { DRILL_IDS } from '../../source/cli/invocation.ts';
import { down, inLab, type Line, labName, onNode } from './_lab.ts';
import { drillRun, pairUp, verifyWhole } from './_pair.ts';

/** The whole menu, once, with the profile that is the default: every drill in one command. */
const LAB = labName('every');

interface DrillLine extends Line {
  readonly id: string;
  readonly outcome: string;
  readonly predictedMs: readonly [number, number];
  readonly outageMs: number;
  readonly restored: boolean;
}

const holders = () =>
  ['iam-1', 'iam-2'].filter((node) =>
    onNode(LAB, node, 'ip -4 -o addr show dev eth0').includes(' 10.0.4.99/'),
  );

inLab.before('a pair, and nothing wrong with it', (t) => pairUp(t, LAB));

inLab('every drill of the menu comes out as it said, and the VIP is where it was', async (t) => {
  t.timeout(1_200_000);
  const before = holders();
  const args = ['--all', '--rate', '200', '--yes', '--json'];
  const { drills, result, code, stderr } = await drillRun<DrillLine>(t, LAB, args, 2);
  for (const { id, outcome, outageMs, predictedMs } of drills)
    t.log(`${id}: ${outcome}, ${outageMs} ms of ${predictedMs.join('–')}`);
  const unexpected = drills.filter(({ outcome, restored }) => outcome !== 'passed' || !restored);
  t.deepEqual(unexpected, [], stderr);
  t.deepEqual(
    drills.map(({ id }) => id),
    DRILL_IDS,
  );
  t.like(result, { ok: true, drills: { passed: DRILL_IDS.length, failed: 0 } });
  t.is(code, 0);
  t.deepEqual(holders(), before);
  t.is(result.holder, before[0]);
  await verifyWhole(t, LAB);
});

inLab.after.always('the lab goes', async () => {
  await down(LAB);
});
