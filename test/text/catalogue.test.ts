import { readdirSync, readFileSync } from 'node:fs';
import test from 'ava';
import { areas, isKnownCode, PLACEHOLDER } from '../../source/text/index.ts';

const SOURCE = new URL('../../source/', import.meta.url);
const HAN = /\p{Script=Han}/u;

function placeholders(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))].sort();
}

/** Every text of the catalogue with where it stands. Steps may be bare commands. */
const texts = Object.entries(areas).flatMap(([area, { messages, problems }]) => [
  ...Object.entries(messages).map(([code, text]) => ({
    at: `${area} ${code}`,
    ...text,
    step: false,
  })),
  ...Object.entries(problems).flatMap(([code, { title, cause, next }]) => [
    { at: `${area} ${code} title`, ...title, step: false },
    { at: `${area} ${code} cause`, ...cause, step: false },
    ...next.en.map((en, index) => ({
      at: `${area} ${code} next ${index}`,
      en,
      zh: next.zh[index] ?? '',
      step: true,
    })),
  ]),
]);

test('every area file is part of the catalogue', (t) => {
  const files = readdirSync(new URL('text/catalogue/', SOURCE));
  const read = readFileSync(new URL('text/areas.ts', SOURCE), 'utf8');
  const helpers = /-[a-z]+\.ts$/;
  for (const file of files.filter((name) => !helpers.test(name))) {
    t.true(read.includes(`./catalogue/${file}'`), `${file} is not in areas.ts`);
  }
});

test('no code is in two areas', (t) => {
  for (const kind of ['messages', 'problems'] as const) {
    const owners = new Map<string, string>();
    for (const [area, catalogue] of Object.entries(areas)) {
      for (const code of Object.keys(catalogue[kind])) {
        t.is(owners.get(code), undefined, `${code} is in ${owners.get(code)} and ${area}`);
        owners.set(code, area);
      }
    }
  }
});

test('codes are kebab-case', (t) => {
  const codes = Object.values(areas).flatMap(({ messages, problems }) => [
    ...Object.keys(messages),
    ...Object.keys(problems),
  ]);
  t.deepEqual(
    codes.filter((code) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(code)),
    [],
  );
});

test('both languages have the same placeholders, and neither is empty', (t) => {
  for (const { at, en, zh } of texts) {
    t.true(en.trim() !== '' && zh.trim() !== '', at);
    t.deepEqual(placeholders(zh), placeholders(en), at);
  }
});

test('both languages have the same number of next steps, at least one', (t) => {
  for (const [area, { problems }] of Object.entries(areas)) {
    for (const [code, { next }] of Object.entries(problems)) {
      t.is(next.zh.length, next.en.length, `${area} ${code}`);
      t.true(next.en.length > 0, `${area} ${code}`);
    }
  }
});

test('Chinese is Chinese and English is not', (t) => {
  for (const { at, en, zh, step } of texts) {
    t.false(HAN.test(en.replaceAll('中文', '')), `${at}: ${en}`);
    const words = zh.replaceAll(PLACEHOLDER, '').trim().split(/\s+/);
    const command = en === zh && (step || zh.startsWith('iam-ha-wizard '));
    t.true(HAN.test(zh) || command || words.length <= 2, `${at}: ${zh}`);
  }
});

/** How codes stand in the source: in a message, in a value, and in a script's own complaint. */
const USED =
  /\b(?:message|problem)\(\s*'([^']+)'|\bcode:\s*'([a-z][^']*)'|@problem ([a-z][a-z0-9-]+)|\b(?:say\((?:speech, |options, )?|words\(|askConsent\([\w., ]*)'([a-z][a-z0-9]*(?:-[a-z0-9]+)+)'/g;

/** Codes that are other libraries' words, not messages. */
const FOREIGN = new Set(['custom', 'unrecognized_keys']);

test('every code that the source names has a text', (t) => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' });
  const missing = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const source = readFileSync(new URL(file, SOURCE), 'utf8').replaceAll(
        /\/\*[\s\S]*?\*\//g,
        '',
      );
      const used = source.matchAll(USED);
      return [...used].map((match) => ({ file, code: match.slice(1).find(Boolean) ?? '' }));
    })
    .filter(({ code }) => !FOREIGN.has(code) && !isKnownCode(code));
  t.deepEqual(missing, []);
});
