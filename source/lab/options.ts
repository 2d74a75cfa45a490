import {
  addressToNumber,
  type Domain,
  EXIT,
  type Ipv4Address,
  isDomain,
  isHostInSubnet,
  isIpv4Address,
  numberToAddress,
  OperatorError,
  problem,
  subnetRange,
} from '../model/index.ts';
import {
  CLIENT,
  CLOUDS,
  type CloudChoice,
  DEFAULT_LAB,
  type ImageName,
  type LabSpec,
  type MachineSpec,
  MONGODB,
  macOf,
  OUTSIDE,
} from './spec.ts';

/** What the operator may say; everything has a default. */
export interface LabOptions {
  readonly name?: string;
  readonly nodes?: number;
  readonly image?: string;
  /** `10.0.4.0/24`. */
  readonly subnet?: string;
  readonly vip?: string;
  readonly apiDomain?: string;
  readonly authzDomain?: string;
  /** The user to log in as, instead of root. */
  readonly user?: string;
  /** `env:X`: the variable that has the password `user` must type for sudo. */
  readonly sudoPassword?: string;
  /** One machine more, with a stand-in for MongoDB. */
  readonly mongodb?: boolean;
  /** `tencent`, `console` or `none`. */
  readonly cloud?: string;
}

const MOST_NODES = 9;
/** Offsets in the subnet. */
const OFFSET = { router: 1, operator: 10, firstNode: 20, server: 30, vip: 99 } as const;
/** Networks that are the lab's outside, or no place for a host. */
const RESERVED = ['198.51.100.0/24', '203.0.113.0/24', '127.0.0.0/8', '224.0.0.0/3', '0.0.0.0/8'];

function refuse(code: string, found: string | number): never {
  throw new OperatorError(problem(code, { found }), EXIT.usage);
}

/** The name, if it can be part of a path, a host name and a cgroup. */
export function parseLabName(name: string = DEFAULT_LAB): string {
  return /^[a-z0-9](?:[a-z0-9-]{0,18}[a-z0-9])?$/.test(name) ? name : refuse('lab-bad-name', name);
}

function parseSubnet(text: string): { readonly first: Ipv4Address; readonly prefixLength: number } {
  const [address = '', length = ''] = text.split('/');
  const prefixLength = Number(length);
  if (!isIpv4Address(address) || !/^\d+$/.test(length)) refuse('lab-bad-subnet', text);
  if (prefixLength < 8 || prefixLength > 25) refuse('lab-bad-subnet', text);
  const [first, last] = subnetRange(address, prefixLength);
  const overlaps = RESERVED.some((reserved) => {
    const [start = '', size] = reserved.split('/');
    const [from, to] = subnetRange(start as Ipv4Address, Number(size));
    return first <= to && from <= last;
  });
  if (overlaps || addressToNumber(address) !== first) refuse('lab-bad-subnet', text);
  return { first: address, prefixLength };
}

function parseVip(text: string | undefined, spec: Omit<LabSpec, 'vip'>): Ipv4Address {
  const vip = text ?? offset(spec.subnet, OFFSET.vip);
  const taken = [spec.router, spec.operator, ...spec.machines.map((machine) => machine.address)];
  if (!isIpv4Address(vip) || !isHostInSubnet(vip, spec.subnet, spec.prefixLength))
    refuse('lab-bad-vip', vip);
  return taken.includes(vip) ? refuse('lab-bad-vip', vip) : vip;
}

function offset(subnet: Ipv4Address, hosts: number): Ipv4Address {
  return numberToAddress(addressToNumber(subnet) + hosts);
}

function parseDomain(text: string): Domain {
  return isDomain(text) ? text : refuse('lab-bad-domain', text);
}

function parseUser(options: LabOptions): Pick<LabSpec, 'user' | 'sudoPassword'> {
  const { user, sudoPassword } = options;
  if (user !== undefined && (!/^[a-z_][a-z0-9_-]{0,30}$/.test(user) || user === 'root'))
    refuse('lab-bad-user', user);
  if (sudoPassword === undefined) return { user: user ?? null, sudoPassword: null };
  const variable = /^env:([A-Za-z_][A-Za-z0-9_]*)$/.exec(sudoPassword)?.[1];
  if (!variable) refuse('lab-literal-password', '--sudo-password');
  if (!user) refuse('lab-password-without-user', '--sudo-password');
  return { user, sudoPassword: variable };
}

function parseImage(image: string): ImageName {
  return image === 'bookworm' || image === 'trixie' ? image : refuse('lab-bad-image', image);
}

function parseCloud(cloud: string): CloudChoice {
  return CLOUDS.find((one) => one === cloud) ?? refuse('lab-bad-cloud', cloud);
}

function parseNodes(nodes: number): number {
  const isFit = Number.isInteger(nodes) && nodes >= 2 && nodes <= MOST_NODES;
  return isFit ? nodes : refuse('lab-bad-nodes', nodes);
}

type Subnet = ReturnType<typeof parseSubnet>;

function machinesOf(
  lab: string,
  nodes: number,
  mongodb: boolean,
  { first, prefixLength }: Subnet,
): MachineSpec[] {
  const gateway = offset(first, OFFSET.router);
  const machine = (name: string, role: MachineSpec['role'], at: number): MachineSpec => {
    const address = offset(first, at);
    return { name, role, address, prefixLength, gateway, mac: macOf(lab, name) };
  };
  const inside = Array.from({ length: nodes }, (_, index) =>
    machine(`iam-${index + 1}`, 'node', OFFSET.firstNode + index),
  );
  const servers = mongodb ? [machine(MONGODB, 'server', OFFSET.server)] : [];
  const client: MachineSpec = {
    name: CLIENT,
    role: 'client',
    address: OUTSIDE.client,
    prefixLength: OUTSIDE.prefixLength,
    gateway: OUTSIDE.router,
    mac: macOf(lab, CLIENT),
  };
  return [...inside, ...servers, client];
}

/**
 * The options, checked and completed: .1 is the router, .10 the operator, .20 the first node.
 * @throws OperatorError (64) with the option's value.
 */
export function labSpec(options: LabOptions): LabSpec {
  const name = parseLabName(options.name);
  const image = parseImage(options.image ?? 'bookworm');
  const nodes = parseNodes(options.nodes ?? 2);
  const subnet = parseSubnet(options.subnet ?? '10.0.4.0/24');
  const spec: Omit<LabSpec, 'vip'> = {
    version: 1,
    name,
    image,
    subnet: subnet.first,
    prefixLength: subnet.prefixLength,
    router: offset(subnet.first, OFFSET.router),
    operator: offset(subnet.first, OFFSET.operator),
    apiDomain: parseDomain(options.apiDomain ?? 'iam.api.marmotedu.com'),
    authzDomain: parseDomain(options.authzDomain ?? 'iam.authz.marmotedu.com'),
    ...parseUser(options),
    machines: machinesOf(name, nodes, options.mongodb ?? false, subnet),
    cloud: parseCloud(options.cloud ?? 'tencent'),
  };
  return { ...spec, vip: parseVip(options.vip, spec) };
}

/** The name of the option in which `spec`, made from `options`, differs from `existing`, if any was said. */
export function differsFrom(
  existing: LabSpec,
  spec: LabSpec,
  options: LabOptions,
): keyof LabOptions | undefined {
  const facts: Record<keyof LabOptions, (of: LabSpec) => string | number | null> = {
    name: (of) => of.name,
    nodes: (of) => of.machines.filter(({ role }) => role === 'node').length,
    image: (of) => of.image,
    subnet: (of) => `${of.subnet}/${of.prefixLength}`,
    vip: (of) => of.vip,
    apiDomain: (of) => of.apiDomain,
    authzDomain: (of) => of.authzDomain,
    user: (of) => of.user,
    sudoPassword: (of) => of.sudoPassword,
    cloud: (of) => of.cloud,
    mongodb: (of) => of.machines.filter(({ role }) => role === 'server').length,
  };
  const said = (Object.keys(facts) as (keyof LabOptions)[]).filter(
    (key) => options[key] !== undefined,
  );
  return said.find((key) => facts[key](existing) !== facts[key](spec));
}
