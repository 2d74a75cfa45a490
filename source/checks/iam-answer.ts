import { z } from 'zod';
import type { Exchange } from '../model/index.ts';

/** Of an answer of IAM's what we look at. */
export interface IamAnswer {
  /** 0 without an answer. */
  readonly status: number;
  /** IAM's own number of an error. */
  readonly code?: number | undefined;
  readonly message?: string | undefined;
  readonly token?: string | undefined;
  readonly secretId?: string | undefined;
  readonly secretKey?: string | undefined;
  readonly allowed?: boolean | undefined;
  readonly denied?: boolean | undefined;
}

const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

const known = z
  .object({
    code: z.number().optional().catch(undefined),
    message: text,
    token: text,
    secretID: text,
    secretKey: text,
    allowed: flag,
    denied: flag,
  })
  .catch({});

function parse(body: string): z.infer<typeof known> {
  try {
    return known.parse(JSON.parse(body));
  } catch {
    return {};
  }
}

export function answerOf({ result }: Exchange): IamAnswer {
  if (result.kind !== 'answered') return { status: 0 };
  const { secretID, ...rest } = parse(result.body);
  return { status: result.status, secretId: secretID, ...rest };
}

/** What an answer says that a person may read: no token, no key, no hash. */
export function saidOf(exchange: Exchange): string {
  const { result } = exchange;
  if (result.kind !== 'answered') return result.reason;
  const { status, code, message, allowed } = answerOf(exchange);
  if (message !== undefined) return code === undefined ? message : `${code} ${message}`;
  if (allowed !== undefined) return `allowed: ${allowed}`;
  return `HTTP ${status}`;
}
