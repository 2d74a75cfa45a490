import {
  BATCH_FOLDER,
  type Content,
  joinContent,
  type RunResult,
  type ScriptOutput,
} from '../model/index.ts';

/**
 * Many read-only scripts for one node, as one: each in a subshell of its own without standard
 * input; for each a line `index exit-code stdout stderr`, the last two in base64 (or "-" for
 * nothing), printed as soon as it ends, so that what was measured before a hang is not lost.
 */
export function batchScript(scripts: readonly Content[]): Content {
  const head = [
    // in memory, where there is a /run of ours to write to
    `${BATCH_FOLDER}=$(mktemp -d /run/iam-ha-batch.XXXXXX 2>/dev/null || mktemp -d) || exit 97\n`,
    `trap 'rm -rf "$${BATCH_FOLDER}"' EXIT\n`,
    'iamha_b64() { if [ -s "$1" ]; then base64 -w0 <"$1"; else printf -- -; fi; }\n',
    `iamha_report() { printf "%s %s " "$1" "$2"; iamha_b64 "$${BATCH_FOLDER}/o"; printf " "; iamha_b64 "$${BATCH_FOLDER}/e"; echo; }\n`,
  ].join('');
  const bodies = scripts.map(
    (script, index): Content => [
      '(\n',
      ...script,
      `\n) </dev/null >"$${BATCH_FOLDER}/o" 2>"$${BATCH_FOLDER}/e"; iamha_report ${index} $?\n`,
    ],
  );
  return joinContent([[head], ...bodies]);
}

const NOT_REACHED: RunResult = { kind: 'timed-out', afterMs: 0, stdout: '', stderr: '' };

/**
 * What each script of a batch came to. A script whose line is missing has the batch's own fate:
 * timed out, or disconnected.
 */
export function readBatch(result: RunResult, count: number): readonly RunResult[] {
  const answered = new Map<number, ScriptOutput>();
  for (const line of result.stdout.split('\n')) {
    const output = readLine(line);
    if (output) answered.set(output[0], output[1]);
  }
  const fate = result.kind === 'exited' ? NOT_REACHED : { ...result, stdout: '' };
  return Array.from({ length: count }, (_, index) => answered.get(index) ?? fate);
}

function readLine(line: string): readonly [number, ScriptOutput] | undefined {
  const match = /^(\d+) (\d+) (\S+) (\S+)$/.exec(line);
  if (!match) return undefined;
  const [, index, exitCode, stdout, stderr] = match;
  return [
    Number(index),
    { kind: 'exited', exitCode: Number(exitCode), stdout: decode(stdout), stderr: decode(stderr) },
  ];
}

function decode(text = '-'): string {
  return text === '-' ? '' : Buffer.from(text, 'base64').toString('utf8');
}
