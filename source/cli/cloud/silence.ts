import { vipAddress } from '../../cluster/index.ts';
import { type Problem, problem, quote } from '../../model/index.ts';
import type { Run } from '../open-run.ts';

const LIMIT_S = 2;

/** Says `held` where the address is on a network card, `open` where somebody takes a connection there. */
function script(vip: string): string {
  const connect = quote(`exec 3<>/dev/tcp/${vip}/80`);
  return `ip -o addr show to ${quote(vip)} 2>/dev/null | grep -qv '^[0-9]*: lo ' && echo held
timeout ${LIMIT_S} bash -c ${connect} 2>/dev/null && echo open
exit 0
`;
}

/**
 * Whether anybody still answers at the VIP, as the nodes see it. ARP says nothing in a cloud: there a
 * gateway answers for everybody.
 *
 * @returns for `left`; what is wrong has been told. Nothing where no cloud is named.
 */
export async function stillAnswering(run: Run): Promise<readonly string[]> {
  const { cluster, ports, facts } = run;
  if (cluster.cloud.provider === 'none') return [];
  const vip = vipAddress(cluster);
  const asked = await Promise.all(
    [...facts.keys()].map(async (node): Promise<Problem | undefined> => {
      const said = await ports.nodes.run(node, [script(vip)], { timeoutMs: 15_000 });
      const isSilent = said.kind !== 'exited' || said.stdout.trim() === '';
      return isSilent ? undefined : problem('cd-destroy-vip-answers', { vip, node }, { node });
    }),
  );
  const [first] = asked.flatMap((one) => one ?? []);
  if (!first) return [];
  ports.emit({ type: 'problem', problem: first });
  return [`vip:${vip}`];
}
