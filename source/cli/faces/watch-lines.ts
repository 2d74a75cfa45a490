import {
  brokenUnits,
  type CloudWatch,
  type EventBody,
  holdersOf,
  isStale,
  type OutsideWatch,
  type RequestSecond,
  type WatchedNode,
  type WatchState,
} from '../../model/index.ts';
import { table } from '../../text/index.ts';
import { cloudText } from '../../tui/watch-cloud.ts';
import {
  ageText,
  holderText,
  moveText,
  outsideText,
  requestsText,
  slowestText,
  troubleText,
} from '../../tui/watch-words.ts';
import { paint } from './style.ts';
import { type Speech, say, sayList } from './words.ts';

/** The pair at a moment, as a block of lines. */
export function watchLines(speech: Speech, state: WatchState, nowMs: number): readonly string[] {
  const { style } = speech;
  const time = new Date(nowMs).toTimeString().slice(0, 8);
  const holder = holderText(speech, state, nowMs);
  const trouble = troubleText(speech, state, nowMs);
  const colour = { good: 'green', warn: 'yellow', bad: 'red' } as const;
  const rows = state.nodes.map((node) => [
    node.name,
    nodeText(speech, node, nowMs),
    ageText(speech, node, state, nowMs),
  ]);
  return [
    `${time}  VIP ${say(speech, 'watch-held-by', { vip: state.vip, node: '' })}${paint(style, colour[holder.tone], holder.text)}`,
    ...table(rows).map((row) => `  ${row}`),
    `  ${requestsText(speech, state)}  ${slowestText(speech, state)}`,
    ...outsideLine(speech, state),
    ...cloudLine(speech, state, nowMs),
    `  ${paint(style, trouble.tone === 'bad' ? 'red' : 'dim', trouble.text)} ${paint(style, 'dim', moveText(speech, state, nowMs))}`,
  ];
}

function cloudLine(speech: Speech, state: WatchState, nowMs: number): readonly string[] {
  const said = cloudText(speech, state, nowMs);
  return said === undefined ? [] : [`  ${said}`];
}

function outsideLine(speech: Speech, state: WatchState): readonly string[] {
  const said = outsideText(speech, state);
  if (!state.outside || said === undefined) return [];
  const { vantage, address, problem, seconds } = state.outside;
  const from = say(speech, 'watch-from', { vantage });
  const slowest = problem ? '' : `  ${slowestText(speech, { seconds })}`;
  return [`  ${say(speech, 'watch-outside')} ${from} ${address}: ${said}${slowest}`];
}

/** keepalived's state, and what does not run; of a silent node what it was. */
function nodeText(speech: Speech, node: WatchedNode, nowMs: number): string {
  const { look } = node;
  if (!look) return '?';
  if (isStale(node, nowMs)) return `? ${say(speech, 'watch-was', { state: look.state })}`;
  const broken = brokenUnits(node);
  const down =
    broken.length > 0 ? `  ${say(speech, 'watch-down', { units: sayList(speech, broken) })}` : '';
  return `${node.isFrontend ? look.state : '-'}${down}`;
}

/** The same for programs. */
export function watchEvent(state: WatchState, nowMs: number): EventBody {
  return {
    type: 'watch',
    holders: holdersOf(state, nowMs),
    nodes: state.nodes.map((node) => ({
      node: node.name,
      ageMs: node.heardMs === undefined ? null : Math.max(0, nowMs - node.heardMs),
      stale: isStale(node, nowMs),
      ...(node.look && {
        holds: node.look.holds,
        state: node.look.state,
        down: brokenUnits(node),
      }),
    })),
    requests: sums(state.seconds),
    ...(state.outside && { outside: outsideEvent(state.outside) }),
    ...(state.cloud && { cloud: cloudEvent(state.cloud, nowMs) }),
  };
}

function cloudEvent(cloud: CloudWatch, nowMs: number) {
  if ('problem' in cloud) return { problem: cloud.problem.code };
  const { holder, movedAt, publicAddress, atMs } = cloud;
  return { holder, movedAt, publicAddress, ageMs: Math.max(0, nowMs - atMs) };
}

function sums(seconds: readonly RequestSecond[]) {
  const sum = (pick: 'ok' | 'late' | 'failed') =>
    seconds.reduce((total, one) => total + one[pick], 0);
  return { ok: sum('ok'), late: sum('late'), failed: sum('failed') };
}

function outsideEvent({ vantage, address, problem, seconds }: OutsideWatch) {
  const at = { vantage, target: address };
  return problem ? { ...at, problem: problem.code } : { ...at, ...sums(seconds) };
}
