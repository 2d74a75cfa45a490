import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'ava';
import { parseFacts } from '../../source/engine/facts/parse.ts';
import { factsScript } from '../../source/engine/facts/script.ts';
import {
  type Ipv4Address,
  type NodeName,
  OperatorError,
  revealContent,
  unitFacts,
} from '../../source/model/index.ts';

const node = 'iam-1' as NodeName;

/** What machines of the lab printed. */
function captured(name: string): string {
  return readFileSync(new URL(`fixtures/facts-${name}.txt`, import.meta.url), 'utf8');
}

const when = { sentAtMs: 1_795_401_896_000, receivedAtMs: 1_795_401_896_400 };

test('a bare Debian 12', (t) => {
  const facts = parseFacts(node, captured('bookworm-bare'), when);
  t.is(facts.hostname, 'iam-1');
  t.deepEqual(facts.os, {
    id: 'debian',
    idLike: [],
    versionId: '12',
    codename: 'bookworm',
    prettyName: 'Debian GNU/Linux 12 (bookworm)',
  });
  t.is(facts.architecture, 'x86_64');
  t.is(facts.virtualization, 'systemd-nspawn');
  t.is(facts.vendor, null);
  t.deepEqual(facts.nic, { name: 'eth0', mac: '02:85:da:a4:d0:89', prefixLength: 24 } as never);
  t.deepEqual(facts.routes, [
    { to: '10.0.4.21', device: 'eth0', source: '10.0.4.20', via: null },
  ] as never);
  t.deepEqual(
    facts.listeners.map(({ address, port, process }) => `${process} ${address} ${port}`),
    ['sshd 0.0.0.0 22', 'sshd :: 22'],
  );
  t.is(unitFacts(facts, 'nginx').load, 'not-found');
  t.deepEqual(facts.packages, { curl: '7.88.1-10+deb12u15' });
  t.deepEqual(facts.firewall, { firewalld: false, ufw: false });
  t.is(facts.selinux, null);
  t.false(facts.apparmor);
  t.like(facts.disks[0], { path: '/', freeMiB: 7529, freeInodes: 524_241 });
  t.is(facts.memoryMiB, 24_105);
  t.deepEqual(facts.tools, ['ip', 'tc']);
  t.is(facts.marker, null);
});

for (const [name, version, redis] of [
  ['bookworm', '12', '5:7.0.15-1~deb12u'],
  ['trixie', '13', '5:8.0.2-3+deb13u3'],
] as const) {
  test(`${name} with everything installed`, (t) => {
    const facts = parseFacts(node, captured(name), when);
    t.is(facts.os.versionId, version);
    t.deepEqual(
      facts.interfaces.map(({ name }) => String(name)),
      ['eth0'],
      'the VIP on lo is nobody’s place',
    );
    t.true(facts.packages['redis-server']?.startsWith(redis));
    t.deepEqual(unitFacts(facts, 'mariadb'), {
      name: 'mariadb',
      load: 'loaded',
      active: 'active',
      enabled: 'enabled',
    });
    t.is(unitFacts(facts, 'keepalived').active, 'inactive');
    t.like(unitFacts(facts, 'redis'), { load: 'loaded', active: 'active' });
    const listening = facts.listeners.map(({ port, process }) => `${process}:${port}`);
    for (const one of ['nginx:80', 'mariadbd:3306', 'redis-server:6379']) {
      t.true(listening.includes(one), one);
    }
    t.true(facts.tools.includes('nginx'));
  });
}

test('the clock is bounded by the first and the last reading, however long the script took', (t) => {
  const output = captured('bookworm-bare');
  // it was 1795401896.204 to .295 there; 400 ms went by here
  t.deepEqual(parseFacts(node, output, when).clock, { offsetMs: 50, errorMs: 155 });
  const late = { sentAtMs: when.sentAtMs - 7000, receivedAtMs: when.receivedAtMs - 7000 };
  t.is(parseFacts(node, output, late).clock.offsetMs, 7050);
});

test('odd and missing answers leave a field unknown', (t) => {
  const output = captured('bookworm')
    .replace(/(=addresses\n)[^\n]*/, '$1ip: unknown option "-j"')
    .replace(/(=route 10\.0\.4\.21\n)[^\n]*/, '$1')
    .replace(/(=units\n)[\s\S]*?(\n=iam)/, '$1$2')
    .replace(/(=listeners\n)[\s\S]*?(\n=iam)/, '$1\u0000\ufffd garbage$2')
    .replace(/(=disks\n)[\s\S]*?(\n=iam)/, '$1File Avail IFree\n/ 1048576 -$2')
    .replace(/(=marker\n)[\s\S]*?(\n=iam)/, '$1{"session":"demo"$2');
  const facts = parseFacts(node, output, when);
  t.deepEqual(facts.interfaces, []);
  t.is(facts.nic, null);
  t.deepEqual(facts.routes, []);
  t.deepEqual(facts.units, []);
  t.deepEqual(facts.listeners, []);
  t.deepEqual(facts.disks, [{ path: '/', freeMiB: 1024, freeInodes: null }]);
  t.is(facts.marker, null);
});

test('other machines: SELinux, ufw, a marker, a vendor, a quoted os-release', (t) => {
  const output = captured('bookworm-bare')
    .replace(/(=selinux\n)/, '$11\n')
    .replace(/(=ufw\n)/, '$1# /etc/ufw/ufw.conf\nENABLED=yes\n')
    .replace(/(=vendor\n)/, '$1Tencent Cloud\nCVM\n')
    .replace(/(=marker\n)/, '$1{"session":"iam-prod","id":"x1"}\n')
    .replace(
      /(=os\n)[\s\S]*?(\n=iam)/,
      '$1ID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.4"$2',
    );
  const facts = parseFacts(node, output, when);
  t.is(facts.selinux, 'enforcing');
  t.true(facts.firewall.ufw);
  t.is(facts.vendor, 'Tencent Cloud CVM');
  t.deepEqual(facts.marker, { session: 'iam-prod', id: 'x1' });
  t.like(facts.os, { id: 'rocky', versionId: '9.4' });
  t.deepEqual(facts.os.idLike, ['rhel', 'centos', 'fedora']);
});

test("an answer that was cut off is the operator's to know", (t) => {
  const output = captured('bookworm');
  for (const cut of ['', output.slice(0, 2000), 'This account is currently not available.\n']) {
    const error = t.throws(() => parseFacts(node, cut, when), { instanceOf: OperatorError });
    t.is(error?.problems[0].code, 'facts-unreadable');
  }
});

test('the script runs on this machine, as a script on standard input, and can be read', (t) => {
  const sentAtMs = Date.now();
  const script = factsScript({
    nodeAddress: '127.0.0.1' as Ipv4Address,
    peers: ['127.0.0.1' as Ipv4Address],
    units: ['nginx', "o'dd"],
    packages: ['bash', 'no-such-package'],
    tools: ['bash', 'no-such-tool'],
  });
  const output = execFileSync('bash', ['-s'], { input: revealContent(script) }).toString();
  const facts = parseFacts(node, output, { sentAtMs, receivedAtMs: Date.now() });
  t.deepEqual(facts.tools, ['bash']);
  t.true(facts.memoryMiB > 0);
  t.true(Math.abs(facts.clock.offsetMs) <= facts.clock.errorMs);
});
