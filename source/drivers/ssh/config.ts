import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { runLocal } from '../local-process.ts';
import { sshError } from './problems.ts';
import type { SshOptions, SshTarget } from './types.ts';

/** Where and how to connect, after the cluster file and `~/.ssh/config`. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly identityFiles: readonly string[];
  /** Whether the operator named the key: then a missing one is an error. */
  readonly identityGiven: boolean;
  readonly identitiesOnly: boolean;
  readonly agent?: string;
  readonly knownHostsFiles: readonly string[];
  readonly hostKeyAlias?: string;
  /** `StrictHostKeyChecking yes`: an unknown key is not even asked about. */
  readonly strict: boolean;
  readonly proxyJump: readonly string[];
  readonly proxyCommand?: string;
}

type Values = ReadonlyMap<string, readonly string[]>;

const DEFAULT_KEYS = ['~/.ssh/id_ed25519', '~/.ssh/id_ecdsa', '~/.ssh/id_rsa'];
const DEFAULT_KNOWN_HOSTS = ['~/.ssh/known_hosts', '/etc/ssh/ssh_known_hosts'];

/**
 * What OpenSSH would do for this target, with the cluster file's values on top.
 * Without an ssh client: OpenSSH's defaults.
 */
export async function resolveEndpoint(target: SshTarget, options: SshOptions): Promise<Endpoint> {
  const name = target.host ?? target.address;
  const environment = options.environment ?? process.env;
  const values = await askSsh(name, target, options);
  return endpointFrom(values, name, target, environment);
}

async function askSsh(name: string, target: SshTarget, options: SshOptions): Promise<Values> {
  const args = [
    ...['-G', '-T'],
    ...(options.configFile ? ['-F', options.configFile] : []),
    ...(target.user ? ['-l', target.user] : []),
    ...(target.port ? ['-p', String(target.port)] : []),
    ...['--', name],
  ];
  const result = await runLocal('ssh', args, {
    timeoutMs: 10_000,
    ...(options.environment ? { environment: options.environment } : {}),
  });
  if (result.kind === 'not-installed') return new Map();
  if (result.kind === 'timed-out') throw sshError(target, 'ssh-config-bad', { host: name });
  if (result.exitCode !== 0) {
    throw sshError(target, 'ssh-config-bad', { host: name }, result.stderr.trim());
  }
  return parseSshConfig(result.stdout);
}

/** `ssh -G`'s output: a keyword and its value a line; some keywords come several times. */
export function parseSshConfig(output: string): Values {
  const values = new Map<string, string[]>();
  for (const line of output.split('\n')) {
    const [, key, value] = /^(\S+) (.*)$/.exec(line.trim()) ?? [];
    if (!key || value === undefined) continue;
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  return values;
}

/** Pure, but for the operator's home folder and name. */
export function endpointFrom(
  values: Values,
  name: string,
  target: SshTarget,
  environment: Readonly<Record<string, string | undefined>>,
): Endpoint {
  const one = (key: string) => values.get(key)?.find((value) => value !== 'none');
  const agent = agentPath(values.get('identityagent')?.[0], environment);
  const alias = one('hostkeyalias');
  const command = one('proxycommand');
  return {
    host: one('hostname') ?? name,
    port: target.port ?? Number(one('port') ?? 22),
    user: target.user ?? one('user') ?? userInfo().username,
    ...identities(values, target),
    ...(agent ? { agent } : {}),
    knownHostsFiles: knownHostsFiles(values, target),
    ...(alias ? { hostKeyAlias: alias } : {}),
    strict: ['yes', 'true'].includes(one('stricthostkeychecking') ?? ''),
    proxyJump: one('proxyjump')?.split(',') ?? [],
    ...(command ? { proxyCommand: command } : {}),
  };
}

function identities(values: Values, target: SshTarget) {
  const given = target.identityFile;
  const files = given ? [given] : (values.get('identityfile') ?? DEFAULT_KEYS);
  return {
    identityFiles: files.map(expandHome),
    identityGiven: given !== undefined,
    identitiesOnly: values.get('identitiesonly')?.[0] === 'yes',
  };
}

function knownHostsFiles(values: Values, target: SshTarget): readonly string[] {
  if (target.knownHosts) return [expandHome(target.knownHosts)];
  const listed = ['userknownhostsfile', 'globalknownhostsfile'].flatMap((key) =>
    (values.get(key) ?? []).flatMap((files) => files.split(' ')),
  );
  return (values.size > 0 ? listed : DEFAULT_KNOWN_HOSTS)
    .filter((file) => file && file !== 'none')
    .map(expandHome);
}

function agentPath(
  configured: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (!configured || configured === 'SSH_AUTH_SOCK') return environment.SSH_AUTH_SOCK;
  if (configured === 'none') return undefined;
  if (configured.startsWith('$')) return environment[configured.slice(1).replace(/[{}]/g, '')];
  return expandHome(configured);
}

function expandHome(path: string): string {
  if (path === '~' || path.startsWith('~/')) return join(homedir(), path.slice(1));
  return path.replaceAll('%d', homedir());
}
