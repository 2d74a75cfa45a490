import type { z } from 'zod';
import { type Param, type Problem, problem } from '../model/index.ts';
import { byLikeness, isSlipFor } from './likeness.ts';
import { type FieldLines, fieldName, lineOf } from './positions.ts';

interface Source {
  readonly file: string;
  readonly value: unknown;
  readonly lines: FieldLines;
}

type Issue = z.core.$ZodIssue;

/** For these, what was found may be the secret itself. */
const NEVER_ECHOED = new Set(['secret-literal', 'invalid-secret-reference']);

/** What was found, as one short line. What a list or mapping holds is not repeated. */
export function shortly(value: unknown): string {
  if (Array.isArray(value)) return '[…]';
  if (typeof value === 'object' && value !== null) return '{…}';
  const text = String(value).replace(/[\x00-\x1f\x7f]+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    const holds = typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key);
    return holds ? (inner as Record<PropertyKey, unknown>)[key] : undefined;
  }, value);
}

function problemAt(
  code: string,
  params: Readonly<Record<string, Param>>,
  path: readonly PropertyKey[],
  source: Source,
): Problem {
  const field = shortly(fieldName(path));
  const line = lineOf(source.lines, fieldName(path));
  return problem(code, params, { file: source.file, line, field });
}

function unknownKeys(issue: Issue & { code: 'unrecognized_keys' }, source: Source): Problem[] {
  const known = issue.message.split(' ').slice(1);
  return issue.keys.map((key) => {
    const candidates = byLikeness(key, known);
    const params = {
      key: shortly(key),
      suggestion: candidates[0] ?? '',
      known: candidates.join(', '),
    };
    return problemAt('unknown-key', params, [...issue.path, key], source);
  });
}

function choicesOf(issue: Issue): string {
  if (issue.code === 'invalid_value') return issue.values.map(String).join(', ');
  // Of a discriminated union the library gives the words too, though its type does not say so.
  if ('options' in issue && Array.isArray(issue.options)) return issue.options.join(', ');
  return '';
}

function problemsOf(issue: Issue, source: Source): Problem[] {
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue, source);
  if (issue.path.length === 0) return [problemAt('not-a-cluster-file', {}, [], source)];
  const found = valueAt(source.value, issue.path);
  if (found === undefined || found === null) {
    return [problemAt('missing-field', {}, issue.path, source)];
  }
  const echoed = NEVER_ECHOED.has(issue.message) ? {} : { found: shortly(found) };
  const choices = choicesOf(issue);
  const params = choices ? { ...echoed, choices } : echoed;
  return [problemAt(issue.message, params, issue.path, source)];
}

function parentOf(field: string): string {
  return field.slice(0, Math.max(field.lastIndexOf('.'), 0));
}

function isSibling(one: Problem, other: Problem): boolean {
  return parentOf(one.field ?? '') === parentOf(other.field ?? '');
}

/** `adress` in place of `address` is one mistake: the missing field is not told beside it. */
function isMisspelt(missing: Problem, unknown: Problem): boolean {
  const field = missing.field ?? '';
  const key = String(unknown.params?.key);
  return unknown.code === 'unknown-key' && isSlipFor(key, field.slice(field.lastIndexOf('.') + 1));
}

/** Of `{ password: ab,cd }` YAML makes a key `cd`: the rest of the secret, not to be repeated. */
function isRestOfSecret(unknown: Problem, literal: Problem, source: Source): boolean {
  const path = (unknown.field ?? '').split(/[.[\]]+/);
  return literal.code === 'secret-literal' && (valueAt(source.value, path) ?? null) === null;
}

function isExplained(one: Problem, all: readonly Problem[], source: Source): boolean {
  const siblings = all.filter((other) => isSibling(one, other));
  if (one.code === 'missing-field') return siblings.some((other) => isMisspelt(one, other));
  if (one.code !== 'unknown-key') return false;
  return siblings.some((other) => isRestOfSecret(one, other, source));
}

/** The schema's issues as problems with file, line and field, in the file's order. */
export function shapeProblems(issues: readonly Issue[], source: Source): readonly Problem[] {
  const all = issues.flatMap((issue) => problemsOf(issue, source));
  return all
    .filter((one) => !isExplained(one, all, source))
    .sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
}
