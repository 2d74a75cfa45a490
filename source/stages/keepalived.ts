import { checkScriptCheck, checkScriptId } from '../checks/check-script.ts';
import { keepalivedConfigCheck } from '../checks/keepalived-config.ts';
import { asideCheckId, standbyAsideCheck } from '../checks/standby-aside.ts';
import { vipHealthCheck } from '../checks/vip-health.ts';
import { vipHolderCheck } from '../checks/vip-holder.ts';
import { vrrpAdvertsCheck } from '../checks/vrrp-adverts.ts';
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
import { holdsVip } from '../platforms/holds-vip.ts';
import { configSet } from '../resources/config-set.ts';
import { inTurn } from '../resources/in-turn.ts';
import { packages } from '../resources/package.ts';
import { sysctl } from '../resources/sysctl.ts';
import { unit } from '../resources/unit.ts';
import { DISARM } from '../resources/vrrp-settings.ts';
import { alertChecks, alertPackages, alertResources } from './alerts.ts';
import { witnesses } from './cloud/witnessed.ts';
import { wasActive } from './data-tier.ts';
import { guardResources } from './firewall/guard.ts';
import { type Frontend, plannable } from './frontend.ts';
import { agreedBy, agreementOf } from './keepalived-agreement.ts';
import { hostFiles, keepalivedConfig, timersOf } from './keepalived-files.ts';
import { foreignVrrp } from './keepalived-foreign.ts';
import { strays, straysPackages } from './keepalived-strays.ts';
import { retiredWitness, witness } from './keepalived-witness.ts';
import type { StageInput } from './stage-input.ts';
import { vipTlsChecks } from './tls-checks.ts';

const STAGE = 'keepalived';

/**
 * keepalived on every front end, one after the other in the order of priorities: the second starts
 * when the VIP has a holder, because two that start together may end with the wrong one. One that
 * joins a running pair comes last, whatever its priority: until the others name it as their peer it
 * hears nobody, and would take the VIP beside its holder.
 *
 * On a pair that runs, whoever has the VIP when it comes to that comes first; see `vrrpSettings` for
 * what all of them must have alike. What keepalived reads is there before it is told to, and what it
 * reads no more goes when nobody reads it: a witness that stops moves the VIP.
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
      ...nodes.flatMap((one) => nodeChecks(input, one)),
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

function nodeChecks(input: StageInput, frontend: Frontend): readonly Check[] {
  const { node, platform } = frontend;
  const { keepalivedConfig: file } = platform.paths;
  return [
    keepalivedConfigCheck(node.name, file),
    checkScriptCheck({
      node: node.name,
      file,
      apiPort: ports.apiserver,
      authzPort: ports.authzServer,
    }),
    vrrpAdvertsCheck(agreedBy(input, frontend)),
    standbyAsideCheck(node.name),
  ];
}

/** keepalived itself: whoever has the VIP comes first, and what it reads no more goes last. */
const HOLDER = 3;
const OTHERS = 4;
const AFTERWARDS = 5;

function resources(input: StageInput, frontend: Frontend): readonly Resource[] {
  const { platform } = frontend;
  const node = frontend.node.name;
  const installed = installedId(frontend);
  const names = [
    platform.packages.keepalived,
    ...straysPackages(input, frontend),
    ...alertPackages(input, platform),
  ];
  const hostCauses = [installed, appliedCheckId(node, 'config:keepalived/host')];
  const turn = `${holdsVip(vipAddress(input.cluster))}holds && echo ${HOLDER} || echo ${OTHERS}`;
  const agreement = agreementOf(input, frontend, installed);
  const isWatched = timersOf(input, frontend).usesTrackFile;
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
      explainedBy: [installed, checkScriptId(node)],
    }),
    sysctl({ node, name: frontend.nic, settings: arpSettings(frontend), explainedBy: hostCauses }),
    ...strays(input, frontend, hostCauses),
    ...(isWatched ? witness(input, frontend, installed) : []),
    agreement,
    // A script that is wrong says more than that its file, or the one that names it, has changed.
    inTurn(turn, daemonSet(input, frontend, [installed, checkScriptId(node)])),
    inTurn(turn, daemon(input, node, installed)),
    ...(isWatched
      ? []
      : retiredWitness(input, frontend, installed).map((one) => inTurn(AFTERWARDS, one))),
  ];
}

/** Nobody is told by ARP of an address that is only on `lo`. */
function arpSettings({ nic }: Frontend): Readonly<Record<string, string>> {
  const conf = `net/ipv4/conf/${nic}`;
  return { [`${conf}/arp_ignore`]: '1', [`${conf}/arp_announce`]: '2' };
}

function daemonSet(
  input: StageInput,
  frontend: Frontend,
  explainedBy: readonly string[],
): Resource {
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
    explainedBy,
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
    start: `systemctl start keepalived || exit\n${DISARM}`,
    explainedBy: [installed, asideCheckId(node), appliedCheckId(node, 'config:keepalived')],
  });
}
