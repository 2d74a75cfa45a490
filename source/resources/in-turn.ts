import { type Content, joinContent, type Planned, type Resource } from '../model/index.ts';

/** Bash that prints a number in its first line: the turn of whatever the resource makes due. */
export type TurnSnippet = string;

/**
 * A resource whose change waits for its turn (see `Change.turn`): what disturbs somebody on one
 * node must come before or after what is done on another one. Its probe says the turn first.
 */
export function inTurn(turn: number | TurnSnippet, resource: Resource): Resource {
  if (typeof turn === 'number') {
    return { ...resource, plan: (output) => withTurn(resource.plan(output), turn) };
  }
  const probe: Content = joinContent([[`(\n${turn}\n) </dev/null\n`], resource.probe]);
  return {
    ...resource,
    probe,
    plan: (output) => {
      const [, number = '', stdout = ''] = /^(\d+)\n([\s\S]*)$/.exec(output.stdout) ?? [];
      return withTurn(resource.plan({ ...output, stdout }), Number(number));
    },
  };
}

function withTurn(planned: Planned, turn: number): Planned {
  return planned.kind === 'change' ? { ...planned, change: { ...planned.change, turn } } : planned;
}
