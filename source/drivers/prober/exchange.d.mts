import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { TlsAsk } from '../../model/index.ts';

export interface Ask {
  readonly host: string;
  readonly path: string;
  readonly withinMs: number;
  readonly bodyLimit: number;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export type Answer =
  | { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }
  | { readonly reason: string };

export function reasonOf(error: Error & { readonly code?: string }): string;
export function connect(address: string, port: number): Socket;
export function encrypt(stream: Duplex, tls: TlsAsk): TLSSocket;
export function drop(stream: Duplex): void;
export function exchange(stream: Duplex, ask: Ask, done: (answer: Answer) => void): void;
