import {
  type ChangeState,
  type CloudChange,
  type CloudEnd,
  type JournalBody,
  message,
  type Ports,
} from '../../model/index.ts';
import { fulfils, type Removal } from './removals.ts';

/** Of things that no stage's change made, as far as the journal knows. */
const NO_STAGE = 'cloud';

/** What a destroy says and writes down of each removal. */
export class DestroyNotes {
  readonly #ports: Ports;
  readonly #pending: readonly CloudChange[];
  readonly #removals: readonly Removal[];
  /** Names of removals that have not been made. */
  readonly #open: Set<string>;

  /** @param pending the session's changes that have not been taken back */
  constructor(ports: Ports, pending: readonly CloudChange[], removals: readonly Removal[]) {
    this.#ports = ports;
    this.#pending = pending;
    this.#removals = removals;
    this.#open = new Set(removals.map(({ name }) => name));
  }

  planned(): void {
    for (const one of this.#removals) this.#emit(one, 'planned');
  }

  begun(removal: Removal): void {
    this.#emit(removal, 'started');
  }

  /** Of what the journal does not know, too. */
  async ended(removal: Removal, end: CloudEnd): Promise<void> {
    const { requestId } = end;
    if (end.kind === 'done') this.#open.delete(removal.name);
    const changes = this.#changesOf(removal);
    const left = end.kind === 'done' ? [] : [removal.name];
    const unknown: JournalBody = {
      ...{ type: 'cloud-undone', change: `${NO_STAGE}/${removal.name}`, left, kept: [], requestId },
    };
    await this.#ports.journal.append(
      changes.length === 0
        ? [unknown]
        : changes.map((change) => this.#undone(change, this.#openOf(change), requestId)),
    );
    this.#emit(removal, end.kind === 'done' ? 'done' : 'failed');
  }

  /** What the cloud showed at the end is what counts. @param there what it still shows of the session's */
  async proven(there: readonly Removal[]): Promise<void> {
    await this.#ports.journal.append(
      this.#pending.map((change) => {
        const left = there.filter((one) => isOf(change, one));
        return this.#undone(
          change,
          left.map(({ name }) => name),
          '',
        );
      }),
    );
  }

  #undone(change: CloudChange, left: readonly string[], requestId: string): JournalBody {
    const kept = keptBy(change);
    return { type: 'cloud-undone', change: change.intent.change, left, kept, requestId };
  }

  #openOf(change: CloudChange): readonly string[] {
    const mine = this.#removals.filter((one) => isOf(change, one));
    return mine.map(({ name }) => name).filter((name) => this.#open.has(name));
  }

  #changesOf(removal: Removal): readonly CloudChange[] {
    return this.#pending.filter((change) => isOf(change, removal));
  }

  #emit(removal: Removal, state: ChangeState): void {
    const resource = removal.name;
    const [change] = this.#changesOf(removal);
    this.#ports.emit({
      type: 'change',
      stage: change?.intent.stage ?? NO_STAGE,
      node: null,
      resource,
      code: 'undo',
      summary: message('undo', { resource }),
      effect: 'none',
      state,
    });
  }
}

/** Whether the change's undo asks for this removal. */
function isOf({ intent }: CloudChange, removal: Removal): boolean {
  return intent.undo.some((step) => fulfils(removal, step));
}

/** What stays by design. */
export function keptBy({ intent }: CloudChange): readonly string[] {
  return intent.undo.flatMap((step) => (step.kind === 'keep' ? [step.what] : []));
}
