// How source/ and everything that it imports become the files of a folder. The same for a checkout
// and for the package: what is tested is what is shipped.
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledPackages, licenceFile } from './licences.mjs';

/** Plain files of the prober that run beside the program: in a thread of its own, or on a third machine. */
const BESIDE = [
  'exchange.mjs',
  'prober-worker.mjs',
  'raise.mjs',
  'remote-answer.py',
  'remote-probe.mjs',
  'remote-probe.py',
  'remote-request.py',
  'schedule.mjs',
];

/** CommonJS packages ask for these, which modules do not have. */
const BANNER = `import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
const __filename = import.meta.filename, __dirname = import.meta.dirname;`;

/**
 * ssh2's native parts are optional, and built by an install script, which nobody runs here; Ink's
 * `react-devtools-core` is for its developers; `encoding` is for answers in other charsets, of which the
 * cloud's client has none, and `supports-color` for its debugging.
 */
const leftOut = (root) => ({
  name: 'left-out',
  setup(build) {
    const filter = /^(cpu-features|encoding|react-devtools-core|supports-color|.*\.node)$/;
    build.onResolve({ filter }, () => ({ path: join(root, 'scripts', 'left-out.cjs') }));
  },
});

/** The cloud's client, and through it other packages, ask for what warns or is never used. */
const STAND_INS = [
  { filter: /^(whatwg-url|form-data)$/, importer: /./ },
  { filter: /^url$/, importer: /node_modules\/(node-fetch|https-proxy-agent)\// },
];

const standIns = (root) => ({
  name: 'stand-ins',
  setup(build) {
    for (const { filter, importer } of STAND_INS) {
      build.onResolve({ filter }, (asked) =>
        importer.test(asked.importer)
          ? { path: join(root, 'scripts', `${asked.path}.cjs`) }
          : undefined,
      );
    }
  },
});

/**
 * Writes the program, its chunks and `third-party-licences.txt` into `folder`.
 *
 * @param entry for tests: another module than the program
 * @returns esbuild's metafile
 */
export async function bundle(root, folder, entry = join(root, 'source/cli/main.ts')) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { main: entry },
    outdir: folder,
    bundle: true,
    // a command loads what it needs; and Ink, as one file with the rest, would wait for itself
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    jsx: 'automatic',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
    metafile: true,
    banner: { js: BANNER },
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
    plugins: [leftOut(root), standIns(root)],
  });
  for (const file of BESIDE) {
    copyFileSync(join(root, 'source/drivers/prober', file), join(folder, file));
  }
  const packages = bundledPackages(root, metafile);
  writeFileSync(join(folder, 'third-party-licences.txt'), licenceFile(packages));
  return metafile;
}
