import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { filledOnce, tidyIamCache } from '../../../source/drivers/iam/cache.ts';
import { sha256OfFile } from '../../../source/drivers/iam/folder.ts';
import { programRunner } from '../../../source/drivers/iam/index.ts';
import { buildName, prepareIam } from '../../../source/drivers/iam/prepare.ts';
import { DAEMONS, preparing, refusal, temporary, wholeFolder } from './helpers.ts';

const RELEASE = { version: 'v1.6.2', sum: 'h1:right=', goModSum: 'h1:mod=' };
const ABSENT_PID = 2 ** 22 + 1;

test('a folder: daemons with their hashes, the schema', async (t) => {
  const path = wholeFolder();
  const iam = await prepareIam({ kind: 'directory', path }, preparing());
  t.deepEqual(
    iam.binaries.map(({ name, architecture }) => [name, architecture]),
    DAEMONS.map((name) => [name, null]),
  );
  t.regex(iam.schema, /CREATE TABLE/);
  t.deepEqual([iam.standIn, iam.mended, iam.version], [false, false, undefined]);
  writeFileSync(join(path, 'STAND-IN'), '');
  t.true((await prepareIam({ kind: 'directory', path }, preparing())).standIn);
});

for (const missing of [...DAEMONS, 'iam.sql']) {
  test(`a folder without ${missing} is refused`, async (t) => {
    const path = wholeFolder();
    rmSync(join(path, missing));
    const asked = refusal(prepareIam({ kind: 'directory', path }, preparing()));
    t.deepEqual(await asked, ['iam-source-incomplete', 64]);
  });
}

test('a daemon that is no program is refused', async (t) => {
  const path = wholeFolder();
  writeFileSync(join(path, 'iam-pump'), 'version https://git-lfs.github.com/spec/v1\n');
  const asked = refusal(prepareIam({ kind: 'directory', path }, preparing()));
  t.deepEqual(await asked, ['iam-binary-unusable', 64]);
});

const run = programRunner(new AbortController().signal);

async function archiveOf(folder: string, inside = '.'): Promise<{ path: string; sha256: string }> {
  const path = join(temporary(), 'iam.tar.gz');
  const packed = await run(['tar', '-czf', path, '-C', folder, inside], { env: process.env });
  if (packed.exitCode !== 0) throw new Error(packed.stderr);
  return { path, sha256: await sha256OfFile(path) };
}

test('an archive is unpacked once, with IAM at its top or in one folder', async (t) => {
  const top = await archiveOf(wholeFolder());
  const outer = temporary();
  wholeFolder(join(outer, 'iam-v1.6.2'));
  const below = await archiveOf(outer, 'iam-v1.6.2');
  for (const one of [top, below]) {
    const context = preparing({ run });
    const iam = await prepareIam({ kind: 'archive', ...one }, context);
    t.is(iam.binaries.length, DAEMONS.length);
    const again = { ...preparing({ cache: context.cache }) };
    t.deepEqual(await prepareIam({ kind: 'archive', ...one }, again), iam);
  }
});

test('an archive that is not the declared one is refused, also when the cache has that', async (t) => {
  const folder = wholeFolder();
  const first = await archiveOf(folder);
  const context = preparing({ run });
  await prepareIam({ kind: 'archive', ...first }, context);
  writeFileSync(join(folder, 'iam-pump'), '#!/bin/sh\n# another\n');
  const { path } = await archiveOf(folder);
  const asked = refusal(prepareIam({ kind: 'archive', path, sha256: first.sha256 }, context));
  t.deepEqual(await asked, ['iam-archive-sha256', 64]);
});

test('an archive without a daemon, and one that is none, are refused, and leave nothing', async (t) => {
  const folder = wholeFolder();
  rmSync(join(folder, 'iam-authz-server'));
  const short = await archiveOf(folder);
  const asked = refusal(prepareIam({ kind: 'archive', ...short }, preparing({ run })));
  t.deepEqual(await asked, ['iam-source-incomplete', 64]);
  const path = join(temporary(), 'iam.tar.gz');
  writeFileSync(path, 'not a tar');
  const context = preparing({ run });
  const none = { kind: 'archive', path, sha256: await sha256OfFile(path) } as const;
  t.deepEqual(await refusal(prepareIam(none, context)), ['iam-archive-unreadable', 64]);
  t.deepEqual(readdirSync(context.cache), []);
});

test('an address that nobody answers: said, and nothing is left', async (t) => {
  const context = preparing();
  const place = { kind: 'archive', path: 'https://127.0.0.1:1/iam.tar.gz', sha256: '0' } as const;
  t.deepEqual(await refusal(prepareIam(place, context)), ['iam-archive-unreachable', 1]);
  t.deepEqual(readdirSync(context.cache), []);
});

/** As go does it, for what a test does not want to wait for. */
function goThat(answers: Readonly<Record<string, string>>, seen: string[][] = []) {
  const folder = temporary();
  const script = Object.entries(answers).map(([word, does]) => `  *"${word}"*) ${does} ;;`);
  writeFileSync(
    join(folder, 'go'),
    `#!/bin/sh\ncase "$*" in\n  version) echo 'go version go1.26.8 linux/amd64' ;;\n${script.join('\n')}\n  *) echo "not expected: $*" >&2; exit 9 ;;\nesac\n`,
    { mode: 0o755 },
  );
  const env = { ...process.env, PATH: `${folder}:/usr/bin:/bin` };
  const spy = (argv: readonly string[], options: Parameters<typeof run>[1]) => {
    seen.push([...argv]);
    return run(argv, options);
  };
  return { env, run: spy };
}

test('a module with another checksum is not built', async (t) => {
  const go = goThat({ 'mod download': `echo '{"Dir":"/nowhere","Sum":"h1:wrong="}'` });
  const context = preparing(go);
  const asked = refusal(prepareIam({ kind: 'go', release: RELEASE }, context));
  t.deepEqual(await asked, ['iam-build-checksum', 1]);
  t.deepEqual(readdirSync(context.cache), []);
});

test('what was built before is taken from the cache, and needs no Go', async (t) => {
  const context = preparing({ env: { PATH: '/nowhere' } });
  wholeFolder(join(context.cache, buildName('v1.6.2', true, 'x86_64')));
  const iam = await prepareIam({ kind: 'go', release: RELEASE }, context);
  t.deepEqual([iam.version, iam.mended], ['v1.6.2', true]);
  const stock = { ...context, pumpMend: false };
  const asked = refusal(prepareIam({ kind: 'go', release: RELEASE }, stock));
  t.deepEqual(await asked, ['go-missing', 64]);
});

test('a stopped build ends with what it had started, and leaves nothing', async (t) => {
  const controller = new AbortController();
  const marker = join(temporary(), 'started');
  const go = goThat({ 'mod download': `touch ${marker}; sleep 60; touch ${marker}.late` });
  const started = async () => {
    while (!existsSync(marker)) await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort();
  };
  const context = preparing({ env: go.env, run: programRunner(controller.signal) });
  const asked = refusal(prepareIam({ kind: 'go', release: RELEASE }, context));
  await started();
  t.deepEqual(await asked, ['iam-build-failed', 1]);
  t.deepEqual(readdirSync(context.cache), []);
});

test('a folder of the cache is filled once, and a dead one’s beginning is cleared away', async (t) => {
  const cache = temporary();
  mkdirSync(join(cache, `x.${ABSENT_PID}.part`));
  mkdirSync(join(cache, `y.${process.ppid}.part`));
  const fill = (text: string) => async (part: string) => writeFileSync(join(part, 'f'), text);
  await filledOnce(cache, 'x', fill('first'));
  await filledOnce(cache, 'x', async () => t.fail('filled twice'));
  tidyIamCache(cache);
  t.deepEqual(readdirSync(cache).toSorted(), ['x', `y.${process.ppid}.part`]);
});
