import {
  type InterfaceFacts,
  type InterfaceName,
  type Ipv4Address,
  isInterfaceName,
  isIpv4Address,
  type NodeFacts,
} from '../../model/index.ts';

/** As `ip -j` prints them; every field may be missing. */
interface IpLink {
  readonly ifname?: unknown;
  readonly address?: unknown;
  readonly flags?: readonly unknown[];
  readonly addr_info?: readonly { family?: unknown; local?: unknown; prefixlen?: unknown }[];
}

interface IpRoute {
  readonly dev?: unknown;
  readonly prefsrc?: unknown;
  readonly gateway?: unknown;
}

/** A list in JSON, or none where `ip` was too old or not there. */
function list<Item>(text: string): readonly Item[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? (value as Item[]) : [];
  } catch {
    return [];
  }
}

/** Without the loopback interface: what is on `lo` can be reached from nowhere else. */
export function interfacesOf(text: string): readonly InterfaceFacts[] {
  return list<IpLink>(text).flatMap((link) => {
    const name = String(link.ifname ?? '');
    const flags = link.flags ?? [];
    if (!isInterfaceName(name) || flags.includes('LOOPBACK')) return [];
    const addresses = (link.addr_info ?? []).flatMap(({ family, local, prefixlen }) => {
      const address = String(local ?? '');
      if (family !== 'inet' || !isIpv4Address(address)) return [];
      return [{ address, prefixLength: Number(prefixlen) }];
    });
    const up = flags.includes('UP') && !flags.includes('NO-CARRIER');
    return [{ name, mac: String(link.address ?? ''), up, addresses }];
  });
}

export function nicOf(
  interfaces: readonly InterfaceFacts[],
  address: Ipv4Address,
): NodeFacts['nic'] {
  for (const { name, mac, addresses } of interfaces) {
    const found = addresses.find((one) => one.address === address);
    if (found) return { name, mac, prefixLength: found.prefixLength };
  }
  return null;
}

/** @param answers `[peer, output of ip -j route get]` */
export function routesOf(
  answers: readonly (readonly [Ipv4Address, string])[],
): NodeFacts['routes'] {
  return answers.flatMap(([to, text]) => {
    const [route] = list<IpRoute>(text);
    const device = String(route?.dev ?? '');
    if (!isInterfaceName(device)) return [];
    return [
      {
        to,
        device: device as InterfaceName,
        source: addressOrNull(route?.prefsrc),
        via: addressOrNull(route?.gateway),
      },
    ];
  });
}

function addressOrNull(value: unknown): Ipv4Address | null {
  const text = String(value ?? '');
  return isIpv4Address(text) ? text : null;
}
