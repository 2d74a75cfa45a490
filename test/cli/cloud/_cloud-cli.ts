import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { type Cloud, createCloud, type ServerOptions } from '../../../source/lab/cloud/server.ts';
import type { JournalBody } from '../../../source/model/index.ts';
import { encodeRecords } from '../../../source/model/journal/chain.ts';
import { PAIR, WORLD } from '../../lab-room/cloud/_cloud.ts';

const LAUNCHER = fileURLToPath(new URL('../../../bin/iam-ha-wizard.js', import.meta.url));
export const AT = '2026-11-22T08:00:00.000Z';

/** A cloud in real time, in which nothing takes long. */
export async function startCloud(
  t: ExecutionContext,
  options: Partial<ServerOptions> = {},
): Promise<Cloud> {
  const cloud = await createCloud({
    world: WORLD,
    secrets: { [PAIR.secretId]: { key: PAIR.secretKey } },
    pace: { taskMs: 0, arpDelayMs: 0 },
    ...options,
  });
  t.teardown(() => cloud.close());
  return cloud;
}

export interface Desk {
  /** The folder of this computer's sessions. */
  readonly state: string;
  readonly folder: string;
  session(name: string, id: string, ...bodies: readonly JournalBody[]): void;
  run(...argv: readonly string[]): Promise<Ran>;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** With `--json`: the events. */
  readonly events: readonly Event[];
}

type Event = Readonly<Record<string, unknown>> & { readonly type: string };

/** A home of its own, so that no keys of whoever runs the tests are found. */
export function openDesk(
  t: ExecutionContext,
  cloud: Cloud | undefined,
  more: Readonly<Record<string, string>> = {},
): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'iam-ha-desk-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const state = join(folder, 'state');
  const env = {
    ...{ PATH: process.env.PATH, HOME: folder, CI: 'true', LANG: 'en_US.UTF-8' },
    ...(cloud && {
      TENCENTCLOUD_ENDPOINT: cloud.endpoint,
      TENCENTCLOUD_SECRET_ID: PAIR.secretId,
      TENCENTCLOUD_SECRET_KEY: PAIR.secretKey,
    }),
    ...more,
  };
  const run = (...argv: readonly string[]) =>
    new Promise<Ran>((done) => {
      const all = [LAUNCHER, ...argv, '--state-dir', state];
      execFile(process.execPath, all, { env, cwd: folder }, (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0;
        done({ code, stdout, stderr, events: argv.includes('--json') ? eventsOf(stdout) : [] });
      });
    });
  const session: Desk['session'] = (name, id, ...bodies) => {
    const created: JournalBody = {
      ...{ type: 'session-created', name, id, language: 'en', runbook: 'iam-ha' },
    };
    mkdirSync(join(state, name), { recursive: true });
    const { text } = encodeRecords(undefined, [created, ...bodies], AT);
    writeFileSync(join(state, name, 'journal.jsonl'), text);
  };
  return { state, folder, session, run };
}

function eventsOf(stdout: string): readonly Event[] {
  const lines = stdout.split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Event);
}

export const chosen: JournalBody = {
  ...{ type: 'cloud-chosen', provider: 'tencent', region: 'ap-guangzhou' },
  ...{ account: '100000000001', network: 'vpc-lab00001' },
};

/** Something that a session has made, as its journal says. */
export function made(change: string, resource: string): JournalBody {
  return {
    ...{ type: 'cloud-intent', change, stage: 'public-access', resource, owned: true },
    ...{ summary: { code: 'eip-make' }, actions: [], undo: [] },
  };
}
