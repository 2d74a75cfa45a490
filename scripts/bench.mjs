// Measures the main job in the lab beside the same work as one hand-written shell script a node.
// Everything in one run on one machine, so that the ratios mean something. Root, Linux.
// Usage: npm run bench
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchKeys } from './bench-keys.mjs';
import { bin, lab, root } from './bench-lab.mjs';
import { benchStart } from './bench-start.mjs';

const NODES = ['iam-1', 'iam-2'];
const ADDRESS = { 'iam-1': '10.0.4.20', 'iam-2': '10.0.4.21' };
const PACKAGES = {
  'iam-1': 'mariadb-server mariadb-client redis-server redis-tools nftables nginx keepalived',
  'iam-2': 'mariadb-client redis-tools nftables nginx keepalived',
};
const UNITS = {
  'iam-1':
    'iam-ha-firewall mariadb redis-server iam-apiserver iam-authz-server iam-pump nginx iam-ha-nginx-witness keepalived',
  'iam-2':
    'iam-ha-firewall iam-apiserver iam-authz-server iam-pump nginx iam-ha-nginx-witness keepalived',
};

/** The language and back; the help and back: each with a text that only its frame has. */
const WORK_KEYS = [
  ['l', '停止'],
  ['l', 'stop'],
  ['?', 'Help:'],
  ['?', 'stop'],
];

async function timed(name, work) {
  const started = performance.now();
  const value = await work();
  const seconds = (performance.now() - started) / 1000;
  console.log(`${name.padEnd(46)} ${seconds.toFixed(2).padStart(7)} s`);
  return { seconds, value };
}

/** The files that the wizard wrote on a node, as a tar in base64: what the script of a person brings along. */
function filesOf(name, node) {
  const places =
    '/etc/mysql/mariadb.conf.d/99-iam-ha.cnf /etc/redis/iam-ha.conf /etc/iam-ha /etc/iam /opt/iam /etc/nginx/conf.d /etc/nginx/iam-ha /etc/keepalived /etc/systemd/system/iam-*.service /etc/systemd/system/*.service.d /etc/logrotate.d/iam* /etc/tmpfiles.d/iam-*.conf /etc/sysctl.d/60-iam-ha.conf';
  return lab([
    'exec',
    '--name',
    name,
    node,
    '--',
    'sh',
    '-c',
    `tar -C / --ignore-failed-read -czf - $(ls -d ${places} 2>/dev/null) 2>/dev/null | base64 -w0`,
  ]);
}

/** What a person who knows the outcome would write: install, unpack, accounts, schema, start, look. */
function handWritten(node, tar, secret, schema) {
  const data = node === 'iam-1';
  const sql = ['127.0.0.1', '10.0.4.20', '10.0.4.21']
    .map(
      (host) =>
        `CREATE USER IF NOT EXISTS 'iam'@'${host}' IDENTIFIED BY '${secret}'; GRANT ALL ON iam.* TO 'iam'@'${host}';`,
    )
    .join('\n');
  return `set -e
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null
apt-get install -y -qq --no-install-recommends ${PACKAGES[node]} >/dev/null 2>&1
id iam >/dev/null 2>&1 || useradd --system --user-group --home-dir /var/lib/iam --no-create-home --shell /usr/sbin/nologin iam
base64 -d <<'TAR' | tar -C / -xzf -
${tar}
TAR
systemd-tmpfiles --create /etc/tmpfiles.d/iam-ha.conf
systemctl daemon-reload
${
  data
    ? `systemctl restart mariadb redis-server
mariadb <<'SQL'
CREATE DATABASE IF NOT EXISTS iam;
${sql}
SQL
[ -n "$(mariadb -N -e "SHOW TABLES FROM iam")" ] || mariadb --default-character-set=utf8 iam <<'SCHEMA'
${schema}
SCHEMA
`
    : 'until exec 3<>/dev/tcp/10.0.4.20/3306; do sleep 0.2; done 2>/dev/null\n'
}
systemctl enable -q ${UNITS[node]}
systemctl start ${UNITS[node].replace('keepalived', '')}
systemctl reload nginx
systemctl start keepalived
for i in $(seq 100); do curl -fs -o /dev/null -H 'Host: iam.api.marmotedu.com' http://10.0.4.99/healthz && exit 0; sleep 0.1; done
exit 1
`;
}

function overSsh(name, node, script) {
  const folder = `/var/lib/iam-ha-wizard-lab/${name}/ssh`;
  return new Promise((resolve, reject) => {
    const ssh = [
      'ssh',
      '-i',
      `${folder}/operator`,
      '-o',
      `UserKnownHostsFile=${folder}/known_hosts`,
      `root@${ADDRESS[node]}`,
      'bash -s',
    ];
    const child = spawn(process.execPath, [bin, 'lab', 'run', '--name', name, '--', ...ssh], {
      stdio: ['pipe', 'inherit', 'inherit'],
    });
    child.stdin.end(script);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${node}: ${code}`))));
  });
}

const wizard = (name, ...args) =>
  lab(['run', '--name', name, '--', 'iam-ha-wizard', ...args, '--json']);

async function main() {
  for (const name of ['bench-a', 'bench-b']) lab(['down', '--name', name], { mayFail: true });
  const kept = [
    await benchStart(),
    await benchKeys(join(root, 'scripts/bench-work-screen.tsx'), WORK_KEYS),
  ];
  if (!kept.every(Boolean)) process.exitCode = 1;
  await timed('lab up, from the caches', () => lab(['up', '--name', 'bench-a']));
  const first = await timed('wizard, first apply', () => wizard('bench-a', 'apply', '--yes'));
  const second = await timed('wizard, second apply', () => wizard('bench-a', 'apply', '--yes'));
  await timed('wizard, check', () => wizard('bench-a', 'check'));
  const state = '/var/lib/iam-ha-wizard-lab/bench-a/state/iam-ha-wizard/bench-a/secrets.json';
  const secret = existsSync(state)
    ? JSON.parse(readFileSync(state, 'utf8')).databasePassword
    : 'iam';
  const schema = readFileSync(join(root, 'assets/stand-in/iam.sql'), 'utf8');
  const scripts = NODES.map((node) => handWritten(node, filesOf('bench-a', node), secret, schema));
  lab(['down', '--name', 'bench-a']);
  lab(['up', '--name', 'bench-b']);
  const all = () =>
    Promise.all(NODES.map((node, index) => overSsh('bench-b', node, scripts[index])));
  const handFirst = await timed('hand-written script, first run', all);
  const handSecond = await timed('hand-written script, second run', all);
  lab(['down', '--name', 'bench-b']);
  const ratio = (a, b) => (a.seconds / b.seconds).toFixed(2);
  console.log(
    `\nwizard / script: first ${ratio(first, handFirst)}, second ${ratio(second, handSecond)}`,
  );
}

await main();
