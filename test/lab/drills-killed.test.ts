import { isBroken, killInMiddle, peer } from './_drills.ts';
import { down, inLab, labName } from './_lab.ts';
import { pairUp } from './_pair.ts';

/** The wizard dies in the middle of the lecture's drills: the hosts put back what it broke. */
const LAB = labName('killed');

inLab.before('a pair, and nothing wrong with it', (t) => pairUp(t, LAB));

for (const id of ['keepalived-stopped', 'nginx-recovers']) {
  inLab(`the pair mends itself when the wizard is killed in the middle of ${id}`, async (t) => {
    t.timeout(240_000);
    await killInMiddle(t, LAB, {
      id,
      isBroken: (victim) => isBroken(LAB, victim, id),
      holder: peer,
    });
  });
}

inLab.after.always('the lab goes', async () => {
  await down(LAB);
});
