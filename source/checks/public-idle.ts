import {
  type Check,
  CLOUD_LOOK,
  type CloudSeen,
  failed,
  type Ipv4Address,
  message,
  passed,
  problem,
  unknown,
  type Verdict,
} from '../model/index.ts';
import { seenBy } from './cloud-room.ts';

export interface PublicIdleOptions {
  readonly network: string;
  readonly vip: Ipv4Address;
  readonly publicAddress: () => string | undefined;
  /** What it costs while it is idle. */
  readonly yuanPerHour: number;
}

/** The id of the check that nothing is paid for that nobody uses. */
export const PUBLIC_IDLE = 'public-address-idle';

/** The public address leads to the HAVIP, and that has a holder: else it is billed as idle. */
export function publicIdleCheck(options: PublicIdleOptions): Check {
  const { network, vip } = options;
  return {
    id: PUBLIC_IDLE,
    node: null,
    title: message('check-public-idle'),
    measurements: [
      { kind: 'cloud', looks: [{ kind: 'ha-vips', network }, { kind: 'public-addresses' }] },
    ],
    judge: ([measured]) => {
      const seen = seenBy(measured);
      return 'state' in seen ? seen : judge(options, seen);
    },
    explainedBy: [CLOUD_LOOK, 'witnesses'],
    deadlineMs: 20_000,
    seeForYourself: `tccli vpc DescribeHaVips --Filters '[{"Name":"vip","Values":["${vip}"]}]'`,
  };
}

function judge({ vip, publicAddress, yuanPerHour }: PublicIdleOptions, seen: CloudSeen): Verdict {
  const address = publicAddress();
  const found = seen.publicAddresses.find((one) => one.address === address);
  if (address === undefined || !found) return unknown(message('public-address-none'));
  const haVip = seen.haVips.find((one) => one.address === vip);
  const params = { address, vip, yuan: yuanPerHour };
  if (found.state === 'free' || haVip?.publicAddress !== address) {
    return failed(problem('public-address-unbound', params));
  }
  if (haVip.holder === null) return failed(problem('public-address-without-holder', params));
  return passed(message('public-address-used', params));
}
