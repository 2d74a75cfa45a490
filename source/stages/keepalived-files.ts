import {
  frontendPeersOf,
  type VrrpTimers,
  vipAddress,
  vrrpOrder,
  vrrpTimers,
} from '../cluster/index.ts';
import { MOVE_FOLDER } from '../drills/move-vip-scripts.ts';
import type { DesiredFile } from '../resources/config-set.ts';
import { notifySnippet } from './alert-files.ts';
import type { Frontend } from './frontend.ts';
import { straysFiles } from './keepalived-strays.ts';
import { renderFile } from './render.ts';
import type { StageInput } from './stage-input.ts';

const PLAIN = { mode: '0644', owner: 'root:root' } as const;
const SCRIPT = { mode: '0755', owner: 'root:root' } as const;

/** The witness's unit, which tells keepalived at once that nginx has gone. */
export const WITNESS = 'iam-ha-nginx-witness';
export const TMPFILES = '/etc/tmpfiles.d/iam-ha.conf';
/** Its older name belonged to the witness alone. */
const SYSCTL = '/etc/sysctl.d/60-iam-ha-vip.conf';
export const STATE_FOLDER = '/run/iam-ha';

/** The timers of a front end, by its place in the order of priorities. */
export function timersOf({ cluster }: StageInput, { node }: Frontend): VrrpTimers {
  const order = vrrpOrder(cluster);
  const index = order.findIndex((one) => one.name === node.name);
  return vrrpTimers(cluster.vip.profile, index, order.length);
}

/** keepalived.conf: it holds the password, so only root reads it. */
export function keepalivedConfig(input: StageInput, frontend: Frontend): DesiredFile {
  const { cluster } = input;
  const { node, nic, platform } = frontend;
  const { profile, vrid } = cluster.vip;
  const peers = frontendPeersOf(cluster, node).map((peer) => peer.address);
  const content = renderFile(input, `keepalived/keepalived-${profile}.conf`, {
    routerId: node.name,
    scripts: platform.paths.keepalivedScripts,
    interface: nic,
    vrid,
    priority: timersOf(input, frontend).priority,
    ...(profile === 'fast' ? {} : { password: input.secrets.vrrpPassword }),
    address: node.address,
    peers: peers.join('\n        '),
    vip: vipAddress(cluster),
  });
  return { path: platform.paths.keepalivedConfig, content, mode: '0640', owner: 'root:root' };
}

/** What surrounds keepalived: scripts, the unit's drop-in. None of it is read by a reload. */
export function hostFiles(input: StageInput, frontend: Frontend): readonly DesiredFile[] {
  const scripts = frontend.platform.paths.keepalivedScripts;
  const place = { vip: vipAddress(input.cluster), interface: frontend.nic };
  const script = (name: string, values = {}): DesiredFile => ({
    path: `${scripts}/${name}`,
    content: renderFile(input, `keepalived/${name}`, values),
    ...SCRIPT,
  });
  return [
    script('check_nginx.sh'),
    script('keepalived_notify.sh', { ...place, moving: MOVE_FOLDER, alert: notifySnippet(input) }),
    dropIn(input, frontend),
    {
      path: '/etc/logrotate.d/iam-ha-keepalived',
      content: renderFile(input, 'keepalived/logrotate'),
      ...PLAIN,
    },
    {
      path: SYSCTL,
      content: renderFile(input, 'keepalived/sysctl.conf', { interface: frontend.nic }),
      ...PLAIN,
    },
    ...straysFiles(input, frontend),
  ];
}

function dropIn(input: StageInput, frontend: Frontend): DesiredFile {
  const variable = frontend.platform.keepalivedOptionsVariable;
  // Debian's options are empty; Red Hat's family has -D in its own. The operator's stay in both.
  const execStart =
    frontend.platform.family === 'debian'
      ? `ExecStart=\nExecStart=/usr/sbin/keepalived --dont-fork -D $${variable}`
      : '';
  const content = renderFile(input, 'systemd/keepalived-drop-in.conf', {
    restartSec: timersOf(input, frontend).restartSec,
    vip: vipAddress(input.cluster),
    execStart,
  });
  return { path: '/etc/systemd/system/keepalived.service.d/iam-ha.conf', content, ...PLAIN };
}

/** What tells keepalived at once that nginx has gone; none where the profile does not ask for it. */
export function witnessFiles(input: StageInput, frontend: Frontend): readonly DesiredFile[] {
  if (!timersOf(input, frontend).usesTrackFile) return [];
  const scripts = frontend.platform.paths.keepalivedScripts;
  const vip = vipAddress(input.cluster);
  const nic = frontend.nic;
  return [
    {
      path: `${scripts}/nginx_stopping.sh`,
      content: renderFile(input, 'keepalived/nginx_stopping.sh', { vip, interface: nic }),
      ...SCRIPT,
    },
    {
      path: `/etc/systemd/system/${WITNESS}.service`,
      content: renderFile(input, `systemd/${WITNESS}.service`, { scripts }),
      ...PLAIN,
    },
    { path: TMPFILES, content: renderFile(input, 'systemd/tmpfiles.conf'), ...PLAIN },
  ];
}
