import {
  type Check,
  type Content,
  exportsOf,
  failed,
  joinContent,
  type Measured,
  type Measurement,
  message,
  type NodeName,
  type OwnEnvironment,
  type OwnWords,
  ownMessage,
  ownParams,
  type Params,
  passed,
  problem,
  runOwn,
  type ScriptOutput,
  type Verdict,
  type Whereabouts,
} from '../model/index.ts';
import { exited, notMeasured } from './on-node.ts';

/** A claim of the operator's own: a command, its exit code, and what it prints. */
export interface OwnCheckOptions {
  readonly step: string;
  /** Null: from the operator's computer. */
  readonly node: NodeName | null;
  readonly title: OwnWords;
  readonly run: string;
  readonly exit: number;
  readonly equals?: string;
  readonly contains?: string;
  readonly environment: OwnEnvironment;
  readonly seconds: number;
  readonly withinSeconds: number;
  /** What to do when it does not hold. */
  readonly otherwise?: OwnWords;
  readonly where: Whereabouts;
  readonly explainedBy?: readonly string[];
}

/** More than anybody compares; a command that prints for ever must not fill our memory. */
const MOST_BYTES = 65_536;

export function ownCheck(options: OwnCheckOptions): Check {
  const { step, node, title, withinSeconds, explainedBy = [] } = options;
  return {
    id: `own/${step}/${node ?? 'here'}`,
    node,
    title: ownMessage(title),
    measurements: [measurement(options)],
    judge: ([measured]) => judge(options, measured),
    explainedBy,
    deadlineMs: withinSeconds * 1000,
  };
}

function measurement(options: OwnCheckOptions): Measurement {
  const { node, seconds } = options;
  const timeoutMs = (seconds + 5) * 1000;
  if (node) return { kind: 'script', node, script: script(options, seconds), timeoutMs };
  return { kind: 'local', script: script(options), timeoutMs: seconds * 1000 };
}

function script({ run, environment }: OwnCheckOptions, seconds?: number): Content {
  return joinContent([
    exportsOf(environment),
    [`cd /\n${runOwn(run, seconds)} | head -c ${MOST_BYTES}\nexit "\${PIPESTATUS[0]}"\n`],
  ]);
}

function judge(options: OwnCheckOptions, measured: Measured | undefined): Verdict {
  if (measured?.kind === 'timed-out' && !options.node) return no(options, hangs(options), '');
  const output = exited(measured);
  if (!output) return notMeasured(measured);
  const why = difference(options, output);
  if (!why) return passed(message('own-check-holds', { exit: options.exit }));
  return no(options, why, `${output.stdout}${output.stderr}`.trim().slice(-4000));
}

function hangs({ seconds }: OwnCheckOptions): Params {
  return { why: 'own-check-hangs', seconds };
}

/** Why it does not hold; undefined if it does. What was printed is the detail: there it is masked. */
function difference(options: OwnCheckOptions, output: ScriptOutput): Params | undefined {
  const { exit, equals, contains } = options;
  const found = output.exitCode;
  if (found !== exit) {
    return found === 124 && options.node ? hangs(options) : { why: 'own-check-exit', found, exit };
  }
  const printed = output.stdout.replace(/\n+$/, '');
  if (equals !== undefined && printed !== equals.replace(/\n+$/, ''))
    return { why: 'own-check-prints', expected: shortly(equals) };
  if (contains !== undefined && !output.stdout.includes(contains.replace(/\n+$/, '')))
    return { why: 'own-check-lacks', expected: shortly(contains) };
  return undefined;
}

function shortly(text: string): string {
  const line = text.trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

function no(options: OwnCheckOptions, why: Params, detail: string): Verdict {
  const { step, title, otherwise, where, node } = options;
  const params = { step, ...ownParams('title', title), ...why };
  const at = { ...where, ...(node && { node }), ...(detail && { detail }) };
  if (!otherwise) return failed(problem('own-check-fails', params, at));
  const advice = ownParams('advice', otherwise);
  return failed(problem('own-check-fails-advised', { ...params, ...advice }, at));
}
