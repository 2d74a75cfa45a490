import type { BinaryKind } from './binary-kind.ts';
import type { InterfaceName, Ipv4Address, NodeName } from './values.ts';

export interface InterfaceFacts {
  readonly name: InterfaceName;
  readonly mac: string;
  readonly up: boolean;
  readonly addresses: readonly { readonly address: Ipv4Address; readonly prefixLength: number }[];
}

export interface ListenerFacts {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  /** The program's name; null where the kernel does not tell. */
  readonly process: string | null;
}

export interface UnitFacts {
  readonly name: string;
  /** systemd's words: "loaded", "not-found", "masked". */
  readonly load: string;
  /** "active", "inactive", "failed", "activating". */
  readonly active: string;
  /** "enabled", "disabled", "static", "" when there is no such unit. */
  readonly enabled: string;
}

/** A file that is asked about because it may be a program of ours. */
export interface ProgramFacts {
  readonly path: string;
  /** Octal: "0755". */
  readonly mode: string;
  readonly sha256: string;
  readonly kind: BinaryKind;
  /** What it says of itself; null where it does not say, or was not run. */
  readonly version: string | null;
}

/** Which session set a node up: `/var/lib/iam-ha-wizard/session.json` on the node. */
export interface NodeMarker {
  readonly session: string;
  readonly id: string;
}

/** What is true of a node before anything is planned. A field that could not be found out is null. */
export interface NodeFacts {
  readonly node: NodeName;
  readonly hostname: string;
  readonly os: {
    readonly id: string;
    readonly idLike: readonly string[];
    readonly versionId: string;
    readonly codename: string;
    readonly prettyName: string;
  };
  readonly kernel: string;
  /** `uname -m`. */
  readonly architecture: string;
  /** `systemd-detect-virt`: "kvm", "systemd-nspawn", "none", … */
  readonly virtualization: string | null;
  /** DMI system vendor and product: "Tencent Cloud CVM". */
  readonly vendor: string | null;
  readonly interfaces: readonly InterfaceFacts[];
  /** The interface that has the node's address, as the cluster file gives it. */
  readonly nic: {
    readonly name: InterfaceName;
    readonly mac: string;
    readonly prefixLength: number;
  } | null;
  /** How the node reaches each peer: `ip route get`. */
  readonly routes: readonly {
    readonly to: Ipv4Address;
    readonly device: InterfaceName;
    readonly source: Ipv4Address | null;
    readonly via: Ipv4Address | null;
  }[];
  readonly listeners: readonly ListenerFacts[];
  readonly units: readonly UnitFacts[];
  /** Of the packages we may need: those installed, with their versions. */
  readonly packages: Readonly<Record<string, string>>;
  readonly firewall: { readonly firewalld: boolean; readonly ufw: boolean };
  /** "enforcing", "permissive", "disabled"; null where there is no SELinux. */
  readonly selinux: string | null;
  readonly apparmor: boolean;
  /** The node's clock minus ours, and half the round trip in which it was read. */
  readonly clock: { readonly offsetMs: number; readonly errorMs: number };
  readonly disks: readonly {
    readonly path: string;
    readonly freeMiB: number;
    readonly freeInodes: number | null;
  }[];
  readonly memoryMiB: number;
  /** Of the programs we ask about, those on the PATH. */
  readonly tools: readonly string[];
  /** Of the files that were asked about, those that are there. */
  readonly programs?: readonly ProgramFacts[];
  /** What the machine says that it is in its cloud (its metadata service); absent where it says nothing. */
  readonly cloud?: { readonly instance: string; readonly region: string };
  readonly marker: NodeMarker | null;
}

/** `name` with or without `.service`. A unit that there is not reads as not found. */
export function unitFacts(facts: NodeFacts, unit: string): UnitFacts {
  const name = unit.replace(/\.service$/, '');
  const found = facts.units.find((unit) => unit.name === name);
  return found ?? { name, load: 'not-found', active: 'inactive', enabled: '' };
}
