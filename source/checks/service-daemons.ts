import { ports } from '../cluster/index.ts';
import { appliedCheckId, type NodeName } from '../model/index.ts';
import { httpGet, TALK, talkTo } from './tcp-talk.ts';

/** IAM's daemons, in the order in which they start. */
export const daemons = ['iam-apiserver', 'iam-authz-server', 'iam-pump'] as const;

export type Daemon = (typeof daemons)[number];

/** The port on which a daemon answers `/healthz`. */
export const healthPort: Readonly<Record<Daemon, number>> = {
  'iam-apiserver': ports.apiserver,
  'iam-authz-server': ports.authzServer,
  'iam-pump': ports.pumpHealth,
};

/** IAM writes `{"status":"ok"}`; its pump puts a blank in between. */
export const HEALTHY_BODY = /^\{\s*"status"\s*:\s*"ok"\s*\}$/;

/** A script that exits 0 when the daemon, the node's own or another's, answers `/healthz`, as IAM does. */
export function healthyScript(daemon: Daemon, address = '127.0.0.1'): string {
  const ask = talkTo(address, healthPort[daemon], [httpGet(address, '/healthz')]).join('');
  return `${TALK}said=$(${ask})\n[[ $said == HTTP/1.?' 200 '*'"status"'*'"ok"'* ]]\n`;
}

/** What makes a daemon of a node not answer. */
export function daemonCauses(node: NodeName, daemon: Daemon): readonly string[] {
  const own = [`unit:${daemon}`, `config:${daemon}`, `file:/opt/iam/bin/${daemon}`];
  const first = daemon === 'iam-authz-server' ? ['unit:iam-apiserver', 'config:iam-apiserver'] : [];
  return [
    ...settingsCauses(node, daemon),
    ...[...own, ...first].map((id) => appliedCheckId(node, id)),
  ];
}

/** A daemon cannot use what it reads; the authorization server also not what its API server shows it. */
export function settingsCauses(node: NodeName, daemon: Daemon): readonly string[] {
  const readers =
    daemon === 'iam-pump' ? [daemon] : (['iam-apiserver', 'iam-authz-server'] as const);
  return readers.map((reader) => `settings/${node}/${reader}`);
}
