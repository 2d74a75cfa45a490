import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import { ROOT, run } from './_packed.ts';

interface Output {
  readonly entryPoint?: string;
  readonly imports: readonly { readonly path: string; readonly kind: string; external?: boolean }[];
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
}
interface Meta {
  readonly outputs: Readonly<Record<string, Output>>;
}
interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

const { bundle } = await import(`${ROOT}scripts/bundle.mjs`);
const { bundledPackages } = await import(`${ROOT}scripts/licences.mjs`);

let folder: string;
let program: Meta;
let screen: Meta;

test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'iam-ha-bundle-'));
  program = await bundle(ROOT, join(folder, 'program'));
  screen = await bundle(ROOT, join(folder, 'screen'), join(ROOT, 'test/package/_entry.ts'));
});

test.after.always(() => rmSync(folder, { recursive: true, force: true }));

/** Everything that is loaded before the program can do anything. */
function loadedFirst(meta: Meta): readonly string[] {
  const entry = Object.keys(meta.outputs).find((path) => meta.outputs[path]?.entryPoint)!;
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const one of meta.outputs[path]?.imports ?? [])
      if (one.kind === 'import-statement' && !one.external) visit(one.path);
  };
  visit(
    Object.entries(meta.outputs).find(([, { entryPoint }]) =>
      /main\.ts|_entry/.test(entryPoint ?? ''),
    )?.[0] ?? entry,
  );
  return [...seen].flatMap((path) => Object.keys(meta.outputs[path]?.inputs ?? {}));
}

test('the licence of each package in the bundle is there, as a text', (t) => {
  for (const meta of [program, screen]) {
    const packages: readonly Bundled[] = bundledPackages(ROOT, meta);
    t.true(packages.length > 10);
    const without = packages.filter(({ licence, text }) => !licence || text.length < 200);
    t.deepEqual(without, [], 'put the text into scripts/licences/');
  }
  const file = readFileSync(join(folder, 'program/third-party-licences.txt'), 'utf8');
  for (const { name, version, text } of bundledPackages(ROOT, program) as readonly Bundled[]) {
    t.true(file.includes(`${name} ${version}: `), name);
    t.true(file.includes(text), name);
  }
});

test('a package without a licence text is found, and one that left nothing in the bundle is not listed', (t) => {
  // that of shell-escape is our own copy: without the folder that it lies in there is none
  const bare: readonly Bundled[] = bundledPackages(folder, {
    outputs: {
      'a.js': {
        inputs: {
          [`${ROOT}node_modules/shell-escape/shell-escape.js`]: { bytesInOutput: 9 },
          [`${ROOT}node_modules/zod/index.js`]: { bytesInOutput: 0 },
        },
      },
    },
  });
  t.deepEqual(
    bare.map(({ name, text }) => ({ name, text })),
    [{ name: 'shell-escape', text: '' }],
  );
});

test('nothing is left to be looked for where it is installed, but Node’s own modules', (t) => {
  for (const meta of [program, screen]) {
    const outside = Object.values(meta.outputs)
      .flatMap(({ imports }) => imports)
      .filter(({ external }) => external)
      .map(({ path }) => path.replace(/^node:/, '').split('/')[0]!);
    const own = process.getBuiltinModule('module').builtinModules;
    t.deepEqual(
      outside.filter((name) => !own.includes(name)),
      [],
    );
  }
});

test('a start loads no SSH, no schema, no X.509, no screen', (t) => {
  const first = loadedFirst(program);
  const heavy = /node_modules\/(ssh2|node-ssh|zod|yaml|@peculiar|execa|ink|react|inquirer)\//;
  t.deepEqual(
    first.filter((file) => heavy.test(file)),
    [],
  );
});

test('Ink and React are in a chunk of their own, as React’s production build', (t) => {
  t.false(loadedFirst(screen).some((file) => file.includes('node_modules/')));
  const all = Object.values(screen.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  t.true(all.some((file) => file.includes('react/cjs/react.production')));
  t.false(all.some((file) => /\.development\.js$/.test(file)));
  t.false(all.some((file) => file.includes('react-devtools-core')));
});

test('inquirer is loaded from the bundle', (t) => {
  const { code, stdout, stderr } = run([process.execPath, join(folder, 'screen/main.js'), 'ask']);
  t.deepEqual({ code, stdout, stderr }, { code: 0, stdout: 'function\n', stderr: '' });
});

test('Ink draws from the bundle, and gives the terminal back', async (t) => {
  const tmux = (...args: readonly string[]) =>
    execFileSync('tmux', ['-S', join(folder, 'tmux'), ...args], { encoding: 'utf8' });
  const shows = async (text: string) => {
    for (let tries = 0; tries < 400; tries += 1) {
      const seen = tmux('capture-pane', '-p');
      if (seen.includes(text)) return seen;
      await sleep(50);
    }
    throw new Error(`not seen: ${text}\n${tmux('capture-pane', '-p')}`);
  };
  t.true(existsSync('/usr/bin/tmux') || run(['tmux', '-V']).code === 0);
  tmux('-f', '/dev/null', 'new-session', '-d', '-x', '80', '-y', '24', 'sh');
  try {
    // with CI in its environment Ink draws only its last frame
    const env = 'env -u CI LC_ALL=C.UTF-8 DEV=true';
    tmux(
      'send-keys',
      `${env} ${process.execPath} ${join(folder, 'screen/main.js')} draw; echo its end`,
      'Enter',
    );
    const frame = await shows('█░');
    t.regex(frame, /a pair that survives 主备两台/);
    tmux('send-keys', 'k');
    await shows('pressed: k');
    tmux('send-keys', 'q');
    const after = await shows('\nits end');
    t.notRegex(after, /pressed|warn/i);
  } finally {
    tmux('kill-server');
  }
});
