import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Architecture,
  EXIT,
  type Message,
  message,
  OperatorError,
  problem,
  type Whereabouts,
} from '../../model/index.ts';
import { IAM_DAEMONS } from './folder.ts';
import { mendPump, PUMP_FILE } from './mend.ts';
import type { ProgramResult, RunProgram } from './program.ts';

const MODULE = 'github.com/marmotedu/iam';
const GO_ARCHITECTURES = { x86_64: 'amd64', aarch64: 'arm64' } as const;

/** A release of IAM and the checksums that its Go module must have, as a `go.sum` has them. */
export interface IamRelease {
  readonly version: string;
  readonly sum: string;
  readonly goModSum: string;
}

export interface GoBuild {
  readonly release: IamRelease;
  /** Build the pump with the one line that lets it read what the authorization server writes. */
  readonly mended: boolean;
  readonly architecture: Architecture;
  /** The go program. */
  readonly go: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: RunProgram;
  readonly report: (text: Message, done?: number, total?: number) => void;
  readonly where: Whereabouts;
}

/**
 * Builds IAM's daemons, static, from its Go module into the folder `part`, with `iam.sql` beside
 * them. Only what has the release's checksum is built; what the module needs is pinned by its own
 * `go.sum`.
 *
 * @throws OperatorError "iam-build-unreachable", "iam-build-checksum", "iam-build-failed"
 */
export async function buildIam(part: string, build: GoBuild): Promise<void> {
  const { release, architecture, mended, report } = build;
  const work = join(part, 'work');
  mkdirSync(work);
  report(message('iam-module-downloading', { version: release.version }));
  const source = join(work, 'iam');
  copyTree(await downloadModule(work, build), source);
  if (mended) mend(join(source, PUMP_FILE));
  const packages = IAM_DAEMONS.map((daemon) => `./cmd/${daemon}`);
  const listed = await go(build, ['-C', source, 'list', '-deps', ...packages]);
  const total = listed.stdout.trim().split('\n').length;
  let done = 0;
  const onLine = (line: string) => {
    if (line.startsWith('go: ') || line.startsWith('#')) return;
    done += 1;
    report(message('iam-compiling', { version: release.version, architecture }), done, total);
  };
  const flags = `-s -w -X github.com/marmotedu/component-base/pkg/version.GitVersion=${release.version}`;
  const how = ['-v', '-trimpath', '-ldflags', flags, '-o', `${part}/`];
  await go(build, ['-C', source, 'build', ...how, ...packages], onLine);
  copyFileSync(join(source, 'configs', 'iam.sql'), join(part, 'iam.sql'));
  rmSync(work, { recursive: true });
}

/** The module's folder, after its checksum was compared. */
async function downloadModule(work: string, build: GoBuild): Promise<string> {
  const { version, sum, goModSum } = build.release;
  // with the checksums here, no checksum database is asked: it is out of reach for many
  writeFileSync(
    join(work, 'go.mod'),
    `module iambuild\n\ngo 1.21\n\nrequire ${MODULE} ${version}\n`,
  );
  writeFileSync(
    join(work, 'go.sum'),
    `${MODULE} ${version} ${sum}\n${MODULE} ${version}/go.mod ${goModSum}\n`,
  );
  const wanted = `${MODULE}@${version}`;
  const { stdout } = await go(build, ['-C', work, 'mod', 'download', '-json', wanted]);
  const found = JSON.parse(stdout) as { Dir?: string; Sum?: string };
  if (found.Sum === sum && found.Dir) return found.Dir;
  throw refused(build, 'iam-build-checksum', `${wanted}: ${found.Sum ?? 'no checksum'}`);
}

/** The module cache is read-only, folders too, and a copy of those modes could not be filled. */
function copyTree(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyTree(source, target);
    else if (entry.isFile()) writeFileSync(target, readFileSync(source));
  }
}

function mend(file: string): void {
  writeFileSync(file, mendPump(readFileSync(file, 'utf8')));
}

async function go(
  build: GoBuild,
  args: readonly string[],
  onLine?: (line: string) => void,
): Promise<ProgramResult> {
  const env = {
    ...build.env,
    CGO_ENABLED: '0',
    GOOS: 'linux',
    GOARCH: GO_ARCHITECTURES[build.architecture],
    // the operator's own settings for other work must not change what is built
    GOFLAGS: '-mod=readonly -buildvcs=false',
    GOTOOLCHAIN: 'local',
    GOWORK: 'off',
  };
  const result = await build.run([build.go, ...args], { env, ...(onLine ? { onLine } : {}) });
  if (result.exitCode === 0) return result;
  const said = `${result.stdout}\n${result.stderr}`.trim().slice(-4000);
  throw refused(build, failureCode(said), said);
}

/** What a failed step of go is most likely about. Pure. */
export function failureCode(said: string): string {
  if (/SECURITY ERROR|checksum mismatch/.test(said)) return 'iam-build-checksum';
  if (/no space left on device/i.test(said)) return 'iam-build-no-space';
  const network =
    /dial tcp|no such host|i\/o timeout|connection refused|TLS handshake|network is unreachable|\b(403 Forbidden|404 Not Found|502 |503 |504 )/;
  return network.test(said) ? 'iam-build-unreachable' : 'iam-build-failed';
}

function refused({ release, where }: GoBuild, code: string, detail: string): OperatorError {
  return new OperatorError(
    problem(code, { version: release.version }, { ...where, detail }),
    EXIT.failed,
  );
}
