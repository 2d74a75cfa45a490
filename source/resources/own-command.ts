import {
  type Action,
  type Change,
  type Content,
  type Effect,
  exportsOf,
  joinContent,
  maskContent,
  message,
  type NodeName,
  type OwnEnvironment,
  type OwnWords,
  ownParams,
  type Planned,
  parseOwn,
  problem,
  type Resource,
  runOwn,
  type UndoStep,
  type Whereabouts,
} from '../model/index.ts';
import { settled, unreadable } from './planned.ts';
import { probeLines } from './probe-files.ts';
import { STATE, sha256 } from './state.ts';

/** An operator's own command on one node. */
export interface OwnCommandOptions {
  /** The step's id: a name of small letters, digits and hyphens. */
  readonly step: string;
  readonly node: NodeName;
  readonly title: OwnWords;
  readonly run: string;
  /** Null: what it does stays by design. */
  readonly undo: string | null;
  /** Already right if it exits 0. Without one, a record on the node says whether the step was done. */
  readonly probe?: string;
  readonly environment: OwnEnvironment;
  readonly seconds: number;
  readonly effect: Effect;
  /** Where a script of the step stands, for problems. */
  readonly where: (part: Part) => Whereabouts;
}

export type Part = 'run' | 'undo' | 'probe';

const RECORDS = `${STATE}/steps`;
const PROBE_SECONDS = 20;
/** Longer steps outlive a lost connection, as a unit on the node. */
export const LONG_SECONDS = 600;

/** These differ from node to node: with them the same command would have another name on each. */
const OF_THE_NODE = new Set(['IAM_HA_NODE', 'IAM_HA_ADDRESS']);

/** What is done, undone or probed in another way, or with another value (another VIP), is another command. */
function versionOf(options: OwnCommandOptions): string {
  const texts = scripts(options);
  const used = Object.entries(options.environment.values).filter(
    ([name]) => !OF_THE_NODE.has(name) && texts.some(([, text]) => text.includes(name)),
  );
  return sha256(JSON.stringify([texts, used])).slice(0, 12);
}

/** The command's record on the node. */
function stepRecord(options: OwnCommandOptions): string {
  return `${RECORDS}/${options.step}.${versionOf(options)}`;
}

/**
 * A command of the operator's as a resource: shown in the plan, made once, and taken back by its own
 * undo, which runs once however often the command was tried.
 */
export function ownCommand(options: OwnCommandOptions): Resource {
  const id = `command:${options.step}@${versionOf(options)}`;
  return {
    id,
    node: options.node,
    probe: probeScript(options),
    plan: ({ stdout, stderr }) => {
      const lines = probeLines(stdout);
      if (!lines.some(([word]) => word === 'end')) return unreadable(options.node, id, stderr);
      return planStep(options, id, lines);
    },
  };
}

function scripts({ run, undo, probe }: OwnCommandOptions): readonly (readonly [Part, string])[] {
  const all = [['run', run] as const, ['undo', undo] as const, ['probe', probe] as const];
  return all.flatMap(([part, text]) => (text ? [[part, text] as const] : []));
}

/** Prints `syntax PART BASE64` for what is not bash, `record begun|done`, `probe EXIT`, `end`. */
function probeScript(options: OwnCommandOptions): Content {
  const syntax = scripts(options).map(
    ([part, text]) =>
      `said=$(${parseOwn(text)} 2>&1) || { wrong=1; printf 'syntax ${part} %s\\n' "$(printf %s "$said" | base64 -w0)"; }\n`,
  );
  const { probe } = options;
  return joinContent([
    exportsOf(options.environment),
    ['cd /\nwrong=\n', ...syntax],
    [`printf 'record %s\\n' "$(cat ${stepRecord(options)} 2>/dev/null || echo none)"\n`],
    probe
      ? [`[[ $wrong ]] || { ${runOwn(probe, PROBE_SECONDS)} >/dev/null 2>&1; echo "probe $?"; }\n`]
      : [],
    ['echo end\n'],
  ]);
}

function planStep(
  options: OwnCommandOptions,
  id: string,
  lines: readonly (readonly string[])[],
): Planned {
  const { node, step, title } = options;
  const params = { step, ...ownParams('title', title) };
  const wrong = lines.find(([word]) => word === 'syntax');
  if (wrong) {
    const part = wrong[1] as Part;
    const detail = Buffer.from(wrong[2] ?? '', 'base64').toString('utf8');
    const where = { ...options.where(part), node, detail };
    return { kind: 'refused', problem: problem('own-script-syntax', { ...params, part }, where) };
  }
  const exit = lines.find(([word]) => word === 'probe')?.[1];
  if (exit === '124') {
    const where = { ...options.where('probe'), node };
    const limit = { ...params, seconds: PROBE_SECONDS };
    return { kind: 'refused', problem: problem('own-probe-hangs', limit, where) };
  }
  const isRecorded = lines.some(([word, state]) => word === 'record' && state === 'done');
  if (options.probe ? exit === '0' : isRecorded)
    return settled(options.probe ? 'own-command-right' : 'own-command-done', params);
  return { kind: 'change', change: change(options, id) };
}

function change(options: OwnCommandOptions, id: string): Change {
  const { node, step, title, effect, where } = options;
  const params = { step, ...ownParams('title', title) };
  return {
    parts: [
      { resource: id, summary: message('own-command', params), diff: shown(options), effect },
    ],
    actions: [action(options)],
    undo: undoSteps(options, id),
    drift: problem('own-command-due', params, { ...where('run'), node }),
  };
}

/** What will run, to be read before the yes. */
function shown({ run }: OwnCommandOptions): string {
  return `${run
    .trimEnd()
    .split('\n')
    .map((line) => `+${line}`)
    .join('\n')}\n`;
}

function action(options: OwnCommandOptions): Action {
  const { node, step, seconds } = options;
  const script = runScript(options);
  if (seconds <= LONG_SECONDS) {
    // what kills it on the node comes first: then it is known to have ended
    return { kind: 'script', node, script, timeoutMs: (seconds + 30) * 1000 };
  }
  if (options.environment.secrets.length > 0) throw new Error('a long step would write a secret');
  const timeoutMs = (seconds + 30) * 1000;
  return { kind: 'long', node, name: `step-${step}`, script: maskContent(script), timeoutMs };
}

/** `begun` before, `done` after. Older versions of the step are no more done, but still to be undone. */
function runScript(options: OwnCommandOptions): Content {
  const { step, run, probe, seconds, environment } = options;
  const record = stepRecord(options);
  return joinContent([
    exportsOf(environment),
    [
      `cd /
install -d -m 0700 ${RECORDS} || exit 1
for other in ${RECORDS}/${step}.*; do [[ ! -e $other ]] || echo begun >"$other"; done
echo begun >${record} || exit 1
${runOwn(run, seconds)}
code=$?
case $code in
  0) ;;
  124) echo '@problem own-command-hangs' >&2; exit 124 ;;
  *) echo '@problem own-command-failed' >&2; exit "$code" ;;
esac
`,
    ],
    probe
      ? [
          `${runOwn(probe, PROBE_SECONDS)} || { code=$?; echo '@problem own-probe-unmet' >&2; exit "$code"; }\n`,
        ]
      : [],
    [`echo done >${record}\n`],
  ]);
}

/**
 * The operator's undo, where the command has begun and was not taken back since; then the record goes.
 * Of secrets it knows nothing: it is written down before the command runs.
 */
function undoSteps(options: OwnCommandOptions, id: string): readonly UndoStep[] {
  const { undo, environment } = options;
  const record = stepRecord(options);
  const forget = `rm -f -- ${record} && { rmdir -- ${RECORDS} 2>/dev/null || true; }`;
  if (undo === null) {
    return [
      { kind: 'script', resource: `file:${record}`, script: forget },
      { kind: 'keep', resource: id },
    ];
  }
  const exports = maskContent(exportsOf({ ...environment, secrets: [] }));
  const script = `[[ -e ${record} ]] || exit 0
${exports}cd /
${runOwn(undo)} || exit 1
${forget}`;
  return [{ kind: 'script', resource: id, script }];
}
