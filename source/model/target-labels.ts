import type { LiveTarget } from './drill-live.ts';

/** Short names of what is asked: `VIP api`, from outside `EIP api`, `iam-2 api`; of a domain what tells it from the others. */
export function targetLabels(
  targets: readonly Pick<LiveTarget, 'domain' | 'backend' | 'outside'>[],
): readonly string[] {
  const short = shortDomains(targets.map(({ domain }) => domain));
  return targets.map(
    ({ backend, outside }, index) => `${backend ?? (outside ? 'EIP' : 'VIP')} ${short[index]}`,
  );
}

function shortDomains(domains: readonly string[]): readonly string[] {
  const all = [...new Set(domains)].map((domain) => domain.split('.'));
  const [first] = all;
  if (!first || all.length < 2) return domains;
  const isShared = (at: (labels: readonly string[]) => string | undefined) =>
    all.every((labels) => at(labels) === at(first));
  let head = 0;
  while (head < first.length && isShared((labels) => labels[head])) head += 1;
  let tail = 0;
  while (tail < first.length - head && isShared((labels) => labels.at(-1 - tail))) tail += 1;
  return domains.map((domain) => {
    const labels = domain.split('.');
    return labels.slice(head, labels.length - tail).join('.') || domain;
  });
}
