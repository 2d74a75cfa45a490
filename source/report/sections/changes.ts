import { ownMessage } from '../../model/index.ts';
import { formatDuration } from '../../text/index.ts';
import { type Block, type Inlines, paragraph, type Section, type Tone } from '../document.ts';
import type { ReportChange, ReportData, ReportStage } from '../report-data.ts';
import type { Words } from '../words.ts';
import { stamp } from './stamp.ts';

const TONES: Readonly<Record<ReportChange['state'], Tone>> = {
  done: 'good',
  failed: 'bad',
  started: 'warn',
  undone: 'quiet',
};

function row(words: Words, change: ReportChange): readonly Inlines[] {
  return [
    stamp(change.at),
    change.node,
    { code: change.resource },
    words.message(change.summary),
    words.say(`effect-${change.effect}`),
    { toned: words.say(`state-${change.state}`), tone: TONES[change.state] },
  ];
}

function stage(words: Words, { id, title, changes }: ReportStage): readonly Block[] {
  const name = title ? words.message(ownMessage(title)) : words.say(`name-of-stage-${id}`);
  const columns = ['at', 'node', 'resource', 'what', 'effect', 'state'];
  return [
    { kind: 'heading', id: `stage-${id}`, text: name },
    {
      kind: 'table',
      caption: words.say('report-caption-changes', { stage: name }),
      head: columns.map((column) => words.say(`report-column-${column}`)),
      rows: changes.map((change) => row(words, change)),
    },
    ...changes.flatMap(({ node, resource, diff }): readonly Block[] =>
      diff === undefined
        ? []
        : [{ kind: 'diff', title: node === '' ? resource : `${node}  ${resource}`, text: diff }],
    ),
  ];
}

/** Every command that was run, every change by its stage, and what each changed. */
export function changesSection(words: Words, { stages, runs }: ReportData): Section {
  const columns = ['at', 'command', 'time'];
  const table: readonly Block[] =
    runs.length === 0
      ? []
      : [
          {
            kind: 'table',
            caption: words.say('report-caption-runs'),
            head: columns.map((column) => words.say(`report-column-${column}`)),
            rows: runs.map(({ at, command, elapsedMs }) => [
              stamp(at),
              { code: command },
              formatDuration(elapsedMs, words.language),
            ]),
            numbers: [2],
          },
        ];
  return {
    id: 'changes',
    title: words.say('report-section-changes'),
    blocks: [
      ...table,
      ...(stages.length === 0
        ? [paragraph(words.say('report-no-changes'))]
        : stages.flatMap((one) => stage(words, one))),
    ],
  };
}
