import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { labPlaces } from '../../source/lab/index.ts';
import {
  asOperator,
  differences,
  type Line,
  manifest,
  onNode,
  type Ran,
  startWizard,
  wizard,
} from './_lab.ts';

export const NODES = ['iam-1', 'iam-2'] as const;
export const APPLY = ['apply', '--yes', '--json'] as const;

const VIP = '10.0.4.99';

/** A manifest of each node, without what the lab or the machine makes anew for every machine. */
export type Trees = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Minted with each machine, before the wizard comes: two labs never have the same. */
const OF_THE_MACHINE = [/^\/etc\/machine-id$/, /^\/etc\/ssh\/ssh_host_\w+_key(\.pub)?$/];

export function treesOf(lab: string): Trees {
  const treeOf = (node: string) =>
    [...manifest(lab, node)].filter(([path]) => !OF_THE_MACHINE.some((one) => one.test(path)));
  return new Map(NODES.map((node) => [node, new Map(treeOf(node))]));
}

/** When each file, folder and link was last written, to the nanosecond. */
export function mtimesOf(lab: string, node: string): string {
  const roots = '/etc /opt /usr/local /var/lib/iam-ha-wizard';
  return onNode(lab, node, `find ${roots} -printf '%p %T@\\n' | sort`);
}

/** Main PIDs of the daemons, by unit; 0 where one does not run. */
export function pidsOf(lab: string, node: string): string {
  const units = 'nginx keepalived mariadb redis-server iam-apiserver iam-authz-server iam-pump';
  return onNode(
    lab,
    node,
    `for u in ${units}; do echo $u $(systemctl show -p MainPID --value $u); done`,
  );
}

export function packagesOf(lab: string, node: string): readonly string[] {
  const script = `dpkg-query -W -f '\${db:Status-Status} \${Package}\\n'`;
  return onNode(lab, node, script)
    .split('\n')
    .flatMap((line) => (line.startsWith('installed ') ? [line.slice('installed '.length)] : []));
}

/** Body and status of the domain's /healthz at the VIP, asked where the operator sits. */
export function healthz(lab: string, domain: string): string {
  const at = `--resolve ${domain}:80:${VIP} http://${domain}/healthz`;
  return asOperator(lab, `curl -s -m 3 -w ' %{http_code}' ${at}`).stdout;
}

/** Every run says its result, once, and last. */
export function assertResultLast(t: ExecutionContext, ran: Ran): void {
  const last = ran.stdout.trimEnd().split('\n').at(-1) ?? '';
  t.is(last.startsWith('{') && JSON.parse(last).type, 'result', `${ran.stdout}\n${ran.stderr}`);
  t.is(ran.events.filter((event) => event.type === 'result').length, 1);
}

/** Runs the wizard to its end; the exit code, and with `--json` that the result comes last, are asserted. */
export async function run(
  t: ExecutionContext,
  lab: string,
  args: readonly string[],
  code: number,
): Promise<Ran> {
  const ran = await wizard(lab, args);
  t.is(ran.code, code, told(ran));
  if (args.includes('--json')) assertResultLast(t, ran);
  return ran;
}

export function assertSameTrees(t: ExecutionContext, first: Trees, second: Trees): void {
  for (const node of NODES)
    t.deepEqual(differences(first.get(node) ?? new Map(), second.get(node) ?? new Map()), [], node);
}

export function isChange(stage: string, state: string): (event: Line) => boolean {
  return (event) => event.type === 'change' && event.stage === stage && event.state === state;
}

export function changesOf(ran: Ran, state: string): readonly Line[] {
  return ran.events.filter((event) => event.type === 'change' && event.state === state);
}

/** Where a run had got to, for a test's log. */
export function place({ events }: Ran): string {
  const last = events.findLast((event) => event.type === 'change' && event.state !== 'planned');
  return last ? `at ${last.node} ${last.resource} ${last.state}` : 'before any change';
}

/** An apply that is killed by -9 so long after this share of its changes has begun and ended (0: after its start). */
export async function killedAfter(lab: string, share: number, afterMs: number): Promise<Ran> {
  const running = startWizard(lab, APPLY);
  const isReached = (events: readonly Line[]) => {
    const changes = events.filter((event) => event.type === 'change');
    const planned = changes.filter((event) => event.state === 'planned').length;
    const made = changes.length - planned;
    return made > 0 && made >= 2 * planned * share;
  };
  if (share > 0) await running.when(isReached).catch(() => undefined);
  const timer = setTimeout(() => running.kill('SIGKILL'), afterMs);
  const ran = await running.ended;
  clearTimeout(timer);
  return ran;
}

/** Why the run ended as it did, for a test's own words. */
export function told(ran: Ran): string {
  const bad = ran.events.filter(
    ({ type, verdict }) =>
      type === 'problem' || (type === 'check' && (verdict === 'failed' || verdict === 'unknown')),
  );
  return [...bad.map((one) => JSON.stringify(one)), JSON.stringify(ran.result), ran.stderr]
    .filter(Boolean)
    .join('\n');
}

/** A copy of the operator's state folder: secrets are minted with the session. */
export interface StateCopy {
  restore(lab: string): void;
  remove(): void;
}

export function copyState(lab: string): StateCopy {
  const folder = mkdtempSync(join(tmpdir(), 'iam-ha-e2e-'));
  cpSync(labPlaces(lab).state, folder, { recursive: true });
  return {
    restore(to) {
      rmSync(labPlaces(to).state, { recursive: true, force: true });
      cpSync(folder, labPlaces(to).state, { recursive: true });
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The session's journal, a record a line. */
export function journalOf(lab: string): readonly Readonly<Record<string, unknown>>[] {
  const file = join(labPlaces(lab).state, 'iam-ha-wizard', lab, 'journal.jsonl');
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Numbers between 0 and 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
