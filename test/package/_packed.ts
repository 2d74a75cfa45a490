import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Done {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Where {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs a command to its end. */
export function run(argv: readonly string[], { cwd = ROOT, env = process.env }: Where = {}): Done {
  const [program = '', ...rest] = argv;
  const limits = { timeout: 240_000, killSignal: 'SIGKILL', maxBuffer: 64 << 20 } as const;
  const done = spawnSync(program, rest, { cwd, env, encoding: 'utf8', ...limits });
  if (done.error) throw done.error;
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}

/** The same in a network that leads nowhere, not even to this computer. */
export function runOffline(argv: readonly string[], where?: Where): Done {
  const apart = process.getuid?.() === 0 ? ['unshare', '-n'] : ['unshare', '-rn'];
  return run([...apart, '--', ...argv], where);
}

/** The package as a stranger has it: packed, and installed into an empty folder without a network. */
export interface Installed {
  readonly tarball: string;
  /** The empty folder; whoever may look into it. */
  readonly folder: string;
  /** What npm said as it installed. */
  readonly said: Done;
  /** As `npx iam-ha-wizard` starts it. */
  readonly command: string;
  remove(): void;
}

/** Packs this checkout's build and installs it. @throws Error when either fails */
export async function packAndInstall(): Promise<Installed> {
  const { buildIfStale } = await import(`${ROOT}scripts/build.mjs`);
  await buildIfStale();
  const folder = mkdtempSync(join(tmpdir(), 'iam-ha-package-'));
  chmodSync(folder, 0o755);
  // the build is fresh; another one would be renamed into place under other tests' feet
  const packed = run(['npm', 'pack', '--ignore-scripts', '--pack-destination', folder]);
  if (packed.code !== 0) throw new Error(packed.stderr);
  const tarball = join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '');
  writeFileSync(join(folder, 'package.json'), '{}');
  const install = ['npm', 'install', '--offline', '--no-audit', '--no-fund', tarball];
  const said = runOffline(install, { cwd: folder });
  if (said.code !== 0) throw new Error(said.stdout + said.stderr);
  return {
    tarball,
    folder,
    said,
    command: join(folder, 'node_modules/.bin/iam-ha-wizard'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
