import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { operatorEntry } from '../../source/lab/index.ts';
import type { Sample } from '../../source/model/index.ts';
import { until } from './_lab.ts';

/** The domains of a lab's cluster: the API's, the authorization server's. */
export const DOMAINS = ['iam.api.marmotedu.com', 'iam.authz.marmotedu.com'] as const;

/** What the clients of one domain saw. */
export interface Seen {
  readonly domain: string;
  readonly sent: number;
  readonly ok: number;
  readonly late: number;
  readonly failed: number;
  readonly slowestMs: number;
  /** The clients' own lag: 99th percentile. */
  readonly jitterMs: number;
  readonly worstLagMs: number;
  /** Requests that ended by a fault of the clients' own. */
  readonly ownFaults: number;
  /** The first of those that were not well. */
  readonly bad: readonly Sample[];
}

export interface Load {
  readonly seen: readonly Seen[];
  readonly logins: { readonly answered: number; readonly failures: readonly string[] };
}

/** A program of clients that runs until `end` is called, which is told what it saw. */
export interface Clients<Saw> {
  readonly end: () => Promise<Saw>;
}

/**
 * Runs a program beside this file where the lab's operator sits. It prints `ready` with the first answers,
 * and, when its standard input ends, what its clients saw, as JSON.
 */
export async function startClients<Saw>(
  lab: string,
  file: string,
  words: readonly string[],
): Promise<Clients<Saw>> {
  const program = fileURLToPath(new URL(file, import.meta.url));
  const whole = [process.execPath, '--import=tsx', program, ...words];
  const { argv, env } = operatorEntry(lab, whole, process.env);
  const [command = '', ...rest] = argv;
  const child = spawn(command, rest, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const closed = new Promise((resolve) => child.on('close', resolve));
  await until('clients are answered', () => said.startsWith('ready\n'), 60);
  return {
    end: async () => {
      child.stdin.end();
      await closed;
      return JSON.parse(said.slice('ready\n'.length)) as Saw;
    },
  };
}

/**
 * Clients of both domains at the VIP from now on, until `end` is called: see `_probe.ts`.
 * @param logins how many of them log in again and again, in clear text
 * @param over what the others ask over
 */
export function startLoad(
  lab: string,
  logins = 1,
  over: 'http' | 'tls' = 'http',
): Promise<Clients<Load>> {
  return startClients(lab, '_probe.ts', ['10.0.4.99', ...DOMAINS, `${logins}`, over]);
}
