import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Check,
  type EventBody,
  failed,
  type JournalRecord,
  message,
  type NodeName,
  type Ports,
  passed,
  problem,
  quote,
  type Resource,
  type RunResult,
  revealContent,
  type StagePlan,
} from '../../source/model/index.ts';
import { encodeRecords } from '../../source/model/journal/chain.ts';

export const A = 'a' as NodeName;
export const B = 'b' as NodeName;

const sha = (text: string) => createHash('sha256').update(text).digest('hex');

/** Nodes that are folders, entered by a real bash; everything else in memory. */
export interface World {
  readonly ports: Ports;
  readonly events: EventBody[];
  readonly journal: JournalRecord[];
  /** What happened, in order: journal records and scripts that change something. */
  readonly log: string[];
  readonly stop: { requested: boolean };
  path(node: NodeName, name: string): string;
  read(node: NodeName, name: string): string | undefined;
}

export function createWorld(): World {
  const root = mkdtempSync(join(tmpdir(), 'iam-ha-engine-'));
  for (const node of [A, B]) mkdirSync(join(root, node));
  const log: string[] = [];
  const events: EventBody[] = [];
  const journal: JournalRecord[] = [];
  const backups = new Map<string, Buffer>();
  const trips: Record<string, number> = {};
  const stop = { requested: false, signal: new AbortController().signal };
  const unexpected = () => Promise.reject(new Error('nobody expected this'));
  const path = (node: NodeName, name: string) => join(root, node, name);
  const ports: Ports = {
    nodes: {
      run: async (node, script) => {
        trips[node] = (trips[node] ?? 0) + 1;
        const text = revealContent(script);
        const change = /^# change (\S+)$/m.exec(text)?.[1];
        if (change) log.push(`run ${node} ${change}`);
        return bash(text);
      },
      upload: unexpected,
      roundTrips: () => trips,
    },
    http: unexpected,
    connect: unexpected,
    local: unexpected,
    prober: unexpected,
    clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
    journal: {
      records: () => journal,
      append: async (bodies) => {
        journal.push(...encodeRecords(journal.at(-1), bodies, 'now').records);
        for (const body of bodies) {
          if (body.type === 'intent') log.push(`intent ${body.node} ${body.resource}`);
          if (body.type === 'outcome') log.push(`outcome ${body.state}`);
        }
      },
    },
    backups: {
      put: async (content) => {
        backups.set(sha(content.toString()), content);
        return sha(content.toString());
      },
      get: async (hash) => backups.get(hash) ?? Promise.reject(new Error('no backup')),
    },
    stop,
    nonce: () => String(journal.length),
    emit: (event) => events.push(event),
  };
  const read = (node: NodeName, name: string) =>
    existsSync(path(node, name)) ? readFileSync(path(node, name), 'utf8') : undefined;
  return { ports, events, journal, log, stop, path, read };
}

function bash(script: string): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = execFile('bash', ['-s'], (error, stdout, stderr) => {
      const exitCode = typeof error?.code === 'number' ? error.code : 0;
      resolve({ kind: 'exited', exitCode, stdout, stderr });
    });
    child.stdin?.end(script);
  });
}

/** A file on a node that is to hold `text`. `body` replaces the script that writes it. */
export function file(
  world: World,
  node: NodeName,
  name: string,
  text: string,
  body?: string,
): Resource {
  const path = world.path(node, name);
  return {
    id: `file:${name}`,
    node,
    probe: [`if [ -e ${quote(path)} ]; then echo there; cat ${quote(path)}; fi`],
    plan: ({ stdout }) => {
      const found = stdout.startsWith('there\n') ? stdout.slice('there\n'.length) : undefined;
      if (found === text) return { kind: 'settled', reason: message('file-right') };
      if (found === 'foreign')
        return { kind: 'refused', problem: problem('foreign-configuration') };
      const write = body ?? `printf %s ${quote(text)} >${quote(path)}`;
      return {
        kind: 'change',
        change: {
          parts: [{ resource: `file:${name}`, summary: message('file-create'), effect: 'none' }],
          actions: [
            { kind: 'script', node, script: [`# change ${name}\n${write}\n`], timeoutMs: 9000 },
          ],
          undo: [
            {
              kind: 'restore-file',
              path,
              written: sha(text),
              before:
                found === undefined
                  ? { kind: 'absent' }
                  : { kind: 'file', sha256: sha(found), mode: '0644', owner: 'root:root' },
            },
          ],
          ...(found === undefined
            ? {}
            : { originals: [{ path, content: Buffer.from(found).toString('base64') }] }),
        },
      };
    },
  };
}

/** A claim that a node's file holds `text`. */
export function holds(world: World, node: NodeName, name: string, text: string): Check {
  const script = [`cat ${quote(world.path(node, name))}`];
  return {
    id: `holds/${node}/${name}`,
    node,
    title: message('x'),
    measurements: [{ kind: 'script', node, script, timeoutMs: 9000 }],
    judge: ([found]) =>
      found?.kind === 'exited' && found.stdout === text
        ? passed(message('fine'))
        : failed(problem('wrong-text')),
    deadlineMs: 0,
  };
}

export function stage(
  id: string,
  resources: readonly Resource[],
  rest: Partial<StagePlan> = {},
): StagePlan {
  return { id, resources, checks: [], drills: [], order: 'side-by-side', problems: [], ...rest };
}
