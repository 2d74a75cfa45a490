import type { Entry } from '../source/lab/index.ts';

export interface CaptureOf {
  readonly interface: string;
  readonly address: string;
  readonly port: number;
}

export interface SeenConnection {
  readonly beginMs: number;
  readonly host: string | undefined;
  readonly doneMs: number | undefined;
}

export function startCapture(
  enter: (argv: readonly string[]) => Pick<Entry, 'argv' | 'env'>,
  what: CaptureOf,
): Promise<{ stop(): Promise<readonly string[]> }>;
export function connections(
  lines: readonly string[],
  expectBody: string,
): readonly SeenConnection[];
export function outageOf(seen: readonly SeenConnection[], domain: string): number;
