import {
  appliedCheckId,
  type Check,
  failed,
  type Measured,
  type Measurement,
  message,
  type NodeName,
  passed,
  problem,
  quote,
  type Verdict,
} from '../model/index.ts';
import { LIMITED } from '../platforms/limited.ts';
import {
  ASK_TLS,
  requiresTls,
  type SqlAccess,
  serverState,
  sqlProbe,
} from '../platforms/sql-script.ts';
import { exited, notMeasured, onNode } from './on-node.ts';
import { NOT_ENDED } from './tcp-talk.ts';

/** A database's server, and who must reach it. */
export interface DatabaseServer {
  readonly name: 'mariadb' | 'redis';
  readonly host: string;
  readonly port: number;
  /** Every node for a server elsewhere; the server's own node for one of ours. */
  readonly nodes: readonly NodeName[];
  /** The node of ours that the server runs on; none for one elsewhere. */
  readonly ours?: NodeName;
  /** MariaDB alone: from where, and how, it is asked as its administrator. */
  readonly administrator?: SqlAccess & { readonly node: NodeName };
}

/**
 * Prints the first byte that a server says: MariaDB greets, Redis answers a PING, if only that it
 * wants a log-in. No connection is `closed`; `silent` is one that came about and brought nothing.
 */
function greetingScript({ name, host, port }: DatabaseServer): string {
  const ping = name === 'redis' ? "printf 'PING\\r\\n' >&3; " : '';
  const talk = `exec 3<>"/dev/tcp/$1/$2" || exit 7; exec 2>/dev/null; trap "exit ${NOT_ENDED}" TERM; ${ping}[ -n "$(head -c 1 <&3 | base64)" ]`;
  return `${LIMITED}if is_silent ${name}; then echo silent; exit; fi
timeout --preserve-status -k 1 3 bash -c ${quote(talk)} open ${quote(host)} ${port} 2>/dev/null
case $? in 0) echo open ;; ${NOT_ENDED}) note_silent ${name}; echo silent ;; *) echo closed ;; esac
`;
}

/**
 * A database's server answers whom it must, in a way that IAM understands: one claim about the
 * server, however many nodes miss it, so that its being away or frozen is one failed check.
 */
export function databaseServerCheck(options: DatabaseServer): Check {
  const { name, host, port, nodes, ours, administrator } = options;
  const address = `${host}:${port}`;
  const script = greetingScript(options);
  // A server of ours is asked by its socket: what listens where is another check's claim.
  const greeted = ours && administrator ? [] : nodes;
  const measurements: readonly Measurement[] = [
    ...(administrator ? [onNode(administrator.node, sqlProbe(administrator, [ASK_TLS]))] : []),
    ...greeted.map((node) => onNode(node, script)),
  ];
  return {
    id: `database-server/${name}`,
    node: ours ?? null,
    title: message(ours ? 'check-database-answers' : 'check-database-server', { address }),
    measurements,
    judge: (measured) => judge({ ...options, nodes: greeted }, measured),
    ...(ours && { explainedBy: ourCauses(name, ours) }),
    deadlineMs: 10_000,
    seeForYourself:
      name === 'redis'
        ? `redis-cli -h ${host} -p ${port} ping`
        : `mariadb -h ${host} -P ${port} -e 'SELECT 1'`,
  };
}

function ourCauses(name: 'mariadb' | 'redis', node: NodeName): readonly string[] {
  const units = name === 'redis' ? ['unit:redis*', 'unit:valkey'] : ['unit:mariadb'];
  return ['packages:database', ...units, `config:${name}`].map((id) => appliedCheckId(node, id));
}

function judge(options: DatabaseServer, measured: readonly Measured[]): Verdict {
  const { administrator, nodes } = options;
  const asked = administrator && measured[0];
  const greetings = administrator ? measured.slice(1) : measured;
  const said = greetings.map((one) => exited(one)?.stdout.trim());
  const away = nodes[said.indexOf('closed')];
  if (away)
    return fail(options, options.ours ? 'redis-not-listening' : 'database-server-away', away);
  const waiting = nodes[said.indexOf('silent')];
  if (waiting)
    return fail(options, options.name === 'redis' ? 'redis-silent' : 'database-silent', waiting);
  const unheard = said.findIndex((one) => one !== 'open');
  if (unheard >= 0) return notMeasured(greetings[unheard]);
  if (administrator) return judgeAsked(options, administrator.node, asked);
  return answers(options);
}

/** Whether the administrator is let in is no claim of this check: the account's refusal says so. */
function judgeAsked(options: DatabaseServer, node: NodeName, asked: Measured | undefined): Verdict {
  const output = exited(asked);
  if (!output) return notMeasured(asked);
  switch (serverState(output)) {
    case 'silent':
      return fail(options, 'database-silent', node);
    case 'down':
      return fail(options, options.ours ? 'database-not-listening' : 'database-server-away', node);
    case 'absent':
      return options.ours ? notMeasured(asked) : answers(options);
    default:
      if (requiresTls(output.stdout)) return fail(options, 'database-tls-required', node);
      return answers(options);
  }
}

function answers({ host, port, nodes, ours }: DatabaseServer): Verdict {
  const address = `${host}:${port}`;
  if (ours) return passed(message('database-answers', { address }));
  return passed(message('database-server-open', { address, count: nodes.length }));
}

function fail({ host, port, ours }: DatabaseServer, code: string, node: NodeName): Verdict {
  const address = `${host}:${port}`;
  return failed(problem(code, { address, data: ours ?? host }, { node }));
}
