import type { NotAsked } from '../../model/index.ts';
import { cloudProblem } from './problems.ts';
import type { CloudFailure, CloudResult } from './result.ts';

/** Questions of a survey that may stay without an answer. */
export class Optional {
  readonly #region: string;
  readonly #notAsked: NotAsked[] = [];

  constructor(region: string) {
    this.#region = region;
  }

  /** What was refused or lost, in an order that does not depend on which answer came first. */
  get notAsked(): readonly NotAsked[] {
    return this.#notAsked.toSorted((a, b) => (a.what < b.what ? -1 : Number(a.what > b.what)));
  }

  async ask<Value>(
    what: NotAsked['what'],
    asked: Promise<CloudResult<Value>>,
    otherwise: Value,
  ): Promise<Value> {
    const result = await asked;
    if (result.kind === 'ok') return result.value;
    const problem = cloudProblem(result as CloudFailure, this.#region);
    this.#notAsked.push({ what, problem });
    return otherwise;
  }
}
