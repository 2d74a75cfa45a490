import { daemonOf } from '../checks/causes.ts';
import { peersOf, ports, type Service, servicePort, services } from '../cluster/index.ts';
import type { Content } from '../model/index.ts';
import type { DesiredFile } from '../resources/config-set.ts';
import type { Frontend } from './frontend.ts';
import { renderAsset, renderFile } from './render.ts';
import type { StageInput } from './stage-input.ts';

const MODE = { mode: '0644', owner: 'root:root' } as const;

/** Our folder inside nginx's. */
export function nginxFolder(frontend: Frontend): string {
  return `${frontend.platform.paths.nginxRoot}/iam-ha`;
}

/** Folders that the upstreams and virtual hosts include; the last is the operator's own. */
export function nginxDirectories(frontend: Frontend) {
  const root = nginxFolder(frontend);
  const folders = [root, `${root}/api.d`, `${root}/authz.d`, `${root}/tuning.d`];
  return folders.map((path) => ({ path, mode: '0755', owner: 'root:root' }));
}

/** Where the upstreams' members stand, as bash globs: the node's own, then the other nodes'. */
export function memberFiles({ platform }: Pick<Frontend, 'platform'>, service: Service) {
  const { nginxDropIns, nginxRoot } = platform.paths;
  return [`${nginxDropIns}/00-iam-upstream.conf`, `${nginxRoot}/iam-ha/${service}.d/*.conf`];
}

/** The upstreams with their local member, a virtual host a domain, and the page that the check script asks. */
export function proxyFiles(input: StageInput, frontend: Frontend): readonly DesiredFile[] {
  const folder = frontend.platform.paths.nginxDropIns;
  const { api: apiDomain, authz: authzDomain } = input.cluster.domains;
  const upstream = renderFile(input, 'nginx/upstream.conf', {
    apiDomain,
    authzDomain,
    apiPort: ports.apiserver,
    authzPort: ports.authzServer,
    hashSize: hashSize([apiDomain, authzDomain]),
  });
  return [
    ...certificateFiles(input, frontend),
    { path: `${folder}/00-iam-upstream.conf`, content: upstream, ...MODE },
    ...services.map((service) => virtualHost(input, folder, service)),
    {
      path: `${folder}/iam-health.conf`,
      content: renderFile(input, 'nginx/health.conf'),
      ...MODE,
    },
  ];
}

/** Before the virtual hosts, which name them. What the operator's files held is not commented. */
function certificateFiles({ tls }: StageInput, frontend: Frontend): readonly DesiredFile[] {
  if (!tls) return [];
  const folder = nginxFolder(frontend);
  return [
    { path: `${folder}/tls.pem`, content: [tls.certificate], ...MODE },
    { path: `${folder}/tls-key.pem`, content: [tls.key], mode: '0600', owner: 'root:root' },
  ];
}

/** nginx refuses names that do not fit its default buckets of 64 bytes; shorter ones need no setting. */
function hashSize(domains: readonly string[]): string {
  const longest = Math.max(...domains.map((domain) => domain.length));
  if (longest <= 40) return '';
  const bytes = 2 ** Math.ceil(Math.log2(longest + 32));
  return `server_names_hash_bucket_size ${bytes};`;
}

function virtualHost(input: StageInput, folder: string, service: Service): DesiredFile {
  const content = renderFile(input, 'nginx/virtual-host.conf', {
    domain: input.cluster.domains[service],
    maxBodySize: input.cluster.iam.maxBodySize,
    logName: `iam-${service}`,
    tls: input.tls ? renderAsset(input.asset('nginx/tls.conf'), {}, input.language) : '',
    registration: closedRegistration(input, service),
  });
  return { path: `${folder}/${daemonOf(service)}.conf`, content, ...MODE };
}

/** IAM lets anybody register who reaches its API; where that is not wanted, nginx refuses it. */
function closedRegistration(input: StageInput, service: Service): Content {
  if (service !== 'api' || input.cluster.iam.openRegistration) return [];
  return renderAsset(input.asset('nginx/closed-registration.conf'), {}, input.language);
}

/** One file for each other node and domain: its backend joins the upstream. */
export function peerFiles(input: StageInput, frontend: Frontend): readonly DesiredFile[] {
  return services.flatMap((service) =>
    peersOf(input.cluster, frontend.node).map((peer) => ({
      path: `${nginxFolder(frontend)}/${service}.d/${peer.name}.conf`,
      content: renderFile(input, 'nginx/peer.conf', {
        service: daemonOf(service),
        node: peer.name,
        address: peer.address,
        port: servicePort(service),
      }),
      ...MODE,
    })),
  );
}
