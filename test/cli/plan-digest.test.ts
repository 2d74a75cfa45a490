import test from 'ava';
import { type Counted, planDigest } from '../../source/cli/faces/plan-digest.ts';

const SPEECH = { language: 'en', style: { colour: false, ascii: false } } as const;

function parts(stage: string, node: string, count: number, effect: Counted['effect'] = 'none') {
  return Array.from({ length: count }, (): Counted => ({ stage, node, effect }));
}

test('a stage a line: how many changes, where, and what clients feel, the worst first', (t) => {
  const lines = planDigest(SPEECH, 'plan-digest', [
    ...parts('database', 'iam-1', 9),
    ...parts('database', 'iam-1', 1, 'outage'),
    ...parts('reverse-proxy', 'iam-1', 2, 'reload'),
    ...parts('reverse-proxy', 'iam-2', 1, 'rolling-restart'),
  ]);
  t.deepEqual(lines, [
    '',
    'The plan, in short:',
    '  Databases      10  iam-1 10          OUTAGE',
    '  Reverse proxy   3  iam-1 2, iam-2 1  rolling restart, reload',
  ]);
});

test('in Chinese the columns stand under each other, too', (t) => {
  const lines = planDigest({ ...SPEECH, language: 'zh' }, 'undo-digest', [
    ...parts('keepalived', 'iam-2', 12),
    ...parts('services', 'iam-1', 3),
  ]);
  t.deepEqual(lines.slice(2), ['  Keepalived  12  iam-2 12', '  IAM 服务     3  iam-1 3']);
});
