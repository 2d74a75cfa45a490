import { type Content, joinContent, type Secret } from './secret.ts';
import { quote, quoteContent } from './shell.ts';

/** What an operator's own script finds in its environment. */
export interface OwnEnvironment {
  /** Of this cluster: `IAM_HA_NODE`, `IAM_HA_VIP`, … */
  readonly values: Readonly<Record<string, string>>;
  /** Each under its own name. */
  readonly secrets: readonly Secret[];
}

/**
 * Bash that puts it into the environment. It travels on standard input with the rest of the script,
 * so a secret stands in no argument list.
 */
export function exportsOf({ values, secrets }: OwnEnvironment): Content {
  const plain = Object.entries(values).map(([name, value]) => `export ${name}=${quote(value)}\n`);
  const secret = secrets.map(
    (one): Content => [`export ${one.name}=`, ...quoteContent([one]), '\n'],
  );
  return joinContent([...secret, plain]);
}

/**
 * Bash that runs an operator's script in a bash of its own: what it does to options, functions,
 * traps and file descriptors stays there. It stops at the first command that fails. The mark that a
 * script is at work (descriptor 8) is not handed on: a daemon that it starts would keep it for ever.
 *
 * @param seconds killed after so long, with exit code 124; absent where `timeout` may not be had
 */
export function runOwn(script: string, seconds?: number): string {
  const limit = seconds === undefined ? '' : `timeout -k 2 ${seconds} `;
  return `${limit}bash -eo pipefail /dev/fd/7 7<<<${quote(script)} 8<&- </dev/null`;
}

/** Bash that says whether the script is bash at all: nothing of it runs. */
export function parseOwn(script: string): string {
  return `bash -n /dev/fd/7 7<<<${quote(script)} </dev/null`;
}
