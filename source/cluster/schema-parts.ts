import { z } from 'zod';
import {
  type Domain,
  type InterfaceName,
  type Ipv4Address,
  isDomain,
  isInterfaceName,
  isIpv4Address,
  isNodeName,
  type NodeName,
  type Vantage,
} from '../model/index.ts';
import type { SecretRef } from './types.ts';

/*
 * In this schema the message of an issue is the code of our problem; `shape-problems.ts` adds
 * what was found. After the code of an unknown key come the keys that are known there.
 */

/** A mapping in which every key must be known. */
export function mapping<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join(' ');
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `unknown-key ${known}` : 'expected-mapping',
  });
}

/** Text that `test` accepts; anything else is the problem `code`. */
export function checkedText<T extends string = string>(
  code: string,
  test: (text: string) => boolean,
) {
  return z.custom<T>((value) => typeof value === 'string' && test(value), { error: code });
}

/** One of a few words. */
export function choice<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: 'unknown-choice' });
}

/** A whole number from `min` to `max`. */
export function integer(code: string, min: number, max: number) {
  return z.int({ error: code }).min(min, { error: code }).max(max, { error: code });
}

/** Chooses the schema by looking at the value, so that errors are those of the form that was meant. */
export function chosenBy<T>(pick: (value: unknown) => z.ZodType<T>) {
  return z.unknown().transform((value, context): T => {
    const parsed = pick(value).safeParse(value);
    if (parsed.success) return parsed.data;
    // The library's two types for the same issue differ: before and after it has its message.
    context.issues.push(...(parsed.error.issues as unknown as typeof context.issues));
    return z.NEVER;
  });
}

export function isMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const boolean = z.boolean({ error: 'expected-boolean' });

/** `env:NAME`. Anything else is taken for the secret itself: see `secret-literal`. */
export const secretRef = z
  .string({ error: 'secret-literal' })
  .startsWith('env:', { error: 'secret-literal', abort: true })
  .regex(/^env:[A-Za-z_][A-Za-z0-9_]*$/, { error: 'invalid-secret-reference' })
  .transform((text): SecretRef => ({ kind: 'env', variable: text.slice('env:'.length) }));

/** Not one that a host on a network can have: this network, loopback, link-local, multicast, reserved. */
function isUsable(text: string): boolean {
  if (!isIpv4Address(text)) return true;
  const [first, second] = text.split('.').map(Number) as [number, number];
  return first > 0 && first < 224 && first !== 127 && !(first === 169 && second === 254);
}

export const address = checkedText<Ipv4Address>('invalid-address', isIpv4Address).refine(isUsable, {
  error: 'unusable-address',
});

/** Words that the command line, `vantages` and the lab already use for something else. */
const RESERVED = new Set(
  'all auto client constructor here internet localhost none operator pair router vip'.split(' '),
);

export const nodeName = checkedText<NodeName>('invalid-node-name', isNodeName).refine(
  (name) => !RESERVED.has(name),
  { error: 'reserved-node-name' },
);

export const domain = checkedText<Domain>('invalid-domain', isDomain);
export const interfaceName = checkedText<InterfaceName>('invalid-interface', isInterfaceName);
export const port = integer('invalid-port', 1, 65_535);

const HOST = /^[A-Za-z0-9_:][A-Za-z0-9_.:-]{0,252}$/;
export const host = checkedText('invalid-host', (text) => HOST.test(text));

/** For the operator's computer: any text but an empty one, or one with control characters. */
export const path = checkedText('invalid-path', (text) => /^[^\x00-\x1f\x7f]+$/.test(text));

/** `here`, `via:NODE`, `ssh:HOST`. */
export const vantage = checkedText(
  'invalid-vantage',
  (text) => text === 'here' || isNodeName(after(text, 'via:')) || HOST.test(after(text, 'ssh:')),
).transform((text): Vantage => {
  if (text === 'here') return { kind: 'here' };
  const rest = text.slice(4);
  return text.startsWith('via:')
    ? { kind: 'via', node: rest as NodeName }
    : { kind: 'ssh', host: rest };
});

function after(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : '';
}
