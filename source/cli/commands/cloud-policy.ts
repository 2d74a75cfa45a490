import { camPolicy } from '../../drivers/tencent/policy.ts';
import { EXIT } from '../../model/index.ts';
import type { Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import type { Outcome } from '../outcome.ts';

/** The least that a session needs of the cloud, to be pasted into its console. Asks nobody anything. */
export async function cloudPolicy(
  io: Io,
  { securityGroups }: Extract<Invocation, { command: 'cloud' }>,
): Promise<Outcome> {
  const policy = camPolicy({ securityGroups });
  if (!io.json) io.write(`${JSON.stringify(policy, null, 2)}\n`);
  return { exitCode: EXIT.done, quiet: true, fields: { ok: true, policy } };
}
