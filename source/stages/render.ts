import { type Content, Secret } from '../model/index.ts';
import type { Language, StageInput } from './stage-input.ts';

/** What may stand for a placeholder. */
export type AssetValue = string | number | Secret | Content;

export interface RenderOptions {
  /** What begins a comment in this kind of file: `#` (the default), `!`, `--`, `;`. */
  readonly comment?: string;
}

const PLACEHOLDER = /\{\{([a-z][A-Za-z0-9]*)\}\}/;

/**
 * An asset with its values and its comments in one language.
 *
 * `{{name}}` is replaced by the value of that name. A line that is nothing but a placeholder
 * vanishes when the value is empty. `#| english | 中文` (alone, or behind something) becomes
 * `# english` or `# 中文`; placeholders may stand in it too.
 *
 * @throws Error for a placeholder without a value, a value without a placeholder, or a comment
 *   without both languages: a mistake of ours, found by the tests.
 */
export function renderAsset(
  text: string,
  values: Readonly<Record<string, AssetValue>>,
  language: Language,
  options: RenderOptions = {},
): Content {
  const comment = options.comment ?? '#';
  const used = new Set<string>();
  const out: (string | Secret)[] = [];
  for (const line of splitLines(text)) {
    const segments = fill(translate(line, comment, language), values, used);
    if (!isVanishing(line, segments)) out.push(...segments);
  }
  const unused = Object.keys(values).filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`no placeholder for ${unused.join(', ')}`);
  return merge(out);
}

/**
 * The asset at `path` (relative to `assets/`) as a file of ours: its first line, or the one after
 * `#!`, says who manages it.
 */
export function renderFile(
  input: Pick<StageInput, 'asset' | 'language' | 'session'>,
  path: string,
  values: Readonly<Record<string, AssetValue>> = {},
  options: RenderOptions = {},
): Content {
  const lines = splitLines(input.asset(path));
  const shebang = lines[0]?.startsWith('#!') ? lines.slice(0, 1) : [];
  const body = lines.slice(shebang.length).join('');
  return merge([
    ...shebang,
    `${managedLine(input, options)}\n`,
    ...renderAsset(body, values, input.language, options),
  ]);
}

/** The first line of every file that we write, without its line feed. */
export function managedLine(
  input: Pick<StageInput, 'language' | 'session'>,
  options: RenderOptions = {},
): string {
  const by = `iam-ha-wizard`;
  const session = input.session.name;
  const text =
    input.language === 'zh'
      ? `由 ${by} 管理（会话 ${session}）。手工改动会在下次运行时显示，未经同意不会被覆盖。`
      : `Managed by ${by} (session ${session}). An edit by hand is shown at the next run and not overwritten without a yes.`;
  return `${options.comment ?? '#'} ${text}`;
}

function splitLines(text: string): readonly string[] {
  return text.split(/(?<=\n)/).filter((line) => line !== '');
}

function translate(line: string, comment: string, language: Language): string {
  const at = line.indexOf(`${comment}|`);
  if (at < 0) return line;
  const texts = line.slice(at + comment.length + 1).split('|');
  const [english, chinese] = texts.map((part) => part.trim());
  if (texts.length !== 2 || !english || !chinese) throw new Error(`not two languages: ${line}`);
  return `${line.slice(0, at)}${comment} ${language === 'zh' ? chinese : english}\n`;
}

function fill(
  line: string,
  values: Readonly<Record<string, AssetValue>>,
  used: Set<string>,
): (string | Secret)[] {
  // With one group, split gives text and names by turns.
  return line.split(PLACEHOLDER).flatMap((part, index): readonly (string | Secret)[] => {
    if (index % 2 === 0) return [part];
    const value = Object.hasOwn(values, part) ? values[part] : undefined;
    if (value === undefined) throw new Error(`no value for {{${part}}} in: ${line}`);
    used.add(part);
    return segmentsOf(value);
  });
}

function segmentsOf(value: AssetValue): readonly (string | Secret)[] {
  if (value instanceof Secret) return [value];
  return typeof value === 'object' ? value : [String(value)];
}

function isVanishing(line: string, segments: readonly (string | Secret)[]): boolean {
  const onlyPlaceholders = line.trim() !== '' && line.replaceAll(/\{\{\w+\}\}/g, '').trim() === '';
  return (
    onlyPlaceholders && segments.every((part) => typeof part === 'string' && part.trim() === '')
  );
}

/** Neighbouring texts as one, so that equal contents are equal lists. */
function merge(parts: readonly (string | Secret)[]): Content {
  return parts.reduce<(string | Secret)[]>((merged, part) => {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string')
      merged[merged.length - 1] = last + part;
    else if (part !== '') merged.push(part);
    return merged;
  }, []);
}
