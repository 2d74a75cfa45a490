import {
  type CloudAction,
  type CloudEnd,
  type CloudLook,
  type CloudPort,
  type CloudResource,
  type CloudSeen,
  type HaVipSeen,
  message,
  type PublicAddressSeen,
  problem,
  type SecurityGroupSeen,
} from '../../source/model/index.ts';
import { createWorld, type World } from './_world.ts';

export const OWNER = { session: '0123456789ab', name: 'iamha-lab-0123456789ab' };
const MARKS = { session: OWNER.session, cluster: 'lab' };

/** A cloud in memory: what is there, what was asked, and what happens in the place of the next action. */
export class MemoryCloud implements CloudPort {
  haVips: HaVipSeen[] = [];
  publicAddresses: PublicAddressSeen[] = [];
  securityGroups: SecurityGroupSeen[] = [];
  readonly looks: (readonly CloudLook[])[] = [];
  readonly performed: CloudAction[] = [];
  /** Says instead of seeing. */
  blind = false;
  /** Says nothing of security groups. */
  hidesGroups = false;
  /** How many looks show nothing of what is there. */
  stale = 0;
  /** What an action of this kind comes to; `after`: and it is done all the same. */
  readonly ends = new Map<CloudAction['kind'], { end: CloudEnd | Error; after?: true }>();
  onLook: () => void = () => {};
  onPerform: (action: CloudAction) => void = () => {};

  survey(): never {
    throw new Error('nobody expected this');
  }

  async look(looks: readonly CloudLook[]) {
    this.looks.push(looks);
    this.onLook();
    if (this.blind) return { problem: problem('cloud-unreachable') };
    if (this.hidesGroups && looks.some(({ kind }) => kind === 'security-groups')) {
      return { problem: problem('cloud-refused') };
    }
    if (this.stale > 0) {
      this.stale -= 1;
      return { haVips: [], publicAddresses: [], securityGroups: [] };
    }
    const { haVips, publicAddresses, securityGroups } = this;
    return { haVips, publicAddresses, securityGroups } satisfies CloudSeen;
  }

  async perform(action: CloudAction): Promise<CloudEnd> {
    this.performed.push(action);
    this.onPerform(action);
    const fate = this.ends.get(action.kind);
    this.ends.delete(action.kind);
    if (fate && !fate.after) return orThrow(fate.end);
    const outputs = this.#do(action);
    if (fate) return orThrow(fate.end);
    const requestId = `request-${this.performed.length}`;
    return { kind: 'done', outputs, isNew: true, requestId, traceId: 'trace' };
  }

  kinds(): readonly string[] {
    return this.performed.map(({ kind }) => kind);
  }

  #do(action: CloudAction): Record<string, string> {
    switch (action.kind) {
      case 'make-ha-vip': {
        const id = `havip-${this.haVips.length + 1}`;
        const { name, marks, address = '10.0.4.200', network, subnet, mayHold } = action;
        this.haVips.push(haVipSeen({ id, name, address, network, subnet, mayHold, ...marks }));
        return { id, address };
      }
      case 'make-public-address': {
        const id = `eip-${this.publicAddresses.length + 1}`;
        const address = `203.0.113.${this.publicAddresses.length + 1}`;
        this.publicAddresses.push(addressSeen({ id, name: action.name, address, ...action.marks }));
        return { id, address };
      }
      case 'bind':
      case 'unbind':
        this.#lead(action.haVip, action.kind === 'bind' ? action.address : null);
        return { id: action.haVip };
      case 'remove-ha-vip':
        this.haVips = this.haVips.filter(({ id }) => id !== action.haVip);
        return {};
      case 'remove-public-address':
        this.publicAddresses = this.publicAddresses.filter(({ id }) => id !== action.publicAddress);
        return {};
      case 'remove-security-rule':
        this.securityGroups = this.securityGroups.map((group) => ({
          ...group,
          rules: group.rules.filter(({ description }) => description !== action.description),
        }));
        return {};
      default:
        throw new Error(`nobody expected ${action.kind}`);
    }
  }

  #lead(haVip: string, address: string | null): void {
    this.haVips = this.haVips.map((one) =>
      one.id === haVip ? { ...one, publicAddress: address } : one,
    );
    this.publicAddresses = this.publicAddresses.map((one) => {
      if (one.address === address) return { ...one, state: 'bound', boundTo: haVip };
      return one.boundTo === haVip ? { ...one, state: 'free', boundTo: null } : one;
    });
  }
}

function orThrow(end: CloudEnd | Error): CloudEnd {
  if (end instanceof Error) throw end;
  return end;
}

export function haVipSeen(own: Partial<HaVipSeen>): HaVipSeen {
  return {
    id: 'havip-x',
    name: 'x',
    address: '10.0.4.99',
    network: 'vpc',
    subnet: 'subnet',
    session: null,
    holder: null,
    publicAddress: null,
    mayHold: null,
    movedAt: null,
    ...own,
  };
}

export function addressSeen(own: Partial<PublicAddressSeen>): PublicAddressSeen {
  return {
    id: 'eip-x',
    name: 'x',
    address: '203.0.113.99',
    session: null,
    state: 'free',
    boundTo: null,
    madeAt: null,
    ...own,
  };
}

/** Nodes in folders as ever, a cloud in memory, and a clock on which waiting takes no time. */
export function cloudWorld(): World & { readonly cloud: MemoryCloud; readonly waits: number[] } {
  const world = createWorld();
  const cloud = new MemoryCloud();
  const waits: number[] = [];
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
      waits.push(ms);
    },
  };
  return { ...world, cloud, waits, ports: { ...world.ports, cloud, clock } };
}

/** A HAVIP, made. */
export function vip(id = 'ha-vip:10.0.4.99', address = '10.0.4.99'): CloudResource {
  return {
    id,
    looks: [{ kind: 'ha-vips', network: 'vpc' }],
    plan: ({ haVips }) => {
      const own = haVips.find((one) => one.address === address);
      if (own) {
        const owned = own.session === OWNER.session;
        const outputs = { id: own.id, address };
        return { kind: 'settled', reason: message('ha-vip-right'), owned, outputs };
      }
      const { name } = OWNER;
      return {
        kind: 'change',
        summary: message('ha-vip-make', { address, subnet: 'subnet' }),
        owned: true,
        actions: [
          {
            ...{ kind: 'make-ha-vip', name, marks: MARKS, token: 't', network: 'vpc' },
            ...{ subnet: 'subnet', address, mayHold: [] },
          },
        ],
        undo: [{ kind: 'remove', what: 'ha-vip', name }],
      };
    },
  };
}

/** A public address that leads to it: bought and bound in one change of two actions, once it is held. */
export function bound(haVip = 'ha-vip:10.0.4.99'): CloudResource {
  return {
    id: `eip-binding:${haVip}`,
    looks: [{ kind: 'ha-vips', network: 'vpc' }, { kind: 'public-addresses' }],
    plan: ({ haVips, publicAddresses }, outputs) => {
      const held = haVips.find(({ id }) => id === outputs[haVip]?.id);
      const summary = message('eip-bind', { address: '?', vip: haVip });
      if (!held?.holder) {
        const reason = message('ha-vip-without-holder', { address: haVip });
        const late = problem('ha-vip-never-held', { address: haVip });
        return { kind: 'later', summary, reason, problem: late };
      }
      if (held.publicAddress) {
        const own = { address: held.publicAddress };
        return { kind: 'settled', reason: message('eip-bound'), owned: true, outputs: own };
      }
      const { name } = OWNER;
      const address = publicAddresses[0]?.address ?? '203.0.113.1';
      return {
        kind: 'change',
        summary,
        owned: true,
        actions: [
          { kind: 'make-public-address', name, marks: MARKS, token: 'u' },
          { kind: 'bind', haVip: held.id, address },
        ],
        undo: [
          { kind: 'remove', what: 'public-address', name },
          { kind: 'unbind', haVip: held.id },
        ],
      };
    },
  };
}
