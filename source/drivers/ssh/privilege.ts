import { message, type Secret } from '../../model/index.ts';
import type { Channels } from './channels.ts';
import { RECEIVE } from './envelope.ts';
import { plainCommand } from './plain-command.ts';
import { sshError } from './problems.ts';
import type { Privilege } from './session.ts';
import type { SshOptions, SshTarget } from './types.ts';

/** sudo speaks the server's language unless told otherwise, and its words are looked at. */
const SUDO = 'env LC_ALL=C sudo';

/** The constant command that receives a script as root. */
export function commandAsRoot(privilege: Privilege): string {
  if (privilege.kind === 'root') return RECEIVE;
  if (privilege.kind === 'sudo') return `${SUDO} -n -H ${RECEIVE}`;
  // -k: a password remembered by sudo would otherwise leave ours in front of the script.
  return `${SUDO} -S -k -H -p '' ${RECEIVE}`;
}

/** What goes before the script on stdin. */
export function passwordLine(privilege: Privilege): string {
  return privilege.kind === 'sudo-password' ? `${privilege.password.reveal()}\n` : '';
}

/**
 * How this user becomes root. A password is sent only after `sudo -n` has said that it needs one.
 * Throws OperatorError where there is no way.
 */
export async function findPrivilege(
  channels: Channels,
  user: string,
  target: SshTarget,
  options: SshOptions,
): Promise<Privilege> {
  if (user === 'root') return { kind: 'root' };
  const limits = { timeoutMs: 20_000, signal: options.signal };
  const free = await plainCommand(channels, `${SUDO} -n true`, '', limits, target);
  if (free.exitCode === 0) return { kind: 'sudo' };
  refuseHopeless(free.output, user, target);
  const password = target.sudoPassword ?? (await askPassword(user, target, options));
  if (!password) throw sshError(target, 'sudo-password-needed', { user }, free.output);
  const check = `${SUDO} -S -k -p '' true`;
  const tried = await plainCommand(channels, check, `${password.reveal()}\n`, limits, target);
  if (tried.exitCode === 0) return { kind: 'sudo-password', password };
  refuseHopeless(tried.output, user, target);
  const host = target.host ?? target.address;
  throw sshError(target, 'sudo-password-wrong', { user, host }, tried.output);
}

async function askPassword(
  user: string,
  target: SshTarget,
  options: SshOptions,
): Promise<Secret | undefined> {
  return options.askSecret?.(message('ssh-ask-sudo-password', { node: target.node, user }));
}

/** What no password mends. */
function refuseHopeless(output: string, user: string, target: SshTarget): void {
  const because: readonly (readonly [RegExp, string])[] = [
    [/must have a tty/i, 'sudo-needs-tty'],
    [/not in the sudoers|may not run sudo|not allowed to (run|execute)/i, 'sudo-not-allowed'],
    [/sudo['’]?: (command )?not found|sudo.*: No such file/i, 'sudo-missing'],
  ];
  for (const [words, code] of because) {
    if (words.test(output)) throw sshError(target, code, { user }, output);
  }
}
