import { comparedOn } from '../../scripts/capture-drill.ts';
import { down, inLab, labName } from './_lab.ts';
import { pairUp } from './_pair.ts';

/** What the prober tells of an outage is what was on the wire, to 10 ms. */
const LAB = labName('capture');
const MOST_MS = 10;

inLab.before('a pair', (t) => pairUp(t, LAB));

for (const drill of ['keepalived-stopped', 'domain-backends-stopped'])
  inLab(`${drill}: the prober's outage is the wire's`, async (t) => {
    t.timeout(600_000);
    const compared = await comparedOn(t, LAB, drill);
    t.is(compared.length, 2);
    for (const { domain, toldMs, wireMs } of compared)
      t.true(
        Math.abs(toldMs - wireMs) <= MOST_MS,
        `${domain}: ${toldMs} ms, ${wireMs} on the wire`,
      );
    if (drill !== 'keepalived-stopped') t.true(compared.some(({ wireMs }) => wireMs > 500));
  });

inLab.after.always('nothing is left', () => down(LAB));
