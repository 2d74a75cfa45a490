import { inspect } from 'node:util';

/** What stands for a secret wherever it is printed. */
export const MASK = '••••••';

/**
 * A value that must never be printed. `String()`, JSON and inspection give a mask;
 * only {@link Secret.reveal} gives the value, so every use of it can be found by name.
 */
export class Secret {
  readonly #value: string;
  /** What the secret is for ("database password"): safe to print. */
  readonly name: string;

  constructor(name: string, value: string) {
    this.name = name;
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return `Secret(${this.name})`;
  }
}

/** Text in segments, some of them secret: a file's content, a script, a line of SQL. */
export type Content = readonly (string | Secret)[];

/** The real text, secrets included. For drivers only. */
export function revealContent(content: Content): string {
  return content.map((part) => (typeof part === 'string' ? part : part.reveal())).join('');
}

/** The text with every secret segment masked. */
export function maskContent(content: Content): string {
  return content.map(String).join('');
}

/**
 * Content from a template literal whose values may be secrets, text or other content:
 * ``content`password = ${secret}\n` ``.
 */
export function content(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | Secret | Content)[]
): Content {
  const parts: (string | Secret)[] = [strings[0] ?? ''];
  values.forEach((value, index) => {
    if (value instanceof Secret) parts.push(value);
    else if (typeof value === 'object') parts.push(...value);
    else parts.push(String(value));
    parts.push(strings[index + 1] ?? '');
  });
  return parts.filter((part) => part !== '');
}

/** All of `parts`, one after the other. */
export function joinContent(parts: readonly Content[], separator = ''): Content {
  return parts.flatMap((part, index) =>
    index > 0 && separator ? [separator, ...part] : [...part],
  );
}

/**
 * A function of a secret's value that stays secret (quoting, hashing for a configuration file).
 */
export function mapSecret(secret: Secret, change: (value: string) => string): Secret {
  return new Secret(secret.name, change(secret.reveal()));
}

/**
 * Hides every occurrence of the secrets in text that came from elsewhere (a server's answer).
 * Secrets shorter than 4 characters are not searched for: they would blank out ordinary words.
 */
export function maskText(text: string, secrets: Iterable<Secret>): string {
  let masked = text;
  for (const secret of secrets) {
    const value = secret.reveal();
    if (value.length >= 4) masked = masked.replaceAll(value, MASK);
  }
  return masked;
}
