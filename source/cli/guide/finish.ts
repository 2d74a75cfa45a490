import type { DrillEvent, ResultFields } from '../../model/index.ts';
import { type Speech, say } from '../../text/index.ts';
import { addressesOf, meterOf } from '../cloud/result-fields.ts';
import { LECTURE_DRILL_IDS } from '../invocation.ts';
import { countChecks, summaryLines } from '../summary.ts';
import { dnsRecords } from '../summary-cloud.ts';
import { allDrills, offerDrills } from './drills.ts';
import type { GuidedRun } from './guided-run.ts';
import { readReport } from './report.ts';

/** Behind the last stage: the lecture's drills, and what there is now. */
export async function finish(guided: GuidedRun): Promise<void> {
  const all = allDrills(guided);
  const three = all.filter((id) => LECTURE_DRILL_IDS.includes(id));
  if (three.length > 0 && !guided.drillsShown) await offerDrills(guided, three);
  guided.drillsShown = true;
  const { theatre, io } = guided;
  const answer = await theatre.ask({
    kind: 'done',
    journey: guided.journey(),
    whole: isWhole(guided),
    lines: (speech) => doneLines(guided, speech),
  });
  if (answer.kind === 'drills') await offerDrills(guided, all);
  if (answer.kind === 'report') await readReport(theatre, io, guided.options);
  if (answer.kind === 'back') guided.at = guided.stages.length - 1;
}

/** A run that was thrown away and repeated is not told, nor one that was done again. */
function lastOfEach(drills: readonly DrillEvent[]): readonly DrillEvent[] {
  return drills.filter((one, index) => drills.findLastIndex(({ id }) => id === one.id) === index);
}

function isWhole({ stages, theatre }: GuidedRun): boolean {
  const last = lastOfEach(theatre.run().drills);
  const asExpected = last.every(({ outcome }) => outcome === 'passed');
  return stages.every(({ mark }) => mark === 'done') && asExpected;
}

/** What an unattended run prints last, and the DNS records that are the operator's to set. */
function doneLines(guided: GuidedRun, speech: Speech): readonly string[] {
  const { run, io, theatre } = guided;
  const { startedAt: _, ...state } = theatre.run();
  const rest = { ...state, drills: lastOfEach(state.drills) };
  const journal = run.session.journal.records();
  const addresses = addressesOf(run.cluster, journal);
  const result: ResultFields = {
    command: 'apply',
    ok: isWhole(guided),
    elapsedMs: guided.journey().workedMs,
    checks: countChecks(rest),
    addresses,
    ...meterOf(journal),
  };
  const records = dnsRecords(run.cluster.domains, addresses);
  return [
    // time at work, not the time that the screens were read
    ...summaryLines(speech, { ...rest, result }, io.summary.context),
    // where there is a public address they stand under it
    ...(addresses.public
      ? []
      : ['', `  ${say(speech, 'dns-records')}`, ...records.map((one) => `    ${one}`)]),
  ];
}
