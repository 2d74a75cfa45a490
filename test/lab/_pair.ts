import type { ExecutionContext } from 'ava';
import { type Line, type Ran, upFresh, wizard } from './_lab.ts';

/** A fresh lab with the pair applied: for `inLab.before`. */
export async function pairUp(t: ExecutionContext, lab: string): Promise<void> {
  t.timeout(600_000);
  await upFresh(lab);
  const { code, stdout } = await wizard(lab, ['apply', '--yes', '--json']);
  t.is(code, 0, stdout);
}

/** Every check passes. */
export async function verifyWhole(t: ExecutionContext, lab: string): Promise<void> {
  const { code, events, result } = await wizard(lab, ['check', '--json']);
  t.deepEqual(
    events.filter((event) => event.type === 'check' && event.verdict !== 'passed'),
    [],
  );
  t.is(result.ok, true);
  t.is(code, 0);
}

/** A run of drills, and what each of them came to. */
export interface DrillRun<One> extends Ran {
  readonly drills: readonly One[];
}

/**
 * A busy computer makes the prober late, and then the wizard throws the run away by rule, which is
 * neither passed nor failed: such a run of the whole command is repeated.
 */
export async function drillRun<One extends Line & { readonly outcome: string }>(
  t: ExecutionContext,
  lab: string,
  args: readonly string[],
  tries: number,
): Promise<DrillRun<One>> {
  for (let time = 1; ; time += 1) {
    const ran = await wizard(lab, ['drill', ...args]);
    const drills = ran.events.filter((event) => event.type === 'drill') as unknown as One[];
    const isThrownAway = drills.some((one) => one.outcome === 'aborted');
    if (!isThrownAway || time === tries) return { ...ran, drills };
    t.log(`run ${time} was thrown away: the prober was late ${ran.stderr}`);
  }
}
