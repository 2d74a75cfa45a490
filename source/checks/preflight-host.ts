import {
  type Check,
  failed,
  isCloudMaker,
  type Message,
  message,
  type NodeFacts,
  type NodeName,
  passed,
  problem,
  unitFacts,
  type Verdict,
  warned,
} from '../model/index.ts';

/** A claim that the facts alone decide: nothing is measured a second time. */
export function factCheck(
  id: string,
  node: NodeName | null,
  title: Message,
  verdict: Verdict,
): Check {
  return { id, node, title, measurements: [], judge: () => verdict, deadlineMs: 0 };
}

const SCARCE_MIB = 300;
const LITTLE_MIB = 1024;
const SCARCE_INODES = 5000;

/** Room for the packages, the databases and the logs. */
export function diskCheck({ node, disks }: NodeFacts): Check {
  const title = message('check-disk', { node });
  const least = [...disks].sort((a, b) => a.freeMiB - b.freeMiB)[0];
  if (!least) return factCheck(`disk/${node}`, node, title, passed(message('disk-not-known')));
  const poor = disks.find((one) => one.freeInodes !== null && one.freeInodes < SCARCE_INODES);
  const { path, freeMiB } = poor ?? least;
  const params = { path, freeMiB, inodes: (poor ?? least).freeInodes ?? '-' };
  const found = problem('disk-nearly-full', params, { node });
  const verdict =
    poor || freeMiB < SCARCE_MIB
      ? failed(found)
      : freeMiB < LITTLE_MIB
        ? warned(found)
        : passed(message('disk-free', params));
  return factCheck(`disk/${node}`, node, title, verdict);
}

const WARN_MS = 1_000;
const FAIL_MS = 5_000;

/** The nodes' clocks agree: tokens of one node are checked on another. What cannot be told apart counts for them. */
export function clockCheck(facts: readonly NodeFacts[]): Check {
  const title = message('check-clock');
  const byOffset = [...facts].sort((a, b) => a.clock.offsetMs - b.clock.offsetMs);
  const [first, last] = [byOffset[0], byOffset.at(-1)];
  if (!first || !last) return factCheck('clock', null, title, passed(message('clock-agrees')));
  const apart = last.clock.offsetMs - first.clock.offsetMs;
  const certain = Math.round(Math.max(0, apart - last.clock.errorMs - first.clock.errorMs));
  // The one that is further from the operator's own clock is the likelier to be wrong.
  const wrong = Math.abs(last.clock.offsetMs) >= Math.abs(first.clock.offsetMs) ? last : first;
  const other = wrong === last ? first : last;
  const params = { ms: certain, node: wrong.node, other: other.node };
  const found = problem('clocks-disagree', params, { node: wrong.node });
  const verdict =
    certain > FAIL_MS
      ? failed(found)
      : certain > WARN_MS
        ? warned(found)
        : passed(message('clock-agrees', { ms: certain }));
  return factCheck('clock', null, title, verdict);
}

/**
 * A firewall that is on, or an enforcing SELinux: the stages open in it what they need, or, where
 * the cluster file says that every firewall is left alone, nobody does.
 */
export function guardCheck(facts: NodeFacts, asked: 'nodes-only' | 'none' = 'none'): Check {
  const { node, firewall, selinux } = facts;
  // A table of ours from an earlier run goes on guarding, and does not know a node that is new.
  const isLeft = asked === 'none' && unitFacts(facts, 'iam-ha-firewall').active === 'active';
  const active = [
    ...(firewall.firewalld ? ['firewalld'] : []),
    ...(firewall.ufw ? ['ufw'] : []),
    ...(isLeft ? ['iam-ha-firewall'] : []),
    ...(selinux === 'enforcing' ? ['SELinux'] : []),
  ];
  const what = active.join(', ');
  const verdict =
    active.length === 0
      ? passed(message('no-guard'))
      : asked === 'none'
        ? warned(problem('guard-active', { what }, { node }))
        : passed(message('guard-handled', { what }));
  return factCheck(`guard/${node}`, node, message('check-guard', { node }), verdict);
}

/** Without a cloud in the cluster file, the machines are not a public cloud's. */
export function cloudCheck(facts: readonly NodeFacts[]): Check {
  const found = facts.find(
    ({ vendor, cloud }) => cloud !== undefined || (vendor !== null && isCloudMaker(vendor)),
  );
  const vendor = found?.cloud ? `Tencent Cloud ${found.cloud.instance}` : (found?.vendor ?? '');
  const verdict = found
    ? warned(problem('cloud-without-provider', { vendor }, { node: found.node }))
    : passed(message('no-cloud-seen'));
  return factCheck('cloud', null, message('check-cloud'), verdict);
}
