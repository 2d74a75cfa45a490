import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { type Problem, problem } from '../model/index.ts';
import { type FieldLines, fieldName } from './positions.ts';

export type YamlFile =
  | { readonly ok: true; readonly value: unknown; readonly lines: FieldLines }
  | { readonly ok: false; readonly problems: readonly Problem[] };

type Path = readonly (string | number)[];

interface Walk {
  readonly file: string;
  readonly lineAt: (node: unknown) => number;
  readonly lines: Map<string, number>;
  readonly problems: Problem[];
}

/** Of these the library's sentence quotes the file, and what it quotes may be a secret. */
const QUOTING = new Set([
  'BAD_ALIAS',
  'BAD_DIRECTIVE',
  'BAD_DQ_ESCAPE',
  'RESOURCE_EXHAUSTION',
  'TAG_RESOLVE_FAILED',
  'UNEXPECTED_TOKEN',
]);

/** Where a quote was opened that the library misses the end of: it points at the end of the file. */
function openingQuote(document: Document, end: number): number | undefined {
  let opened: number | undefined;
  visit(document, {
    Scalar(_key, { type, range }) {
      if (type?.startsWith('QUOTE') && range && range[1] >= end) opened = range[0];
    },
  });
  return opened;
}

function syntaxProblem(
  error: YAMLError,
  document: Document,
  file: string,
  counter: LineCounter,
): Problem {
  const [at] = error.pos;
  const isQuote = error.message.startsWith('Missing closing');
  const { line, col } = counter.linePos((isQuote ? openingQuote(document, at) : undefined) ?? at);
  const where = { file, line: Math.max(line, 1) };
  const detail = QUOTING.has(error.code) ? {} : { detail: error.message };
  return problem('yaml-syntax', { column: col, reason: error.code }, { ...where, ...detail });
}

function walkMap(node: Node, path: Path, walk: Walk): void {
  if (!isMap(node)) return;
  const seen = new Set<string>();
  for (const pair of node.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : '?';
    // a key may be an alias, too, or hold one
    if (!isScalar(pair.key)) walkNode(pair.key, [...path, key], walk);
    const field = fieldName([...path, key]);
    const line = walk.lineAt(pair.key);
    if (seen.has(key)) {
      const first = walk.lines.get(field) ?? line;
      walk.problems.push(
        problem('duplicate-key', { key, first }, { file: walk.file, line, field }),
      );
      continue;
    }
    seen.add(key);
    walk.lines.set(field, line);
    walkNode(pair.value, [...path, key], walk);
  }
}

function walkNode(node: unknown, path: Path, walk: Walk): void {
  if (isAlias(node)) {
    // An alias may lead back to itself; and `password: *secret` is a forgotten pair of quotes.
    const field = fieldName(path);
    walk.problems.push(
      problem('yaml-alias', {}, { file: walk.file, line: walk.lineAt(node), field }),
    );
  } else if (isMap(node)) {
    walkMap(node, path, walk);
  } else if (isSeq(node)) {
    node.items.forEach((item, index) => {
      walk.lines.set(fieldName([...path, index]), walk.lineAt(item));
      walkNode(item, [...path, index], walk);
    });
  }
}

function startOf(node: unknown): number {
  const range = (node as { range?: readonly number[] | null } | null)?.range;
  return range?.[0] ?? 0;
}

function readFields(document: Document, file: string, counter: LineCounter): Walk {
  const lineAt = (node: unknown) => Math.max(counter.linePos(startOf(node)).line, 1);
  const walk: Walk = { file, lineAt, lines: new Map([['', 1]]), problems: [] };
  walkNode(document.contents, [], walk);
  return walk;
}

/**
 * YAML as a plain value, and the line of every field in it.
 * Not ok: the first syntax error; or every key that is there twice, and every alias.
 */
export function readYaml(text: string, file: string): YamlFile {
  const counter = new LineCounter();
  // Keys are compared by readFields, which can name the field.
  const options = { lineCounter: counter, prettyErrors: false, uniqueKeys: false };
  const document = parseDocument(text, options);
  const syntax = document.errors[0] ?? document.warnings[0];
  if (syntax) return { ok: false, problems: [syntaxProblem(syntax, document, file, counter)] };
  const { lines, problems } = readFields(document, file, counter);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: document.toJS() ?? {}, lines: Object.fromEntries(lines) };
}
