import {
  type CloudDestroyed,
  type DestroyPart,
  destroyCloud,
  planDestroy,
} from '../../engine/cloud/destroy.ts';
import type { CloudOwner } from '../../engine/cloud/own.ts';
import { cloudChangesToUndo } from '../../engine/cloud/records.ts';
import { IDLE_YUAN_PER_HOUR, message, type Ports, problem } from '../../model/index.ts';
import { tried } from './tried.ts';

/** What a destroy takes back in the cloud, in two steps with the nodes' own between them. */
export class CloudHalf {
  readonly #ports: Ports;
  readonly #owner: CloudOwner;
  readonly #undone = new Set<string>();
  readonly #kept = new Set<string>();
  #left: readonly string[] = [];
  /** How many things are to go. */
  planned = 0;

  constructor(ports: Ports, owner: CloudOwner) {
    this.#ports = ports;
    this.#owner = owner;
  }

  get undone(): readonly string[] {
    return [...this.#undone];
  }

  get kept(): readonly string[] {
    return [...this.#kept];
  }

  get left(): readonly string[] {
    return this.#left;
  }

  /** Shows what will go, by the cloud's own ids. */
  async plan(): Promise<void> {
    const plan = await tried(this.#ports.emit, () => planDestroy(this.#ports, this.#owner));
    this.planned = plan?.undone.length ?? 0;
  }

  /** Public addresses cost money from the moment in which nobody holds what they lead to. */
  async giveBackAddresses(): Promise<void> {
    await this.#destroy('way-out');
  }

  /** Everything that is left; then the cloud is asked whether anything is. */
  async giveBackRest(): Promise<void> {
    const done = await this.#destroy('everything');
    this.#left = done ? done.left : unproven(this.#ports);
    if (done) this.#sayLeft(done.left);
  }

  #sayLeft(left: readonly string[]): void {
    const params = { what: left.join(', '), yuan: IDLE_YUAN_PER_HOUR };
    if (left.length === 0) this.#say('cd-destroy-proven');
    else this.#ports.emit({ type: 'problem', problem: problem('cd-destroy-left', params) });
  }

  async #destroy(part: DestroyPart): Promise<CloudDestroyed | undefined> {
    const done = await tried(this.#ports.emit, () => destroyCloud(this.#ports, this.#owner, part));
    for (const name of done?.undone ?? []) this.#undone.add(name);
    for (const name of done?.kept ?? []) this.#kept.add(name);
    for (const one of done?.problems ?? []) this.#ports.emit({ type: 'problem', problem: one });
    return done;
  }

  #say(code: string): void {
    const text = message(code);
    this.#ports.emit({ type: 'progress', stage: '', node: null, text, keep: true });
  }
}

/** The cloud does not say what is there: then nothing is known to be gone. */
function unproven({ journal }: Ports): readonly string[] {
  const changes = cloudChangesToUndo(journal.records()).filter(({ intent }) => intent.owned);
  const known = [...new Set(changes.map(({ intent }) => intent.resource))];
  return known.length > 0 ? known : ['cloud:*'];
}
