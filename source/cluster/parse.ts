import type { Problem } from '../model/index.ts';
import { buildCluster } from './build.ts';
import { ruleProblems } from './rules.ts';
import { clusterSchema } from './schema.ts';
import { shapeProblems } from './shape-problems.ts';
import type { Cluster } from './types.ts';
import { readYaml } from './yaml.ts';

export type ParsedCluster =
  | { readonly ok: true; readonly cluster: Cluster }
  | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] };

export interface ParseOptions {
  /** The operator's home folder, for paths that begin with `~/`. */
  readonly home?: string;
}

function refused(problems: readonly Problem[]): ParsedCluster {
  return { ok: false, problems: problems as readonly [Problem, ...Problem[]] };
}

/**
 * A cluster file's text as a `Cluster`, or everything that is wrong with it.
 *
 * Pure: whether the files that it names exist is asked with `filesToExist`, and what this version
 * does not do yet with `notYet`.
 *
 * @param file the file's path, for problems and for resolving relative paths; best absolute
 * @returns problems that each have `file`, `line` and `code`, and but for YAML's syntax `field`.
 *   A value that may be a secret is never repeated.
 */
export function parseCluster(
  text: string,
  file: string,
  options: ParseOptions = {},
): ParsedCluster {
  const yaml = readYaml(text, file);
  if (!yaml.ok) return refused(yaml.problems);
  const shape = clusterSchema.safeParse(yaml.value);
  if (!shape.success) {
    return refused(
      shapeProblems(shape.error.issues, { file, value: yaml.value, lines: yaml.lines }),
    );
  }
  const cluster = buildCluster(shape.data, { file, lines: yaml.lines, ...options });
  const problems = ruleProblems(cluster);
  return problems.length > 0 ? refused(problems) : { ok: true, cluster };
}
