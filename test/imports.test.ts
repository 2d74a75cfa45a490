import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import test from 'ava';

/** Which rooms each room may import from, besides itself; see the house's rules. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  model: [],
  cluster: ['model'],
  platforms: ['model'],
  resources: ['platforms', 'cluster', 'model'],
  checks: ['platforms', 'cluster', 'model'],
  drills: ['platforms', 'cluster', 'model'],
  stages: ['resources', 'checks', 'drills', 'platforms', 'cluster', 'model'],
  questions: ['cluster', 'text', 'model'],
  engine: ['model'],
  drivers: ['model'],
  lab: ['drivers', 'cluster', 'model'],
  text: ['model'],
  report: ['cluster', 'text', 'model'],
  tui: ['questions', 'text', 'model'],
  cli: [
    'tui',
    'questions',
    'report',
    'lab',
    'drivers',
    'engine',
    'stages',
    'resources',
    'checks',
    'drills',
    'cluster',
    'text',
    'model',
  ],
};

interface Import {
  readonly file: string;
  readonly to: string;
}

function sourceFiles(): readonly string[] {
  return readdirSync('source', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|tsx|mts|mjs)$/.test(file))
    .map((file) => normalize(file));
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join('source', file), 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g);
  return [...found].map((match) => ({ file, to: normalize(join(dirname(file), match[1] ?? '')) }));
}

const room = (file: string) => file.split('/')[0] ?? '';

test('imports point down, never up', (t) => {
  const wrong = sourceFiles()
    .flatMap(importsOf)
    .filter(({ file, to }) => {
      const [from, target] = [room(file), room(to)];
      return from !== target && !(ALLOWED[from] ?? []).includes(target);
    })
    .map(({ file, to }) => `${file} -> ${to}`);
  t.deepEqual(wrong, []);
});

test('every room is in the table', (t) => {
  const unknown = [...new Set(sourceFiles().map(room))].filter((name) => !(name in ALLOWED));
  t.deepEqual(unknown, []);
});

test('no file is over 250 lines, text aside', (t) => {
  const long = sourceFiles()
    .filter((file) => room(file) !== 'text')
    .filter((file) => readFileSync(join('source', file), 'utf8').split('\n').length > 251);
  t.deepEqual(long, []);
});
