import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { ROOT, run } from './_packed.ts';

const { bundle } = await import(`${ROOT}scripts/bundle.mjs`);
const { bundledPackages } = await import(`${ROOT}scripts/licences.mjs`);

interface Output {
  readonly imports: readonly { readonly path: string; readonly external?: boolean }[];
  readonly inputs: Readonly<Record<string, unknown>>;
}
interface Meta {
  readonly outputs: Readonly<Record<string, Output>>;
}

let folder: string;
let meta: Meta;

test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'iam-ha-cloud-bundle-'));
  meta = await bundle(ROOT, folder, join(ROOT, 'test/package/_cloud-entry.ts'));
});

test.after.always(() => rmSync(folder, { recursive: true, force: true }));

test('the cloud is called from the bundle, and nothing is said on the terminal', (t) => {
  // also what this Node keeps to itself, and a newer one says: that would tear the screen
  const program = [process.execPath, '--pending-deprecation', join(folder, 'main.js')];
  const { code, stdout, stderr } = run(program);
  t.is(stderr, '');
  t.is(stdout, 'DescribeVpcs ok\nDescribeInstances ok\nGetCallerIdentity ok\nproxy unreachable\n');
  t.is(code, 0);
});

test('the SDK is in chunks of its own, without what it never uses', (t) => {
  const main = Object.entries(meta.outputs).find(([path]) => path.endsWith('/main.js'));
  t.false(Object.keys(main?.[1].inputs ?? {}).some((file) => file.includes('tencentcloud')));
  const all = Object.values(meta.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  t.true(all.some((file) => file.includes('vpc/v20170312')));
  t.false(all.some((file) => /node_modules\/(tr46|whatwg-url|form-data|mime-db)\//.test(file)));
});

test('its packages have their licences, and look for nothing where it is installed', (t) => {
  const packages: readonly { name: string; licence: string; text: string }[] = bundledPackages(
    ROOT,
    meta,
  );
  t.true(packages.some(({ name }) => name === 'tencentcloud-sdk-nodejs'));
  const without = packages.filter(({ licence, text }) => !licence || text.length < 200);
  t.deepEqual(without, [], 'put the text into scripts/licences/');
  const own = process.getBuiltinModule('module').builtinModules;
  const outside = Object.values(meta.outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external }) => external)
    .map(({ path }) => path.replace(/^node:/, '').split('/')[0]!);
  t.deepEqual(
    outside.filter((name) => !own.includes(name)),
    [],
  );
});
