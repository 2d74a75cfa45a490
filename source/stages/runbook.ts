import { lineOf } from '../cluster/index.ts';
import { isMapping } from '../cluster/schema-parts.ts';
import { shapeProblems } from '../cluster/shape-problems.ts';
import { readYaml } from '../cluster/yaml.ts';
import { type Problem, problem } from '../model/index.ts';
import { type RunbookStage, runbookSchema } from './runbook-schema.ts';

export type { RunbookStage } from './runbook-schema.ts';

/** The order of the stages, and the prose that explains each. */
export interface Runbook {
  readonly id: string;
  readonly stages: readonly RunbookStage[];
}

export type ParsedRunbook =
  | { readonly ok: true; readonly runbook: Runbook }
  | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] };

/** Which stages must stand before each stage that there is. */
export type StageNeeds = Readonly<Record<string, readonly string[]>>;

function refused(problems: readonly Problem[]): ParsedRunbook {
  return { ok: false, problems: problems as readonly [Problem, ...Problem[]] };
}

/**
 * A runbook's text as a `Runbook`, or everything that is wrong with it, each with file and line.
 * Stages marked `later` are left out.
 *
 * @param file for problems
 * @param needs of every stage that there is
 */
export function parseRunbook(text: string, file: string, needs: StageNeeds): ParsedRunbook {
  const yaml = readYaml(text, file);
  if (!yaml.ok) return refused(yaml.problems);
  const { value, lines } = yaml;
  if (!isMapping(value)) return refused([problem('not-a-runbook', {}, { file, line: 1 })]);
  const shape = runbookSchema.safeParse(value);
  if (!shape.success) return refused(shapeProblems(shape.error.issues, { file, value, lines }));
  const ids = shape.data.stages.map((stage) => ('later' in stage ? null : stage.id));
  const problems = orderProblems(ids, needs).map(({ at, code, params }) => {
    const field = `stages[${at}].id`;
    return problem(code, params, { file, line: lineOf(lines, field), field });
  });
  if (problems.length > 0) return refused(problems);
  const stages = shape.data.stages.filter((stage) => !('later' in stage)) as RunbookStage[];
  return { ok: true, runbook: { id: shape.data.id, stages } };
}

interface OrderProblem {
  readonly at: number;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Stages that there are not, are there twice, or stand before one that they need. */
function orderProblems(
  ids: readonly (string | null)[],
  needs: StageNeeds,
): readonly OrderProblem[] {
  return ids.flatMap((id, at): readonly OrderProblem[] => {
    if (id === null) return [];
    const needed = Object.hasOwn(needs, id) ? needs[id] : undefined;
    if (!needed) {
      const known = Object.keys(needs).join(', ');
      return [{ at, code: 'unknown-runbook-stage', params: { found: id, known } }];
    }
    if (ids.indexOf(id) < at) return [{ at, code: 'runbook-stage-twice', params: { stage: id } }];
    const missing = needed.filter((one) => !ids.slice(0, at).includes(one));
    if (missing.length === 0) return [];
    return [
      { at, code: 'runbook-stage-too-early', params: { stage: id, needs: missing.join(', ') } },
    ];
  });
}
