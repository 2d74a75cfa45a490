import {
  type CloudPlanned,
  type CloudResource,
  type CloudSeen,
  message,
  type Outputs,
  problem,
} from '../model/index.ts';

export interface EipBindingOptions {
  readonly network: string;
  /** The resources whose outputs it needs. */
  readonly haVip: string;
  readonly elasticIp: string;
  /** The nodes' instances: one of them is to hold the address first. */
  readonly instances: readonly string[];
}

/** The public address leads to the HAVIP: from when it has a holder, so that it is never paid for idle. */
export function eipBinding(options: EipBindingOptions): CloudResource {
  return {
    id: `eip-binding:${options.haVip}`,
    looks: [{ kind: 'ha-vips', network: options.network }, { kind: 'public-addresses' }],
    plan: (seen, outputs) => plan(options, seen, outputs),
  };
}

function plan(options: EipBindingOptions, seen: CloudSeen, outputs: Outputs): CloudPlanned {
  const address = outputs[options.elasticIp]?.address;
  const haVip = seen.haVips.find(({ id }) => id === outputs[options.haVip]?.id);
  if (!haVip) return later(options.haVip);
  if (haVip.publicAddress !== null && haVip.publicAddress === address) {
    const reason = message('eip-bound', { address, vip: haVip.address });
    return { kind: 'settled', reason, owned: true, outputs: { address } };
  }
  if (haVip.publicAddress !== null) {
    const params = { id: haVip.id, address: haVip.publicAddress };
    return { kind: 'refused', problem: problem('ha-vip-bound-elsewhere', params) };
  }
  if (haVip.holder === null || !options.instances.includes(haVip.holder)) {
    return { kind: 'later', reason: message('ha-vip-without-holder', { address: haVip.address }) };
  }
  if (address === undefined) return later(options.elasticIp);
  return {
    kind: 'change',
    summary: message('eip-bind', { address, vip: haVip.address }),
    owned: true,
    actions: [{ kind: 'bind', haVip: haVip.id, address }],
    undo: [{ kind: 'unbind', haVip: haVip.id }],
  };
}

function later(resource: string): CloudPlanned {
  return { kind: 'later', reason: message('known-after', { resource }) };
}
