import { EXIT } from '../../model/index.ts';
import { type GlobalOptions, LECTURE_DRILL_IDS } from '../invocation.ts';
import type { Io } from '../io.ts';
import type { Outcome } from '../outcome.ts';
import { apply } from './apply.ts';
import { drill } from './drill.ts';

const RATE_PER_SECOND = 200;

/**
 * The main job on the lab, where the operator would sit: everything applied, then the lecture's
 * three drills, and one summary of both. A person at a terminal is asked as always; where nobody
 * can answer, the lab is ours to change.
 */
export async function demo(io: Io): Promise<Outcome> {
  const options: GlobalOptions = {
    stages: [],
    plain: true,
    json: false,
    color: true,
    yes: !io.prompter,
    overwrite: [],
    adopt: false,
    breakLocks: [],
    acceptNewHostKeys: false,
  };
  const applied = await apply(io, { command: 'apply', options });
  if (applied.exitCode !== EXIT.done) return applied;
  const three = { ids: LECTURE_DRILL_IDS, all: false, runs: 1, rate: RATE_PER_SECOND };
  const drilled = await drill(io, { command: 'drill', options, ...three });
  return { exitCode: drilled.exitCode, fields: { ...applied.fields, ...drilled.fields } };
}
