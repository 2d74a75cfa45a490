import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Preparing } from '../../../source/drivers/iam/index.ts';
import type { RunProgram } from '../../../source/drivers/iam/program.ts';
import { OperatorError } from '../../../source/model/index.ts';

const SCHEMA = fileURLToPath(new URL('../../../assets/stand-in/iam.sql', import.meta.url));

export const DAEMONS = ['iam-apiserver', 'iam-authz-server', 'iam-pump'] as const;

export function temporary(): string {
  return mkdtempSync(join(tmpdir(), 'iam-source-'));
}

/** A folder with everything that a source of IAM must hold. */
export function wholeFolder(folder = temporary()): string {
  mkdirSync(folder, { recursive: true });
  for (const daemon of DAEMONS) writeFileSync(join(folder, daemon), `#!/bin/sh\n# ${daemon}\n`);
  copyFileSync(SCHEMA, join(folder, 'iam.sql'));
  return folder;
}

/** A program that nobody expected fails the test. */
export const runNothing: RunProgram = async (argv) => {
  throw new Error(`not expected: ${argv.join(' ')}`);
};

export function preparing(change: Partial<Preparing> = {}): Preparing {
  return {
    pumpMend: true,
    architecture: 'x86_64',
    env: process.env,
    cache: temporary(),
    run: runNothing,
    signal: new AbortController().signal,
    report: () => {},
    where: { file: 'cluster.yaml', line: 10, field: 'iam.source' },
    ...change,
  };
}

/** Code and exit code of the error that it ends with. */
export async function refusal(work: Promise<unknown>): Promise<readonly [string, number]> {
  try {
    await work;
  } catch (error) {
    if (error instanceof OperatorError) return [error.problems[0].code, error.exitCode];
    throw error;
  }
  throw new Error('it was not refused');
}
