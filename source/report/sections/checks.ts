import { type Inlines, paragraph, type Section, type Tone } from '../document.ts';
import type { ReportCheck, ReportData } from '../report-data.ts';
import type { Words } from '../words.ts';
import { stamp } from './stamp.ts';

const TONES: Readonly<Record<ReportCheck['verdict'], Tone>> = {
  passed: 'good',
  warned: 'warn',
  failed: 'bad',
  unknown: 'warn',
};

function why(words: Words, { because, problem, reason }: ReportCheck): Inlines {
  if (because) return [`${words.say('report-because')} `, { code: because }];
  return problem ? words.problemTitle(problem) : words.message(reason);
}

/** Every check, with its last verdict. */
export function checksSection(words: Words, { checks }: ReportData): Section {
  const columns = ['check', 'node', 'verdict', 'why', 'at'];
  return {
    id: 'checks',
    title: words.say('report-section-checks'),
    blocks:
      checks.length === 0
        ? [paragraph(words.say('report-no-checks'))]
        : [
            {
              kind: 'table',
              caption: words.say('report-caption-checks'),
              head: columns.map((name) => words.say(`report-column-${name}`)),
              rows: checks.map((check) => [
                { code: check.id },
                check.node ?? '',
                { toned: words.say(`verdict-${check.verdict}`), tone: TONES[check.verdict] },
                why(words, check),
                stamp(check.at),
              ]),
            },
          ],
  };
}
