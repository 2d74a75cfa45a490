import { EXIT, InterruptedError, OperatorError, type Params, problem } from '../../model/index.ts';
import type { SshSetting, SshTarget } from './types.ts';

/** The settings that a problem is about, the likeliest first: the first one that was written is named. */
const ABOUT: Readonly<Record<string, readonly SshSetting[]>> = {
  'host-unreachable': ['host'],
  'host-unreachable-name': ['host'],
  'host-unreachable-refused': ['port', 'host'],
  'host-unreachable-route': ['host'],
  'ssh-handshake-failed': ['port', 'host'],
  'ssh-config-bad': ['host'],
  'key-unreadable': ['identityFile'],
  'key-encrypted': ['identityFile'],
  'auth-refused': ['password', 'identityFile', 'user'],
  'password-expired': ['password', 'user'],
  'host-key-unknown': ['knownHosts', 'host'],
  'host-key-changed': ['knownHosts', 'host'],
  'host-key-revoked': ['knownHosts', 'host'],
  'sudo-password-needed': ['sudoPassword', 'user'],
  'sudo-password-wrong': ['sudoPassword', 'user'],
  'sudo-not-allowed': ['user'],
  'sudo-needs-tty': ['user'],
  'sudo-missing': ['user'],
};

/** What this computer alone can tell, and answers that nobody was there to give. */
const USAGE: ReadonlySet<string> = new Set([
  'key-unreadable',
  'key-encrypted',
  'ssh-config-bad',
  'host-key-unknown',
  'sudo-password-needed',
]);

/** A problem with reaching or entering a node, pointing at the value in the cluster file. */
export function sshProblem(target: SshTarget, code: string, params: Params = {}, detail?: string) {
  const setting = ABOUT[code]?.find((one) => target.places?.[one]);
  const { line, field } = (setting && target.places?.[setting]) ?? target;
  return problem(code, params, {
    node: target.node,
    ...(target.file === undefined ? {} : { file: target.file }),
    ...(line === undefined ? {} : { line }),
    ...(field === undefined ? {} : { field }),
    ...(detail ? { detail } : {}),
  });
}

export function sshError(target: SshTarget, code: string, params: Params = {}, detail?: string) {
  const exitCode = USAGE.has(code) ? EXIT.usage : EXIT.failed;
  return new OperatorError(sshProblem(target, code, params, detail), exitCode);
}

/** The abort's own reason, where the caller gave one; else InterruptedError. */
export function abortError(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error && reason.name !== 'AbortError' ? reason : new InterruptedError();
}

export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}
