import {
  type NodeFacts,
  type NodeMarker,
  type NodeName,
  OperatorError,
  problem,
} from '../../model/index.ts';
import { machineOf } from './machine-metadata.ts';
import { interfacesOf, nicOf, routesOf } from './network.ts';
import { programsOf } from './programs.ts';
import { type FactsInput, SECTION } from './script.ts';
import { disksOf, listenersOf, osOf, packagesOf, unitsOf } from './system.ts';

/** When the script was sent and its end received, on our clock. */
export interface FactsClock {
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
}

/** The sections of a script's output, by name. */
export function factsSections(output: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  for (const piece of output.split(`\n${SECTION}`).slice(1)) {
    const end = piece.indexOf('\n');
    sections.set(end < 0 ? piece : piece.slice(0, end), end < 0 ? '' : piece.slice(end + 1).trim());
  }
  return sections;
}

/**
 * What {@link factsScript} printed -> the node's facts. Pure.
 *
 * @throws OperatorError "facts-unreadable" when the output has no end
 */
export function parseFacts(node: NodeName, output: string, clock: FactsClock): NodeFacts {
  const sections = factsSections(output);
  const section = (name: string) => sections.get(name) ?? '';
  if (!sections.has('clock-end')) {
    throw new OperatorError(problem('facts-unreadable', {}, { node, detail: output.slice(-2000) }));
  }
  const [hostname = '', kernel = '', architecture = ''] = section('host').split('\n');
  const input = askedOf(section('asked'));
  const interfaces = interfacesOf(section('addresses'));
  const units = unitsOf(section('units'), input.units);
  const cloud = machineOf(section('machine'));
  const firewalld = units.find((unit) => unit.name === 'firewalld');
  return {
    node,
    hostname,
    os: osOf(section('os')),
    kernel,
    architecture,
    virtualization: section('virtualization') || null,
    vendor: section('vendor').replace('\n', ' ').trim() || null,
    interfaces,
    nic: nicOf(interfaces, input.nodeAddress),
    routes: routesOf(input.peers.map((peer) => [peer, section(`route ${peer}`)])),
    listeners: listenersOf(section('listeners')),
    units,
    packages: packagesOf(section('packages')),
    firewall: {
      firewalld: firewalld?.active === 'active',
      ufw: /^ENABLED=yes$/m.test(section('ufw')),
    },
    selinux: selinuxOf(section('selinux')),
    apparmor: section('apparmor') === 'Y',
    clock: clockOf(Number(section('clock-start')), Number(section('clock-end')), clock),
    disks: disksOf(section('disks')),
    memoryMiB: Math.floor(Number(section('memory')) / 1024),
    tools: section('tools').split('\n').filter(Boolean),
    ...(sections.has('programs') ? { programs: programsOf(section('programs')) } : {}),
    ...(cloud && { cloud }),
    marker: markerOf(section('marker')),
  };
}

/** The question comes back with the answer, so that the answer can be read by itself. */
function askedOf(text: string): Pick<FactsInput, 'nodeAddress' | 'peers' | 'units'> {
  return JSON.parse(text) as Pick<FactsInput, 'nodeAddress' | 'peers' | 'units'>;
}

function selinuxOf(text: string): string | null {
  if (text === '1') return 'enforcing';
  if (text === '0') return 'permissive';
  return text || null;
}

/**
 * The node's clock was `start` after we sent and `end` before we received, so its offset lies
 * between `end - received` and `start - sent`: however long the script took.
 *
 * @param start seconds, as @param end
 */
function clockOf(start: number, end: number, { sentAtMs, receivedAtMs }: FactsClock) {
  const highest = start * 1000 - sentAtMs;
  const lowest = end * 1000 - receivedAtMs;
  return {
    offsetMs: Math.round((highest + lowest) / 2),
    errorMs: Math.max(1, Math.ceil((highest - lowest) / 2)),
  };
}

function markerOf(text: string): NodeMarker | null {
  try {
    const value = JSON.parse(text) as Partial<NodeMarker> | null;
    if (typeof value?.session !== 'string' || typeof value.id !== 'string') return null;
    return { session: value.session, id: value.id };
  } catch {
    return null;
  }
}
