import type { DialogueAction, DialogueRequest, Exchange } from '../model/index.ts';

/** A dialogue as it reads: what to ask, and what to conclude from the answers. Pure, so it can be replayed. */
export type Dialogue<Outcome> = Generator<DialogueRequest, Outcome, Exchange>;

type Step<Outcome> = IteratorResult<DialogueRequest, Outcome>;

function replay<Outcome>(
  begin: () => Dialogue<Outcome>,
  exchanges: readonly Exchange[],
): Step<Outcome> {
  const dialogue = begin();
  let step = dialogue.next();
  for (const exchange of exchanges) {
    if (step.done) return step;
    step = dialogue.next(exchange);
  }
  return step;
}

export function dialogueAction(begin: () => Dialogue<unknown>): DialogueAction {
  return {
    kind: 'dialogue',
    next: (exchanges) => {
      const step = replay(begin, exchanges);
      return step.done ? undefined : step.value;
    },
  };
}

/** What came of a dialogue; undefined when it was broken off. */
export function concluded<Outcome>(
  begin: () => Dialogue<Outcome>,
  exchanges: readonly Exchange[],
): Outcome | undefined {
  const step = replay(begin, exchanges);
  return step.done ? step.value : undefined;
}
