import {
  type Check,
  CLOUD_LOOK,
  type CloudFacts,
  type CloudMeasurement,
  type CloudSeen,
  failed,
  type Measured,
  message,
  type Problem,
  passed,
  problem,
  type Quota,
  unknown,
  type Verdict,
} from '../model/index.ts';
import { balanceVerdict, notAsked } from './cloud-account.ts';

/** What a session has in the cloud already: it needs no room for that. */
export interface Made {
  readonly haVip: boolean;
  readonly publicAddress: boolean;
}

export interface CloudRoomOptions {
  readonly facts: CloudFacts;
  /** The VIP's. */
  readonly network: string;
  /** A public address is to be bought; not: the operator has one. */
  readonly buys: boolean;
  readonly made: (seen: CloudSeen) => Made;
}

/** The cloud's answer to a measurement, or why there is none. */
export function seenBy(measured: Measured | undefined): CloudSeen | Verdict {
  if (measured?.kind === 'cloud-seen') return measured.seen;
  if (measured?.kind !== 'cloud-unseen') return unknown(message('cloud-not-looked'));
  const { code, params = {} } = measured.problem;
  return unknown({ code, params });
}

function isVerdict(seen: CloudSeen | Verdict): seen is Verdict {
  return 'state' in seen;
}

function look(network: string): CloudMeasurement {
  return { kind: 'cloud', looks: [{ kind: 'ha-vips', network }, { kind: 'public-addresses' }] };
}

/** What is to be made still fits into what the account may have. */
export function cloudRoomCheck(options: CloudRoomOptions): Check {
  return {
    id: 'cloud-room',
    node: null,
    title: message('check-cloud-room'),
    measurements: [look(options.network)],
    judge: ([measured]) => {
      const seen = seenBy(measured);
      return isVerdict(seen) ? seen : roomVerdict(options, options.made(seen));
    },
    explainedBy: [CLOUD_LOOK],
    deadlineMs: 0,
  };
}

function roomVerdict({ facts, buys }: CloudRoomOptions, made: Made): Verdict {
  const { region, haVips, publicAddresses, boughtToday } = facts;
  const isFull = ({ used, limit }: Quota) => limit !== null && used >= limit;
  const full = (code: string, { used, limit }: Quota): Problem =>
    problem(code, { used, limit: limit ?? 0, region });
  if (!made.haVip && isFull(haVips)) return failed(full('cloud-ha-vips-full', haVips));
  if (buys && !made.publicAddress) {
    if (isFull(publicAddresses)) return failed(full('cloud-addresses-full', publicAddresses));
    if (isFull(boughtToday)) return failed(full('cloud-bought-enough', boughtToday));
  }
  const known = ({ used, limit }: Quota) => (limit === null ? '-' : `${used}/${limit}`);
  const params = { haVips: known(haVips), publicAddresses: known(publicAddresses) };
  return notAsked(facts, 'quota') ?? passed(message('cloud-room', params));
}

/** The account can pay for what is to be bought. */
export function cloudBalanceCheck(options: CloudRoomOptions): Check {
  const { facts, buys } = options;
  return {
    id: 'cloud-balance',
    node: null,
    title: message('check-cloud-balance'),
    measurements: [look(options.network)],
    judge: ([measured]) => {
      const seen = seenBy(measured);
      if (isVerdict(seen)) return seen;
      return balanceVerdict(facts, buys && !options.made(seen).publicAddress);
    },
    explainedBy: [CLOUD_LOOK, 'cloud-room'],
    deadlineMs: 0,
  };
}
