import {
  type Alert,
  type Cluster,
  signingSecret,
  vipAddress,
  whereabouts,
} from '../cluster/index.ts';
import {
  type Content,
  content,
  joinContent,
  mapSecret,
  quote,
  quoteContent,
  type Secret,
} from '../model/index.ts';
import type { DesiredFile } from '../resources/config-set.ts';
import type { Frontend } from './frontend.ts';
import { renderAsset, renderFile } from './render.ts';
import type { StageInput } from './stage-input.ts';

export const ALERT_USER = 'iam-ha-alert';
export const ALERT_CONFIG = '/etc/iam-ha-alert';
export const ALERT_STATE = '/var/lib/iam-ha-alert';
/** Where keepalived's notify script leaves an event. */
export const EVENTS = `${ALERT_STATE}/events`;

/** One entry of `alerts:` as the sender names it, and where it stands in the cluster file. */
export interface Receiver {
  /** "1-wecom": its place and its kind. */
  readonly id: string;
  readonly kind: Alert['kind'];
  readonly file: string;
  readonly line: number;
  readonly field: string;
}

export function receivers(cluster: Cluster): readonly Receiver[] {
  return cluster.alerts.map(({ kind }, index) => ({
    id: `${index + 1}-${kind}`,
    kind,
    ...whereabouts(cluster, `alerts[${index}]`),
  }));
}

/** What keepalived's notify script does beside its log line; nothing where there are no alerts. */
export function notifySnippet(input: StageInput): Content | '' {
  if (input.cluster.alerts.length === 0) return '';
  return renderAsset(input.asset('alerts/notify'), { events: EVENTS }, input.language);
}

/** The configuration, which holds the receivers' secrets; then the sender and its units. */
export function alertFiles(input: StageInput, frontend: Frontend): readonly DesiredFile[] {
  const file = (path: string, asset: string, mode = '0644'): DesiredFile => ({
    path,
    content: renderFile(input, asset),
    mode,
    owner: 'root:root',
  });
  return [
    {
      path: `${ALERT_CONFIG}/alert.conf`,
      content: alertConfig(input, frontend),
      mode: '0640',
      owner: `root:${ALERT_USER}`,
    },
    file('/usr/local/sbin/iam-ha-alert', 'alerts/iam-ha-alert', '0755'),
    file('/usr/local/lib/iam-ha-alert/send', 'alerts/send'),
    file('/etc/systemd/system/iam-ha-alert.service', 'systemd/iam-ha-alert.service'),
    file('/etc/systemd/system/iam-ha-alert.path', 'systemd/iam-ha-alert.path'),
  ];
}

/** Bash that the sender reads. */
export function alertConfig(input: StageInput, { node }: Pick<Frontend, 'node'>): Content {
  const { cluster, language } = input;
  const all = receivers(cluster);
  const configs = cluster.alerts.map(
    (alert, index) => content`curl_config[${index + 1}]=${quoteContent(curlConfig(input, alert))}`,
  );
  const headers = cluster.alerts.flatMap((alert, index) =>
    alert.kind === 'email' ? [`mail_headers[${index + 1}]=${quote(mailHeaders(alert))}`] : [],
  );
  return renderFile(input, 'alerts/alert.conf', {
    cluster: quote(cluster.name),
    node: quote(node.name),
    vip: quote(vipAddress(cluster)),
    receivers: all.map(({ id }) => id).join(' '),
    curlConfigs: joinContent(configs, '\n'),
    signSecrets: joinContent(signSecrets(input), '\n'),
    mailHeaders: headers.join('\n'),
    words: renderAsset(input.asset(`alerts/words-${language}`), {}, language),
  });
}

/** A line for each robot that wants its messages signed. */
function signSecrets(input: StageInput): readonly Content[] {
  return input.cluster.alerts.flatMap((alert, index): readonly Content[] => {
    const secret = signingSecret(alert);
    if (!secret) return [];
    return [
      content`sign_secret[${index + 1}]=${mapSecret(secretOf(input, secret.variable), quote)}`,
    ];
  });
}

type Email = Extract<Alert, { kind: 'email' }>;

function mailHeaders({ from, to }: Email): string {
  return `From: <${from}>\nTo: ${to.map((one) => `<${one}>`).join(', ')}`;
}

/** What curl reads on its standard input: never more than http(s) for an address from outside. */
function curlConfig(input: StageInput, alert: Alert): Content {
  if (alert.kind !== 'email') {
    const url = secretOf(input, alert.url.variable);
    return content`proto = "=http,https"\ngloboff\nurl = "${mapSecret(url, curlText)}"\n`;
  }
  const { smtp, from, to, user = '', password } = alert;
  const lines = [
    `url = "${smtp.endsWith(':465') ? 'smtps' : 'smtp'}://${smtp}"`,
    // A password is never sent in the clear.
    password ? 'ssl-reqd' : 'ssl',
    `mail-from = "<${curlText(from)}>"`,
    ...to.map((one) => `mail-rcpt = "<${curlText(one)}>"`),
  ];
  const login = password
    ? content`user = "${curlText(user || from)}:${mapSecret(secretOf(input, password.variable), curlText)}"\n`
    : [];
  return joinContent([[`${lines.join('\n')}\n`], login]);
}

/** Inside double quotes of curl's configuration. */
export function curlText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

function secretOf({ alertSecrets }: StageInput, variable: string): Secret {
  const found = alertSecrets?.get(variable);
  if (!found) throw new Error(`${variable} has not been read`);
  return found;
}
