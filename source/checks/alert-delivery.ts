import {
  type Check,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  quote,
  type Verdict,
  warned,
} from '../model/index.ts';
import { exited, linesByKey, notMeasured, onNode } from './on-node.ts';

export interface AlertDeliveryOptions {
  readonly node: NodeName;
  /** In the cluster file's order; `id` names the sender's record of it. */
  readonly receivers: readonly {
    readonly id: string;
    readonly kind: string;
    readonly file: string;
    readonly line: number;
    readonly field: string;
  }[];
  /** Whom the sender runs as. */
  readonly user: string;
  readonly config: string;
  readonly state: string;
  readonly explainedBy: readonly string[];
}

/** Older than this an event should long have been taken. */
const STUCK_S = 120;

/**
 * Prints `cannot WHAT` for what keeps the sender from working, `stuck COUNT` for events that nobody
 * takes, and by receiver `ID sent|failed EPOCH HTTP CURL API`, the end of the last attempt. One that
 * was made with an earlier configuration says nothing about this one.
 */
function deliveryScript({ receivers, user, config, state }: AlertDeliveryOptions): string {
  return `type -P curl >/dev/null || echo 'cannot curl'
runuser -u ${quote(user)} -- test -r ${quote(config)} 2>/dev/null || echo 'cannot read'
printf -v now '%(%s)T' -1
shopt -s nullglob
old=0
for path in ${quote(state)}/events/*; do
  name=\${path##*/} at=\${name%%-*} at=\${at%??????}
  [[ $at == +([0-9]) ]] && ((now - at > ${STUCK_S})) && ((old += 1))
done
((old)) && echo "stuck $old"
for id in ${receivers.map(({ id }) => quote(id)).join(' ')}; do
  path=${quote(state)}/status/$id
  [[ -f $path && ! ${quote(config)} -nt $path ]] && echo "$id $(<"$path")"
done
echo end
`;
}

/** The sender can work, and its last message to each receiver was taken. No message is sent for it. */
export function alertDeliveryCheck(options: AlertDeliveryOptions): Check {
  const { node } = options;
  return {
    id: `alerts/${node}`,
    node,
    title: message('check-alerts', { node }),
    measurements: [onNode(node, deliveryScript(options))],
    judge: ([measured]) => judge(options, measured),
    explainedBy: options.explainedBy,
    deadlineMs: 0,
    seeForYourself: 'journalctl -u iam-ha-alert -n 20',
  };
}

function judge(options: AlertDeliveryOptions, measured: Measured | undefined): Verdict {
  const { node, user, config } = options;
  const output = exited(measured);
  const lines = linesByKey(output?.stdout ?? '');
  if (!lines.has('end')) return notMeasured(measured);
  const cannot = lines.get('cannot') ?? [];
  if (cannot.includes('curl')) return failed(problem('alerts-no-curl', {}, { node }));
  if (cannot.includes('read')) {
    return failed(problem('alerts-config-unreadable', { user, path: config }, { node }));
  }
  const stuck = lines.get('stuck')?.[0];
  if (stuck) return failed(problem('alerts-stuck', { count: Number(stuck) }, { node }));
  return lastMessages(options, lines);
}

function lastMessages(
  { node, receivers }: AlertDeliveryOptions,
  lines: ReadonlyMap<string, readonly string[]>,
): Verdict {
  const words = (id: string) => lines.get(id)?.[0]?.split(' ') ?? [];
  const bad = receivers.find(({ id }) => words(id)[0] === 'failed');
  if (bad) {
    const [, at = '', http = '-', curl = '-', api = '-'] = words(bad.id);
    const when = new Date(Number(at) * 1000).toISOString();
    const { kind, file, line, field } = bad;
    const params = { kind, field, http, curl, api, at: when };
    return warned(problem('alert-not-delivered', params, { node, file, line, field }));
  }
  const sent = receivers.filter(({ id }) => words(id)[0] === 'sent').map(({ id }) => id);
  if (sent.length === 0) return passed(message('alerts-ready', { count: receivers.length }));
  return passed(message('alerts-delivered', { receivers: sent.join(', ') }));
}
