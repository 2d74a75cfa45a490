import { type CloudWatch, holdersOf, type Problem, type WatchState } from '../model/index.ts';
import { formatDuration, renderProblem, type Speech, say } from '../text/index.ts';

/** Whom the cloud has for the VIP's holder, since when, and how old that is; undefined: no cloud is asked. */
export function cloudText(
  speech: Speech,
  { cloud }: WatchState,
  nowMs: number,
): string | undefined {
  if (!cloud) return undefined;
  if ('problem' in cloud) {
    const why = renderProblem(cloud.problem, speech.language).title;
    return say(speech, 'cd-watch-unseen', { why });
  }
  const { publicAddress, atMs } = cloud;
  const eip =
    publicAddress === null ? [] : [say(speech, 'cd-watch-public', { address: publicAddress })];
  const age = formatDuration(
    Math.max(0, Math.floor((nowMs - atMs) / 1000)) * 1000,
    speech.language,
  );
  return [holderOf(speech, cloud), ...eip, say(speech, 'cd-watch-age', { age })].join(' · ');
}

function holderOf(
  speech: Speech,
  { holder, isNode, movedAt }: Exclude<CloudWatch, { readonly problem: Problem }>,
): string {
  if (holder === null) return say(speech, 'cd-watch-nobody');
  if (!isNode) return say(speech, 'cd-watch-stranger', { instance: holder });
  const at = movedAt?.slice(11, 19);
  if (at === undefined) return say(speech, 'cd-watch-holder', { node: holder });
  return say(speech, 'cd-watch-holder-since', { node: holder, at });
}

/** The node that the cloud has, where the nodes agree on another one; undefined: nothing is wrong. */
export function cloudElsewhere(state: WatchState, nowMs: number): string | undefined {
  const { cloud } = state;
  const [holder, ...more] = holdersOf(state, nowMs);
  if (!cloud || 'problem' in cloud || holder === undefined || more.length > 0) return undefined;
  return cloud.holder !== null && cloud.holder !== holder ? cloud.holder : undefined;
}
