import { EXIT, OperatorError, problem, type Whereabouts } from '../../model/index.ts';
import { runLocal } from '../local-process.ts';

/** Our own floor; the module itself says 1.17. */
const OLDEST: readonly [number, number] = [1, 21];

export type Toolchain =
  | { readonly kind: 'usable'; readonly version: string }
  | { readonly kind: 'too-old'; readonly version: string }
  | { readonly kind: 'missing' };

/** Of what `go version` prints: "go version go1.26.8 linux/amd64". Pure. */
export function readGoVersion(stdout: string): Toolchain {
  const found = /^go version (?:devel )?go((\d+)\.(\d+)[^\s]*)/.exec(stdout.trim());
  if (!found) return { kind: 'missing' };
  const [, version = '', major, minor] = found;
  const [oldMajor, oldMinor] = OLDEST;
  const isOld =
    Number(major) < oldMajor || (Number(major) === oldMajor && Number(minor) < oldMinor);
  return { kind: isOld ? 'too-old' : 'usable', version };
}

/** The operator's Go toolchain. */
export async function findGo(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Toolchain> {
  const asked = await runLocal('go', ['version'], { timeoutMs: 20_000, environment });
  return asked.kind === 'exited' && asked.exitCode === 0
    ? readGoVersion(asked.stdout)
    : { kind: 'missing' };
}

/** @throws OperatorError "go-missing", "go-too-old", exit 64 */
export async function requireGo(
  environment: Readonly<Record<string, string | undefined>>,
  where: Whereabouts,
): Promise<void> {
  const found = await findGo(environment);
  if (found.kind === 'usable') return;
  const oldest = OLDEST.join('.');
  const params = found.kind === 'too-old' ? { found: found.version, oldest } : { oldest };
  throw new OperatorError(problem(`go-${found.kind}`, params, where), EXIT.usage);
}
