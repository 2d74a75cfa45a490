import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';

/**
 * The real program, and sources of IAM that are not whole or not IAM: exit 64, one problem with its
 * place, before any node is spoken to. (What a node has for an architecture only the node can tell:
 * that row is in `prepare-iam.test.ts`.)
 */
const LAUNCHER = fileURLToPath(new URL('../../bin/iam-ha-wizard.js', import.meta.url));
const STAND_IN = fileURLToPath(new URL('../../assets/stand-in', import.meta.url));
const FOLDER = mkdtempSync(join(tmpdir(), 'iam-ha-bad-source-'));
const FILE = join(FOLDER, 'bad.yaml');

test.after.always(() => rmSync(FOLDER, { recursive: true, force: true }));

const OLDER =
  'CREATE TABLE `user` (\n  `id` bigint\n);\nCREATE TABLE `secret` (\n  `id` bigint\n);\n';

let count = 0;

/** A copy of a whole source, spoilt. */
function spoilt(spoil: (folder: string) => void): string {
  count += 1;
  const folder = join(FOLDER, `dist-${count}`);
  mkdirSync(folder);
  cpSync(STAND_IN, folder, { recursive: true });
  spoil(folder);
  return folder;
}

function archive(folder: string, sha256?: string): string {
  const path = `${folder}.tar.gz`;
  const { status } = spawnSync('tar', ['-czf', path, '-C', folder, '.']);
  if (status !== 0) throw new Error('tar');
  const real = createHash('sha256').update(readFileSync(path)).digest('hex');
  return `{ archive: ${path}, sha256: ${sha256 ?? real} }`;
}

const directory = (folder: string) => `{ directory: ${folder} }`;
const without = (file: string) => spoilt((folder) => rmSync(join(folder, file)));
const withSchema = (text: string) =>
  spoilt((folder) => writeFileSync(join(folder, 'iam.sql'), text));
const beside = (text: string) => `{ installed: true, schema: ${withSchema(text)}/iam.sql }`;

const ROWS: Readonly<Record<string, readonly [() => string, string, string]>> = {
  'an archive with another checksum': [
    () =>
      archive(
        spoilt(() => {}),
        'ab'.repeat(32),
      ),
    ...(['iam-archive-sha256', 'iam.source'] as const),
  ],
  'an archive without a daemon': [
    () => archive(without('iam-authz-server')),
    ...(['iam-source-incomplete', 'iam.source'] as const),
  ],
  'an archive that is cut off': [
    () => {
      const path = join(FOLDER, 'cut.tar.gz');
      writeFileSync(path, 'not a tar');
      const sha256 = createHash('sha256').update('not a tar').digest('hex');
      return `{ archive: ${path}, sha256: ${sha256} }`;
    },
    ...(['iam-archive-unreadable', 'iam.source'] as const),
  ],
  'a daemon built for another system': [
    () =>
      directory(spoilt((folder) => writeFileSync(join(folder, 'iam-pump'), '\xcf\xfa\xed\xfe'))),
    ...(['iam-binary-unusable', 'iam.source'] as const),
  ],
  'a version that does not exist': [
    () => '{ go: v9.9.9 }',
    ...(['unknown-iam-version', 'iam.source.go'] as const),
  ],
  'a version that is known not to work': [
    () => '{ go: v1.6.3 }',
    ...(['unknown-iam-version', 'iam.source.go'] as const),
  ],
  'a folder without iam.sql': [
    () => directory(without('iam.sql')),
    ...(['iam-source-incomplete', 'iam.source'] as const),
  ],
  'a schema of another version': [
    () => directory(withSchema(OLDER)),
    ...(['schema-wrong-version', 'iam.source'] as const),
  ],
  'an archive whose schema is of another version': [
    () => archive(withSchema(OLDER)),
    ...(['schema-wrong-version', 'iam.source'] as const),
  ],
  'a schema that is another program’s': [
    () => directory(withSchema('SELECT 1;\n')),
    ...(['schema-not-iam', 'iam.source'] as const),
  ],
  'installed daemons, and a schema of another version beside them': [
    () => beside(OLDER),
    ...(['schema-wrong-version', 'iam.source.schema'] as const),
  ],
  'installed daemons, and a schema that is not there': [
    () => '{ installed: true, schema: ./none.sql }',
    ...(['missing-file', 'iam.source.schema'] as const),
  ],
};

function apply(source: string): Promise<{ readonly code: number | null; readonly stdout: string }> {
  writeFileSync(
    FILE,
    `version: 1
name: bad-source
ssh: { user: root }
nodes:
  - { name: iam-1, address: 192.0.2.20, data: true }
  - { name: iam-2, address: 192.0.2.21 }
domains: { api: iam.api.marmotedu.com, authz: iam.authz.marmotedu.com }
iam: { source: ${source} }
vip: { address: 192.0.2.99, vrid: 51 }
cloud: { provider: none }
`,
  );
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, XDG_STATE_HOME: join(FOLDER, 's'), XDG_CACHE_HOME: join(FOLDER, 'c') };
  const words = [LAUNCHER, 'apply', '--yes', '--json', '--cluster', FILE];
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout })));
}

for (const [name, [source, code, field]] of Object.entries(ROWS)) {
  test.serial(`refused before any node is spoken to: ${name}`, async (t) => {
    const ran = await apply(source());
    t.is(ran.code, 64, ran.stdout);
    const events = ran.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const problems = events.filter((event) => event.type === 'problem');
    t.is(problems.length, 1, ran.stdout);
    t.like(problems[0], { code, field, line: 8, file: FILE });
    t.false(events.some((event) => event.code === 'connecting-nodes'));
    t.like(events.at(-1), { type: 'result', ok: false });
  });
}
