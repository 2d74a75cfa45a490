import { talkTo } from '../../checks/tcp-talk.ts';
import {
  type ClusterNode,
  ports,
  type Service,
  servicePort,
  vipAddress,
} from '../../cluster/index.ts';
import {
  content,
  type DrillCall,
  type DrillCalls,
  joinContent,
  type Secret,
} from '../../model/index.ts';
import type { StageInput } from '../stage-input.ts';
import { PROBE_NAME, probeQuestion } from './probe-rows.ts';
import { adminToken, type DrillRequest, readSeen, requestText, SEEN } from './requests.ts';

interface Asked {
  readonly call: string;
  readonly service: Service;
  readonly request: DrillRequest;
  readonly expected: string;
  readonly works: boolean;
}

/**
 * What clients get while MariaDB and Redis are stopped, made by the survivor: of its own daemons, and
 * through the VIP. What IAM v1.6.2 answers then was measured.
 *
 * @param authzToken signed with a secret that both authorisation servers have in memory; absent with
 *   the stand-in, which has none
 */
export function databaseCalls(
  { cluster, secrets }: StageInput,
  survivor: ClusterNode,
  authzToken: Secret | undefined,
): DrillCalls {
  const asked = requests(adminToken(secrets.jwtKey), authzToken);
  const places = [
    { at: survivor.name as string, address: '127.0.0.1', port: undefined },
    { at: 'VIP', address: vipAddress(cluster) as string, port: ports.http },
  ];
  const made = asked.flatMap((one) =>
    places.map(({ at, address, port }) => ({
      ...one,
      at,
      talk: talkTo(
        address,
        port ?? servicePort(one.service),
        requestText(cluster.domains[one.service], one.request),
      ),
    })),
  );
  const scripts = made.map(({ talk }, index) => content`{ ${talk}} | seen ${index}\n`);
  return {
    table: [
      ...made.map(({ call, at, expected, works }) => ({ call, at, expected, works })),
      startCall(survivor),
    ],
    step: {
      node: survivor.name,
      script: [SEEN, ...joinContent(scripts), startScript(made.length)],
      timeoutMs: 90_000,
    },
    read: (stdout) => {
      const seen = readSeen(stdout);
      return [...made, startCall(survivor)].map((_, index) => seen.get(String(index)) ?? '-');
    },
  };
}

function requests(admin: Secret, authz: Secret | undefined): readonly Asked[] {
  const healthz = { method: 'GET', path: '/healthz' } as const;
  const login = { username: PROBE_NAME, password: 'whatever it is' };
  const policy = { metadata: { name: PROBE_NAME }, policy: probePolicyBody };
  const api = { service: 'api' } as const;
  const databaseError = { ...api, expected: '500 100101', works: false };
  return [
    { ...api, call: 'GET /healthz (api)', request: healthz, expected: '200', works: true },
    {
      service: 'authz',
      call: 'GET /healthz (authz)',
      request: healthz,
      expected: '200',
      works: true,
    },
    authzCall(authz),
    {
      ...api,
      call: 'POST /login',
      request: { method: 'POST', path: '/login', body: login },
      expected: '401 incorrect Username or Password',
      works: false,
    },
    {
      ...databaseError,
      call: 'GET /v1/users/admin',
      request: { method: 'GET', path: '/v1/users/admin', token: admin },
    },
    // the stand-in has no policies
    ...(authz
      ? [
          {
            ...databaseError,
            call: 'POST /v1/policies',
            request: { method: 'POST', path: '/v1/policies', token: admin, body: policy } as const,
          },
        ]
      : []),
  ];
}

const probePolicyBody = {
  description: 'iam-ha-wizard drill',
  subjects: [PROBE_NAME],
  actions: ['ask'],
  effect: 'allow',
  resources: [PROBE_NAME],
};

/** Without a known secret the answer is a refusal; that it comes, and from memory, is what is asked. */
function authzCall(token: Secret | undefined): Asked {
  const request = { method: 'POST', path: '/v1/authz', body: probeQuestion } as const;
  const rest = { service: 'authz', works: true } as const;
  const call = 'POST /v1/authz';
  if (token) return { ...rest, call, request: { ...request, token }, expected: '200 allowed' };
  return { ...rest, call: `${call} (no token)`, request, expected: '401 100205' };
}

const SECONDS = 10;

function startCall(survivor: ClusterNode): DrillCall {
  return { call: 'start iam-apiserver', at: survivor.name, expected: 'exit 1', works: false };
}

/**
 * A second API server beside the one that runs: it logs in to MariaDB before it opens a port, so
 * without MariaDB it ends at once. Its standard output holds passwords. If MariaDB is there after
 * all, it ends, too: because the port is taken, which its log says.
 */
function startScript(index: number): string {
  return `log=/var/log/iam/iam-apiserver.log
from=$(stat -c %s "$log" 2>/dev/null || echo 0)
cd /var/lib/iam/iam-apiserver && LC_ALL=C timeout -k 1 ${SECONDS} setpriv --reuid=iam --regid=iam --clear-groups /opt/iam/bin/iam-apiserver --config=/etc/iam/iam-apiserver.yaml >/dev/null 2>&1 </dev/null
code=$?
tail -c "+$((from + 1))" "$log" 2>/dev/null | grep -q 'address already in use' && code="$code port taken"
echo "seen ${index} exit $code"
`;
}
