import {
  type Content,
  type Measured,
  message,
  type NodeName,
  type ScriptAction,
  type ScriptOutput,
  unknown,
  type Verdict,
} from '../model/index.ts';

/** A measurement: a read-only bash script on a node. */
export function onNode(node: NodeName, script: string | Content, timeoutMs = 10_000): ScriptAction {
  return {
    kind: 'script',
    node,
    script: typeof script === 'string' ? [script] : script,
    timeoutMs,
  };
}

/** What a script printed, or undefined when it did not come to its end. */
export function exited(measured: Measured | undefined): ScriptOutput | undefined {
  return measured?.kind === 'exited' ? measured : undefined;
}

/** The verdict when a measurement said nothing: it was cut off, or printed what nobody expected. */
export function notMeasured(measured: Measured | undefined): Verdict {
  if (measured?.kind === 'no-answer' && measured.problem) {
    const { problem } = measured;
    return { state: 'unknown', reason: message(problem.code, problem.params), problem };
  }
  return unknown({ code: 'not-measured', params: { why: whyNot(measured) } });
}

function whyNot(measured: Measured | undefined): string {
  switch (measured?.kind) {
    case 'exited':
      return lastLine(measured.stderr) || `exit ${measured.exitCode}`;
    case 'no-answer':
      return measured.reason;
    case 'answered':
      return `HTTP ${measured.status}`;
    default:
      return measured?.kind ?? 'nothing';
  }
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}

/** Lines of `key rest`, by key; of several lines with one key all, in their order. */
export function linesByKey(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [key = '', ...rest] = line.split(' ');
    if (key) found.set(key, [...(found.get(key) ?? []), rest.join(' ')]);
  }
  return found;
}
