import { execFileSync } from 'node:child_process';
import test from 'ava';
import { parseCluster } from '../../source/cluster/index.ts';
import { readLook, unwatched, watchScript } from '../../source/stages/watch-look.ts';

const TEXT = `version: 1
name: x
nodes:
  - { name: iam-1, address: 10.0.4.20, data: true }
  - { name: iam-2, address: 10.0.4.21 }
  - { name: iam-3, address: 10.0.4.22, roles: [backend] }
domains: { api: iam.api.marmotedu.com, authz: iam.authz.marmotedu.com }
iam: { source: { go: v1.6.2 } }
databases: { mariadb: install, redis: install, mongodb: none }
vip: { address: 10.0.4.99, vrid: 51, profile: balanced }
cloud: { provider: none }
`;

function cluster() {
  const parsed = parseCluster(TEXT, 'cluster.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.cluster;
}

/** As a node of the lab printed it. */
const WELL = `vip eth0
last [2026-11-25 22:13:26] notify_master
unit keepalived active
unit nginx active
unit iam-apiserver active
unit iam-authz-server active
unit iam-pump active
unit mariadb active
unit redis-server active
unit redis inactive
port 8080
port 80
port 7070
port 9090`.split('\n');

test('a node that is well', (t) => {
  const it = cluster();
  t.deepEqual(readLook(it, it.nodes[0]!, WELL), {
    holds: true,
    units: {
      keepalived: true,
      nginx: true,
      apiserver: true,
      authz: true,
      pump: true,
      MariaDB: true,
      Redis: true,
    },
    healthy: { nginx: true, apiserver: true, authz: true, pump: true },
    state: 'MASTER',
    since: '2026-11-25 22:13:26',
  });
});

test('a keepalived that does not run is no MASTER, whatever its log says last', (t) => {
  const it = cluster();
  const lines = WELL.map((line) => line.replace('keepalived active', 'keepalived failed'));
  t.is(readLook(it, it.nodes[0]!, lines).state, 'STOP');
});

test('what runs and does not answer', (t) => {
  const it = cluster();
  const lines = WELL.filter((line) => line !== 'port 80');
  t.like(readLook(it, it.nodes[0]!, lines), { units: { nginx: true }, healthy: { nginx: false } });
});

test('a log that says something else says nothing', (t) => {
  const it = cluster();
  const lines = ['last \u001b[2J notify_master', ...WELL.slice(2)];
  t.like(readLook(it, it.nodes[0]!, lines), { state: 'unknown', since: '', holds: false });
});

test('a backend has no nginx and no keepalived; only the data node has databases', (t) => {
  const units = unwatched(cluster()).map((node) => node.units);
  const services = ['apiserver', 'authz', 'pump'];
  t.deepEqual(units, [
    ['keepalived', 'nginx', ...services, 'MariaDB', 'Redis'],
    ['keepalived', 'nginx', ...services],
    services,
  ]);
});

test('the script is bash, and writes nothing anywhere', (t) => {
  const it = cluster();
  for (const node of it.nodes) {
    const script = watchScript(it, node);
    t.notThrows(() => execFileSync('bash', ['-n'], { input: script }));
    // the only redirections are to a socket, to nowhere, and from /proc
    const targets = [...script.matchAll(/>\s*([^\s&()|;]+)/g)].map(([, to]) => to);
    t.deepEqual([...new Set(targets)].sort(), ['/dev/null', '/dev/tcp/127.0.0.1/$1']);
  }
});
