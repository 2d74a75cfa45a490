import {
  brokenUnits,
  holdersOf,
  isStale,
  moveOf,
  type RequestSecond,
  STALE_MS,
  type WatchedNode,
  type WatchState,
} from '../model/index.ts';
import { formatDuration, renderProblem, type Speech, say, sayList } from '../text/index.ts';
import { cloudElsewhere } from './watch-cloud.ts';

/** Words of the watcher that the screen and the plain face share. All for a moment, `nowMs`. */

/** Who has the VIP, as far as it is known; `bad`: nobody, several, or nobody knows. */
export function holderText(
  speech: Speech,
  state: WatchState,
  nowMs: number,
): { readonly text: string; readonly tone: 'good' | 'bad' | 'warn' } {
  const [holder, ...more] = holdersOf(state, nowMs);
  if (holder !== undefined && more.length > 0)
    return {
      text: say(speech, 'watch-several', { nodes: sayList(speech, [holder, ...more]) }),
      tone: 'bad',
    };
  if (holder !== undefined) return { text: holder, tone: 'good' };
  const silent = state.nodes.filter((node) => node.isFrontend && isStale(node, nowMs));
  const had = silent.find(({ name }) => name === state.holder);
  if (had) return { text: say(speech, 'watch-unknown', { node: had.name }), tone: 'warn' };
  if (silent.length > 0) return { text: say(speech, 'watch-unknown-nobody'), tone: 'warn' };
  return { text: say(speech, 'watch-nobody'), tone: 'bad' };
}

/** The watch has only begun: that nothing was heard yet says nothing. */
export function isYoung(
  { heardMs }: WatchedNode,
  { startedMs }: WatchState,
  nowMs: number,
): boolean {
  return heardMs === undefined && nowMs - startedMs <= STALE_MS;
}

/** `heard 0.4 s ago`, or for how long it has been silent. */
export function ageText(
  speech: Speech,
  node: WatchedNode,
  state: WatchState,
  nowMs: number,
): string {
  const { heardMs } = node;
  const age = (since: number) => seconds(Math.max(0, nowMs - since), speech);
  if (isYoung(node, state, nowMs)) return say(speech, 'watch-never');
  if (heardMs === undefined) return say(speech, 'watch-silent', { age: age(state.startedMs) });
  return say(speech, isStale(node, nowMs) ? 'watch-silent' : 'watch-heard', { age: age(heardMs) });
}

/** Counts up a second at a time: `0 s`, `12 s`, `1 min 3 s`. */
function wholeSeconds(ms: number, { language }: Speech): string {
  const whole = Math.floor(Math.max(0, ms) / 1000);
  if (whole >= 10) return formatDuration(whole * 1000, language);
  return `${whole} ${language === 'en' ? 's' : '秒'}`;
}

/** With a tenth where it is short: that is what an age is looked at for. */
function seconds(ms: number, speech: Speech): string {
  return ms < 10_000
    ? `${(ms / 1000).toFixed(1)} ${speech.language === 'en' ? 's' : '秒'}`
    : formatDuration(ms, speech.language);
}

/** What is wrong now, or for how long nothing has been; and when the VIP moved. */
export function troubleText(
  speech: Speech,
  state: WatchState,
  nowMs: number,
): { readonly text: string; readonly tone: 'good' | 'bad' } {
  const wrong = wrongNow(speech, state, nowMs);
  if (wrong.length > 0)
    return { text: say(speech, 'watch-wrong', { what: sayList(speech, wrong) }), tone: 'bad' };
  if (state.nodes.some((node) => isYoung(node, state, nowMs)))
    return { text: say(speech, 'watch-listening'), tone: 'good' };
  const since = Math.max(state.startedMs, state.troubledMs ?? 0);
  const age = wholeSeconds(nowMs - since, speech);
  return { text: say(speech, 'watch-all-well', { age }), tone: 'good' };
}

const RECENT_MS = 3000;

function wrongNow(speech: Speech, state: WatchState, nowMs: number): readonly string[] {
  const silent = state.nodes.filter((node) => isStale(node, nowMs) && !isYoung(node, state, nowMs));
  const speaking = state.nodes.filter((node) => !isStale(node, nowMs));
  const holder = holderText(speech, state, nowMs);
  const isLost = (all: readonly RequestSecond[] = []) =>
    all.some(({ atMs, late, failed }) => nowMs - atMs < RECENT_MS && late + failed > 0);
  const elsewhere = cloudElsewhere(state, nowMs);
  return [
    ...(holder.tone === 'bad' ? [`VIP: ${holder.text}`] : []),
    ...silent.map(({ name }) => say(speech, 'watch-node-silent', { node: name })),
    ...speaking.flatMap((node) =>
      brokenUnits(node).map((unit) => say(speech, 'watch-unit-broken', { unit, node: node.name })),
    ),
    ...(isLost(state.seconds) ? [say(speech, 'watch-requests-lost')] : []),
    ...(elsewhere === undefined ? [] : [say(speech, 'cd-watch-differs', { node: elsewhere })]),
    ...(isLost(state.outside?.seconds) ? [say(speech, 'watch-requests-lost-outside')] : []),
  ];
}

export function moveText(speech: Speech, state: WatchState, nowMs: number): string {
  const moved = moveOf(state, nowMs);
  if (!moved) return say(speech, 'watch-not-moved');
  const { from, to, atMs } = moved;
  const age = wholeSeconds(nowMs - atMs, speech);
  return say(speech, 'watch-moved', { from, to, age });
}

/** What clients met in the last minute: how many were lost, and how slow the slowest was. */
export function requestsText(
  speech: Speech,
  { seconds: all, rate = 0 }: Pick<WatchState, 'seconds' | 'rate'>,
): string {
  const sum = (pick: 'ok' | 'late' | 'failed') => all.reduce((total, one) => total + one[pick], 0);
  const [late, failed] = [sum('late'), sum('failed')];
  const sent = sum('ok') + late + failed;
  if (sent === 0) return say(speech, 'watch-no-requests');
  const lost =
    late + failed === 0
      ? say(speech, 'watch-none-lost')
      : say(speech, 'watch-lost', { failed, late });
  return `${say(speech, 'watch-requests', { seconds: all.length, rate })} · ${lost}`;
}

/** The slowest answer of the last minute. */
export function slowestText(speech: Speech, { seconds: all }: Pick<WatchState, 'seconds'>): string {
  const ms = Math.round(Math.max(0, ...all.map(({ slowestMs }) => slowestMs)));
  return say(speech, 'watch-slowest', { ms });
}

/** What clients outside meet at the public address; undefined: there is none. */
export function outsideText(speech: Speech, { outside, rate }: WatchState): string | undefined {
  if (!outside) return undefined;
  const { problem, seconds } = outside;
  if (!problem) return requestsText(speech, { seconds, ...(rate !== undefined && { rate }) });
  return say(speech, 'watch-outside-unseen', {
    why: renderProblem(problem, speech.language).title,
  });
}
