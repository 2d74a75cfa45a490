import { parse } from 'yaml';
import type { Cluster } from '../cluster/index.ts';
import { rewriteSecrets, type SharedSecrets } from '../drivers/session/secrets.ts';
import { changesToUndo } from '../engine/undo.ts';
import type { NodeFacts, NodeName, Ports } from '../model/index.ts';
import { withAdminPassword } from './admin-password.ts';
import { givenSecrets } from './given-secrets.ts';
import { maskEvent } from './mask.ts';
import { allSecrets, type RunSession } from './run-session.ts';

const CONFIG = '/etc/iam/iam-apiserver.yaml';
const KEEPALIVED = '/etc/keepalived/keepalived.conf';

/** Prints both files in base64, a line each; what is not there is an empty line. */
const SCRIPT = `for file in ${CONFIG} ${KEEPALIVED}; do base64 -w0 "$file" 2>/dev/null; echo; done\n`;

interface Opened {
  readonly cluster: Cluster;
  readonly session: RunSession;
  readonly ports: Ports;
}

/**
 * What a new session needs back from nodes that another one set up, where it is to take them over:
 * with other passwords it would lock the databases' users out, and with another key end every login.
 * Only before its first change: then the session's own secrets are what the nodes have.
 *
 * @returns the run, with secrets that are kept from now on, and masked
 */
export async function adoptSecrets<Run extends Opened>(
  run: Run,
  facts: ReadonlyMap<NodeName, NodeFacts>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Run> {
  const { session, ports, cluster } = run;
  const isFresh = changesToUndo(session.journal.records(), []).length === 0;
  const theirs = [...facts.values()].find(({ marker }) => marker && marker.id !== session.id);
  if (!isFresh || !theirs) return run;
  const said = await ports.nodes.run(theirs.node, [SCRIPT], { timeoutMs: 15_000 });
  const found = said.kind === 'exited' ? readFound(said.stdout) : {};
  if (Object.keys(found).length === 0) return run;
  const kept = await rewriteSecrets(session.paths, found);
  const given = { ...session, secrets: givenSecrets(kept, cluster, environment) };
  const adopted = withAdminPassword(given, cluster, environment);
  const secrets = allSecrets(adopted.secrets);
  const emit: Ports['emit'] = (event) => ports.emit(maskEvent(event, secrets));
  return { ...run, session: adopted, ports: { ...ports, emit } };
}

/** @param stdout what {@link SCRIPT} printed */
export function readFound(stdout: string): Partial<SharedSecrets> {
  const [config = '', keepalived = ''] = stdout
    .split('\n')
    .map((line) => Buffer.from(line, 'base64').toString('utf8'));
  const iam = parsed(config);
  const found = {
    databasePassword: textAt(iam, 'mysql', 'password'),
    redisPassword: textAt(iam, 'redis', 'password'),
    jwtKey: textAt(iam, 'jwt', 'key'),
    vrrpPassword: /^\s*auth_pass\s+(\S+)\s*$/m.exec(keepalived)?.[1],
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value));
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>(
    (one, key) =>
      typeof one === 'object' && one !== null ? (one as Record<string, unknown>)[key] : undefined,
    value,
  );
  return typeof found === 'string' ? found : undefined;
}
