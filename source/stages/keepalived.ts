import { checkScriptCheck } from '../checks/check-script.ts';
import { keepalivedConfigCheck } from '../checks/keepalived-config.ts';
import { vipHealthCheck } from '../checks/vip-health.ts';
import { vipHolderCheck } from '../checks/vip-holder.ts';
import { ports, services, vipAddress, vrrpOrder } from '../cluster/index.ts';
import {
  appliedCheckId,
  type Check,
  message,
  type NodeName,
  quote,
  type Resource,
  type StagePlan,
} from '../model/index.ts';
import { configSet } from '../resources/config-set.ts';
import { packages } from '../resources/package.ts';
import { sysctl } from '../resources/sysctl.ts';
import { tmpfiles } from '../resources/tmpfiles.ts';
import { unit } from '../resources/unit.ts';
import { alertChecks, alertPackages, alertResources } from './alerts.ts';
import { witnesses } from './cloud/witnessed.ts';
import { wasActive } from './data-tier.ts';
import { guardResources } from './firewall/guard.ts';
import { type Frontend, plannable } from './frontend.ts';
import {
  hostFiles,
  keepalivedConfig,
  STATE_FOLDER,
  TMPFILES,
  timersOf,
  WITNESS,
} from './keepalived-files.ts';
import { foreignVrrp } from './keepalived-foreign.ts';
import type { StageInput } from './stage-input.ts';
import { vipTlsChecks } from './tls-checks.ts';

const STAGE = 'keepalived';

/**
 * keepalived on every front end, one after the other in the order of priorities: the second starts
 * when the VIP has a holder, because two that start together may end with the wrong one. One that
 * joins a running pair comes last, whatever its priority: until the others name it as their peer it
 * hears nobody, and would take the VIP beside its holder.
 */
export function keepalived(input: StageInput): StagePlan {
  const all = plannable(input, vrrpOrder(input.cluster));
  const isRunning = ({ facts }: Frontend) => wasActive(facts, 'keepalived');
  const nodes = [...all.filter(isRunning), ...all.filter((one) => !isRunning(one))];
  return {
    id: STAGE,
    resources: nodes.flatMap((frontend) => resources(input, frontend)),
    checks: [
      vipHolderCheck(input.cluster),
      ...nodes.flatMap(nodeChecks),
      ...alertChecks(input, nodes, installedId),
      ...services.map((service) => vipHealthCheck(input.cluster, service)),
      ...vipTlsChecks(input),
      ...witnesses(input),
    ],
    drills: [],
    order: 'one-by-one',
    problems: [],
  };
}

/** The packages of this stage on a node: without them nothing else of it can be right. */
function installedId({ node }: Frontend): string {
  return appliedCheckId(node.name, `packages:${STAGE}`);
}

function nodeChecks({ node, platform }: Frontend): readonly Check[] {
  const { keepalivedConfig: file, keepalivedScripts } = platform.paths;
  return [
    keepalivedConfigCheck(node.name, file),
    checkScriptCheck({
      node: node.name,
      script: `${keepalivedScripts}/check_nginx.sh`,
      apiPort: ports.apiserver,
      authzPort: ports.authzServer,
    }),
  ];
}

function resources(input: StageInput, frontend: Frontend): readonly Resource[] {
  const { platform } = frontend;
  const node = frontend.node.name;
  const installed = installedId(frontend);
  const names = [platform.packages.keepalived, ...alertPackages(input, platform)];
  return [
    packages({ node, stage: STAGE, platform, names }),
    ...alertResources(input, frontend, installed),
    ...guardResources(input, frontend, STAGE),
    configSet({
      node,
      name: 'keepalived/host',
      files: hostFiles(input, frontend),
      consents: input.consents,
      session: input.session,
      explainedBy: [installed],
    }),
    ...(timersOf(input, frontend).usesTrackFile ? witness(frontend, installed) : []),
    daemonSet(input, frontend, installed),
    daemon(input, node, installed),
  ];
}

/** Runs as soon as nginx does. Never restarted here: its stop would move the VIP. */
function witness({ node, nic }: Frontend, installed: string): readonly Resource[] {
  const host = appliedCheckId(node.name, 'config:keepalived/host');
  const explainedBy = [installed, host];
  const conf = `net/ipv4/conf/${nic}`;
  return [
    tmpfiles({
      node: node.name,
      config: TMPFILES,
      folder: STATE_FOLDER,
      files: [`${STATE_FOLDER}/nginx`],
      explainedBy,
    }),
    sysctl({
      node: node.name,
      name: nic,
      settings: { [`${conf}/arp_ignore`]: '1', [`${conf}/arp_announce`]: '2' },
      explainedBy,
    }),
    unit({
      node: node.name,
      unit: WITNESS,
      downCode: 'unit-not-running',
      explainedBy: [...explainedBy, appliedCheckId(node.name, 'unit:nginx')],
    }),
  ];
}

function daemonSet(input: StageInput, frontend: Frontend, installed: string): Resource {
  const { keepalivedRoot, keepalivedConfig: file } = frontend.platform.paths;
  const vip = vipAddress(input.cluster);
  return configSet({
    node: frontend.node.name,
    name: STAGE,
    files: [keepalivedConfig(input, frontend)],
    tests: [{ root: keepalivedRoot, command: `keepalived -t -f ${quote(file)}`, silent: true }],
    // Reload keeps the state and the VIP. A stopped one is started by its unit, which waits.
    load: {
      unit: 'keepalived',
      command: 'systemctl reload keepalived',
      effect: 'reload',
      ifInactive: 'skip',
    },
    foreign: foreignVrrp(vip, file),
    packageSamples: [file],
    consents: input.consents,
    session: input.session,
    explainedBy: [installed],
  });
}

function daemon(input: StageInput, node: NodeName, installed: string): Resource {
  const vip = vipAddress(input.cluster);
  return unit({
    node,
    unit: 'keepalived',
    downCode: 'keepalived-not-running',
    ready: {
      script: `ip -4 -o addr show | grep -qF ${quote(` ${vip}/`)} ||
timeout 1 bash -c ': <"/dev/tcp/$1/80"' _ ${quote(vip)}\n`,
      deadlineMs: 30_000,
      what: message('waiting-for-vip', { vip }),
    },
    explainedBy: [installed, appliedCheckId(node, 'config:keepalived')],
  });
}
