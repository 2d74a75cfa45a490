import { healthyScript } from '../checks/service-daemons.ts';
import { dataNode, frontends } from '../cluster/index.ts';
import { backendStopped } from '../drills/backend-stopped.ts';
import type { BackendContext } from '../drills/backends.ts';
import { daemonKilled } from '../drills/daemon-killed.ts';
import { type DatabasesContext, databasesStopped } from '../drills/databases-stopped.ts';
import { domainBackendsStopped } from '../drills/domain-backends-stopped.ts';
import { keepalivedDrills, nodeDrills } from '../drills/index.ts';
import { switchOver } from '../drills/switch-over.ts';
import type { Drill } from '../model/index.ts';
import { knownDataNode } from './data-tier.ts';
import { databaseCalls } from './drills/database-calls.ts';
import { probeRows } from './drills/probe-rows.ts';
import { pumpsAfresh } from './drills/pumps-afresh.ts';
import { wholeAgain } from './drills/whole-again.ts';
import { renderAsset } from './render.ts';
import type { StageInput } from './stage-input.ts';

/** The drills of this cluster, by the stage that they belong to. */
export function stageDrills(
  input: StageInput,
  ratePerSecond: number,
): Readonly<Record<string, readonly Drill[]>> {
  const { cluster } = input;
  const context: BackendContext = {
    cluster,
    ratePerSecond,
    restartSeconds: restartSeconds(input),
    healthy: healthyScript('iam-apiserver'),
  };
  const databases = databasesContext(input, ratePerSecond);
  const script = input.asset('drills/node_unplugged.sh');
  const unplugScript = renderAsset(script, {}, input.language).map(String);
  return {
    database: databases ? [databasesStopped(databases)] : [],
    services: [daemonKilled(context)],
    'load-balancer': [backendStopped(context), domainBackendsStopped(context)],
    keepalived: [
      ...keepalivedDrills(context),
      ...nodeDrills({ ...context, unplugScript, settled: pumpsAfresh(input) }),
      ...planned(input, ratePerSecond),
    ],
  };
}

/** Only where every front end's NIC is known. */
function planned({ cluster, facts }: StageInput, ratePerSecond: number): readonly Drill[] {
  const known = frontends(cluster).flatMap(({ name }) => {
    const nic = facts.get(name)?.nic;
    return nic ? [[name, nic.name] as const] : [];
  });
  if (known.length < frontends(cluster).length) return [];
  return [switchOver({ cluster, ratePerSecond, nics: new Map(known) })];
}

/** What the daemons' own unit says. */
function restartSeconds({ asset }: StageInput): number {
  const [, seconds] = /^RestartSec=(\d+)$/m.exec(asset('systemd/iam-daemon.service')) ?? [];
  return Number(seconds ?? 0);
}

/**
 * Only where we installed both databases, on a node of ours: others' are not ours to stop.
 * Without another node there is nobody to ask.
 */
function databasesContext(input: StageInput, ratePerSecond: number): DatabasesContext | undefined {
  const { cluster } = input;
  const { mariadb, redis } = cluster.databases;
  const data = knownDataNode(input);
  const survivor = cluster.nodes.find(({ name }) => name !== dataNode(cluster)?.name);
  if (!data || !survivor || mariadb.kind !== 'install' || redis.kind !== 'install')
    return undefined;
  const rows = input.iam.standIn ? undefined : probeRows(input, data);
  return {
    cluster,
    ratePerSecond,
    data: data.node.name,
    survivor: survivor.name,
    units: data.platform.units,
    prepare: rows?.prepare ?? [],
    calls: databaseCalls(input, survivor, rows?.token),
    cleanUp: rows?.cleanUp ?? [],
    whole: [...wholeAgain(input), ...(rows?.forgotten ?? [])],
  };
}
