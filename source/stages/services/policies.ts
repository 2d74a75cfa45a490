import { linesByKey } from '../../checks/on-node.ts';
import { arePoliciesStale, LAST_RELOADS } from '../../checks/policy-reload.ts';
import { daemonCauses } from '../../checks/service-daemons.ts';
import { message, type NodeName, problem, type Resource } from '../../model/index.ts';
import { settled } from '../../resources/planned.ts';
import { NOTICE } from './policy-notice.ts';

/** The notice is said several times in this while. */
const READ_MS = 60_000;

/**
 * The resource `policies`: what the node's authorization server has in memory. Where its last reading
 * failed (the database was away, or made anew), it goes on with the old ones until it is told again.
 */
export function policies(node: NodeName): Resource {
  return {
    id: 'policies',
    node,
    probe: [LAST_RELOADS],
    plan: ({ stdout }) => {
      const reloads = linesByKey(stdout).get('reload') ?? [];
      if (!arePoliciesStale(reloads)) return settled('policies-read', { node });
      return {
        kind: 'change',
        change: {
          parts: [
            {
              resource: 'policies',
              summary: message('policies-read-again', { node }),
              effect: 'none',
            },
          ],
          actions: [
            {
              kind: 'script',
              node,
              script: [`systemctl --no-block restart ${NOTICE}\n`],
              timeoutMs: 30_000,
            },
            {
              kind: 'await',
              node,
              script: [`! ( ${LAST_RELOADS}) | grep -q 'faild to refresh'\n`],
              deadlineMs: READ_MS,
              what: message('policies-read', { node }),
            },
          ],
          // What is in memory is nothing to put back.
          undo: [],
          drift: problem('policy-reload-failed', {}, { node }),
        },
      };
    },
    explainedBy: [`policy-reload/${node}`, ...daemonCauses(node, 'iam-authz-server')],
  };
}
