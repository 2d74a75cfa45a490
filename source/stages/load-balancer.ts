import { balanceCheck } from '../checks/balance.ts';
import { services } from '../cluster/index.ts';
import { appliedCheckId, type Resource, type StagePlan } from '../model/index.ts';
import { configSet } from '../resources/config-set.ts';
import { type Frontend, plannable } from './frontend.ts';
import { peerFiles } from './nginx-files.ts';
import type { StageInput } from './stage-input.ts';

/** Every other node's backend joins each upstream, on every front end: one file each. */
export function loadBalancer(input: StageInput): StagePlan {
  const nodes = plannable(input);
  return {
    id: 'load-balancer',
    resources: nodes.map((frontend) => peerSet(input, frontend)),
    checks: nodes.flatMap(({ node }) =>
      services.map((service) => balanceCheck(input.cluster, node.name, service)),
    ),
    drills: [],
    order: 'side-by-side',
    problems: [],
  };
}

function peerSet(input: StageInput, frontend: Frontend): Resource {
  const node = frontend.node.name;
  return configSet({
    node,
    name: 'nginx/load-balancer',
    files: peerFiles(input, frontend),
    // A node that has left the cluster file leaves the upstreams.
    removesObsolete: true,
    tests: [{ root: frontend.platform.paths.nginxRoot, command: 'nginx -t' }],
    load: {
      unit: 'nginx',
      command: 'systemctl reload nginx',
      effect: 'reload',
      ifInactive: 'start',
    },
    consents: input.consents,
    session: input.session,
    explainedBy: [
      appliedCheckId(node, 'packages:reverse-proxy'),
      appliedCheckId(node, 'config:nginx/reverse-proxy'),
    ],
  });
}
