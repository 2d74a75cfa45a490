import { nginxConfigCheck } from '../checks/nginx-config.ts';
import { nginxHealthCheck, nginxPageCheck } from '../checks/nginx-health.ts';
import { services } from '../cluster/index.ts';
import { appliedCheckId, type Resource, type StagePlan } from '../model/index.ts';
import { configSet } from '../resources/config-set.ts';
import { packages } from '../resources/package.ts';
import { unit } from '../resources/unit.ts';
import { guardResources } from './firewall/guard.ts';
import { domainsOf, type Frontend, plannable } from './frontend.ts';
import { nginxDirectories, peerFiles, proxyFiles } from './nginx-files.ts';
import { foreignNginx } from './nginx-foreign.ts';
import type { StageInput } from './stage-input.ts';
import { tlsHealthChecks } from './tls-checks.ts';

const STAGE = 'reverse-proxy';

/**
 * nginx on every front end: an upstream a domain with the node's own backend, a virtual host a
 * domain, the health page, and the names in `/etc/hosts`.
 */
export function reverseProxy(input: StageInput): StagePlan {
  const nodes = plannable(input);
  return {
    id: STAGE,
    resources: nodes.flatMap((frontend) => resources(input, frontend)),
    checks: nodes.flatMap(({ node }) => [
      nginxConfigCheck(node.name),
      nginxPageCheck(node.name),
      ...services.map((service) => nginxHealthCheck(input.cluster, node.name, service)),
      ...tlsHealthChecks(input, node.name),
    ]),
    drills: [],
    order: 'side-by-side',
    problems: [],
  };
}

function resources(input: StageInput, frontend: Frontend): readonly Resource[] {
  const { platform } = frontend;
  const node = frontend.node.name;
  const names = [platform.packages.nginx];
  const installed = appliedCheckId(node, `packages:${STAGE}`);
  return [
    packages({ node, stage: STAGE, platform, names }),
    ...guardResources(input, frontend, STAGE),
    proxySet(input, frontend, installed),
    unit({
      node,
      unit: 'nginx',
      downCode: 'nginx-not-running',
      explainedBy: [installed, appliedCheckId(node, 'config:nginx/reverse-proxy')],
    }),
  ];
}

function proxySet(input: StageInput, frontend: Frontend, installed: string): Resource {
  const { nginxRoot } = frontend.platform.paths;
  const files = proxyFiles(input, frontend);
  const own = [...files, ...peerFiles(input, frontend)].map((file) => file.path);
  const domains = domainsOf(input.cluster);
  return configSet({
    node: frontend.node.name,
    name: 'nginx/reverse-proxy',
    files,
    blocks: [{ path: '/etc/hosts', lines: [`127.0.0.1 ${domains.join(' ')}`] }],
    directories: nginxDirectories(frontend),
    // A key that is served no more does not stay behind.
    removesObsolete: true,
    tests: [{ root: nginxRoot, command: 'nginx -t' }],
    load: {
      unit: 'nginx',
      command: 'systemctl reload nginx',
      effect: 'reload',
      ifInactive: 'start',
    },
    foreign: foreignNginx(nginxRoot, domains, own),
    foreignRefusal: 'foreign-site',
    consents: input.consents,
    session: input.session,
    explainedBy: [installed],
  });
}
