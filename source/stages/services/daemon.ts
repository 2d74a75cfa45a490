import { mariadbCauses } from '../../checks/database-causes.ts';
import { type Daemon, healthyScript, settingsCauses } from '../../checks/service-daemons.ts';
import { diagnose } from '../../checks/service-diagnosis.ts';
import { evidenceScript, readEvidence } from '../../checks/service-evidence.ts';
import { peersOf, ports } from '../../cluster/index.ts';
import {
  appliedCheckId,
  type Exchanging,
  type Message,
  message,
  type Resource,
} from '../../model/index.ts';
import { configSet } from '../../resources/config-set.ts';
import { unit } from '../../resources/unit.ts';
import { upload } from '../../resources/upload.ts';
import { type KnownNode, wasActive } from '../data-tier.ts';
import type { DatabasePlaces } from '../database-places.ts';
import type { StageInput } from '../stage-input.ts';
import { drainOf } from './drain.ts';
import { daemonFiles } from './files.ts';
import { installedProgram } from './installed.ts';
import { rolling } from './rolling.ts';

/** Longer than IAM's own wait for its first answer, and than the API server's retries. */
const READY_MS = 30_000;

/** One daemon on one node: its binary, its files as one set, its unit. */
export function daemonResources(
  input: StageInput,
  known: KnownNode,
  data: DatabasePlaces,
  daemon: Daemon,
): readonly Resource[] {
  const node = known.node.name;
  const path = `/opt/iam/bin/${daemon}`;
  const { sha256 } = binaryOf(input, daemon);
  const config = appliedCheckId(node, `config:${daemon}`);
  return [
    program(input, known, daemon),
    rolling(daemonSet(input, known, data, daemon, sha256), drainOf(input, known, daemon)),
    unit({
      node,
      unit: daemon,
      downCode: 'backend-down',
      ready: {
        script: healthyScript(daemon),
        deadlineMs: READY_MS,
        what: message('service-answers', { daemon, node }),
      },
      diagnosis: {
        evidence: evidenceScript(daemon),
        explain: (output) => explain(known, data, daemon, output),
      },
      explainedBy: [
        ...settingsCauses(node, daemon),
        config,
        appliedCheckId(node, `file:${path}`),
        appliedCheckId(node, 'selinux-types:/opt/iam'),
        ...(daemon === 'iam-apiserver' ? neededForStart(known, data) : []),
      ],
    }),
  ];
}

/** The daemon's own file: sent, or found where somebody else has put it. */
function program(input: StageInput, known: KnownNode, daemon: Daemon): Resource {
  const node = known.node.name;
  const path = `/opt/iam/bin/${daemon}`;
  const { path: from, sha256 } = binaryOf(input, daemon);
  const { consents, session, iam } = input;
  if (iam.installed) return installedProgram({ node, path, sha256 });
  return upload({
    ...{ node, from, sha256, path, mode: '0755', owner: 'root:root', consents, session },
    exchange: exchangeOf(input, known),
    ...(daemon === 'iam-pump' && iam.mended ? { summary: mendedPump(path, iam.version) } : {}),
  });
}

/**
 * IAM's gRPC listens on 127.0.0.1 alone, so its port is free at the node's address; and whatever
 * guards the node, this stage has opened it to the nodes, and to nobody else.
 */
function exchangeOf({ cluster }: StageInput, { node }: KnownNode): Exchanging {
  const backends = peersOf(cluster, node).filter(({ roles }) => roles.includes('backend'));
  const peers = backends.map(({ name, address }) => ({ node: name, address }));
  return { port: ports.apiserverGrpc, address: node.address, peers };
}

function mendedPump(file: string, version = ''): Message {
  return message('pump-upload-mended', { file, version });
}

/** `systemctl start` succeeds whatever happens: why it does not answer stands on the node. */
function explain({ node }: KnownNode, data: DatabasePlaces, daemon: Daemon, output: string) {
  const { name, address } = node;
  const evidence = readEvidence(output);
  const subject = { node: name, address, daemon, dataNode: data.mariadb.via.node.name };
  return evidence && diagnose(evidence, subject);
}

function daemonSet(
  input: StageInput,
  { node, facts }: KnownNode,
  data: DatabasePlaces,
  daemon: Daemon,
  sha256: string,
): Resource {
  return configSet({
    node: node.name,
    name: daemon,
    files: daemonFiles(input, data, daemon),
    loadedWith: [sha256],
    load: {
      unit: daemon,
      command: restart(daemon),
      effect: wasActive(facts, daemon) ? 'rolling-restart' : 'none',
      // The first start is the unit's own, which then waits for an answer.
      ifInactive: 'skip',
    },
    consents: input.consents,
    session: input.session,
    // What is wrong with a file says more than that somebody has changed it.
    explainedBy: settingsCauses(node.name, daemon),
  });
}

function binaryOf(input: StageInput, daemon: Daemon) {
  const found = input.iam.binaries.find(({ name }) => name === daemon);
  if (!found) throw new Error(`the folder of IAM has no ${daemon}`);
  return found;
}

/** The API server ends at once when it cannot log in to MariaDB, and is started again and again. */
function neededForStart(known: KnownNode, data: DatabasePlaces): readonly string[] {
  return [...mariadbCauses(data.mariadb.via.node.name), `database-login/${known.node.name}`];
}

/**
 * `systemctl restart` says nothing about these daemons: it returns before they have read their
 * configuration. One that does not answer afterwards gets its old files back, and the next node is
 * not touched.
 */
function restart(daemon: Daemon): string {
  return `systemctl restart ${daemon}
healthy() {
${healthyScript(daemon)}}
for try in {1..80}; do
  if healthy; then exit 0; fi
  sleep 0.25
done
echo '${daemon}: no answer on /healthz' >&2
${evidenceScript(daemon)}exit 1
`;
}
