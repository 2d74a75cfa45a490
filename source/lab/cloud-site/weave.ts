import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fabric } from './fabric.ts';

/** Runs a program with text on its standard input. Rejects with what it said when it fails. */
export type RunWith = (argv: readonly string[], input: string) => Promise<void>;

const RETRY_MS = 1000;

/** For `ip -batch`: from the neighbours that are there to those that are to be; undefined: not known. Pure. */
export function neighbourBatch(
  before: Fabric['neighbours'] | undefined,
  wanted: Fabric['neighbours'],
): string {
  const gone = Object.keys(before ?? {}).filter((vip) => !(vip in wanted));
  const come = Object.entries(wanted).filter(([vip, mac]) => before?.[vip] !== mac);
  return [
    // What an earlier process of this cloud put there.
    ...(before ? [] : ['neigh flush dev lan nud permanent']),
    ...gone.map((vip) => `neigh del ${vip} dev lan`),
    ...come.map(([vip, mac]) => `neigh replace ${vip} lladdr ${mac} dev lan nud permanent`),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** Makes the router's rules and neighbours follow the cloud: one change after the other, the last one wins. */
export class Weaver {
  readonly #run: RunWith;
  #applied: Fabric | undefined;
  #wanted: Fabric | undefined;
  #work: Promise<void> | undefined;

  constructor(run: RunWith) {
    this.#run = run;
  }

  follow(fabric: Fabric): void {
    this.#wanted = fabric;
    this.#work ??= this.#weave();
  }

  /** Resolves once the router is as the last `follow` had it. */
  settled(): Promise<void> {
    return this.#work ?? Promise.resolve();
  }

  async #weave(): Promise<void> {
    while (this.#wanted) {
      const wanted = this.#wanted;
      this.#wanted = undefined;
      try {
        await this.#apply(wanted);
      } catch (error) {
        // Whoever tests sees it in the log; the cloud's own answers are not to fail of it.
        console.error(error);
        this.#wanted ??= wanted;
        await sleep(RETRY_MS);
      }
    }
    this.#work = undefined;
  }

  async #apply(wanted: Fabric): Promise<void> {
    const batch = neighbourBatch(this.#applied?.neighbours, wanted.neighbours);
    const isNew = wanted.rules !== this.#applied?.rules;
    if (batch) await this.#run(['ip', '-force', '-batch', '-'], batch);
    if (isNew) await this.#run(['nft', '-f', '-'], wanted.rules);
    this.#applied = wanted;
  }
}

/** Runs it in this process's own network. */
export const runHere: RunWith = ([program = '', ...words], input) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program}: ${said.trim() || code}\n${input}`));
    });
  });
