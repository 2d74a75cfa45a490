import {
  type CloudPlanned,
  type CloudResource,
  type CloudSeen,
  message,
  type Outputs,
  problem,
} from '../model/index.ts';
import { isHeldByUs, laterAfter, laterWithoutHolder } from './cloud-holder.ts';

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
  const summary = message('eip-bind-later');
  if (!haVip) return laterAfter(options.haVip, summary);
  if (haVip.publicAddress !== null && haVip.publicAddress === address) {
    const reason = message('eip-bound', { address, vip: haVip.address });
    return { kind: 'settled', reason, owned: true, outputs: { address } };
  }
  if (haVip.publicAddress !== null) {
    const params = { id: haVip.id, address: haVip.publicAddress };
    return { kind: 'refused', problem: problem('ha-vip-bound-elsewhere', params) };
  }
  if (!isHeldByUs(haVip, options.instances)) {
    return laterWithoutHolder(haVip, options.instances, summary);
  }
  if (address === undefined) return laterAfter(options.elasticIp, summary);
  return {
    kind: 'change',
    summary: message('eip-bind', { address, vip: haVip.address }),
    owned: true,
    actions: [{ kind: 'bind', haVip: haVip.id, address }],
    undo: [{ kind: 'unbind', haVip: haVip.id }],
  };
}
