import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import {
  asOperator,
  differences,
  down,
  inLab,
  type Line,
  labName,
  manifest,
  onNode,
  upFresh,
  wizard,
} from './_lab.ts';

/**
 * What only a node can show to be wrong: exit 1 (64 where an answer is missing), one problem that
 * says where, and the nodes are as they were: no file of ours, no lock.
 */
const LAB = labName('bad');
const NODES = ['iam-1', 'iam-2'] as const;
const ROOTS = ['/etc', '/opt', '/usr/local', '/var/lib/iam-ha-wizard', '/run/iam-ha-wizard'];
const FOLDER = mkdtempSync(join(tmpdir(), 'iam-ha-bad-lab-'));
const FILE = join(FOLDER, 'cluster.yaml');
const PASSWORD = 'correct-horse';

let good = '';
/** What the nodes were before anything was run. */
const bare = new Map<string, ReadonlyMap<string, string>>();

const snapshot = (node: string) => manifest(LAB, node, ROOTS);

function verifyUntouched(t: ExecutionContext): void {
  for (const node of NODES) {
    t.deepEqual(differences(bare.get(node) ?? new Map(), snapshot(node)), [], node);
  }
}

/** Runs with the lab's cluster file, one place of it changed; that place's line and its field. */
async function apply(change: readonly [from: RegExp, to: string], ...more: readonly string[]) {
  const text = good.replace(...change);
  writeFileSync(FILE, text);
  const env = { WRONG_PASSWORD: 'not-the-one', RIGHT_PASSWORD: PASSWORD };
  return wizard(LAB, ['apply', '--yes', '--json', '--cluster', FILE, ...more], { env });
}

const UNCHANGED = [/^/, ''] as const;

/** The 1-based line of the file that holds `text`. */
function lineWith(text: string): number {
  return (
    readFileSync(FILE, 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1
  );
}

function verifyRefused(
  t: ExecutionContext,
  { code, events, stdout, stderr }: Awaited<ReturnType<typeof wizard>>,
  expected: { readonly exit: number; readonly code: string },
): Line {
  const problems = events.filter((event) => event.type === 'problem');
  const [problem] = problems;
  t.is(problem?.code, expected.code, `${stdout}\n${stderr}`);
  t.is(problems.length, 1, stdout);
  for (const name of ['title', 'cause']) t.regex(String(problem?.[name]), /\S/);
  t.regex(JSON.stringify(problem?.nextSteps), /^\[".+"\]$/);
  t.like(events.at(-1), { type: 'result', command: 'apply', ok: false });
  t.false(events.some((event) => event.type === 'change' && event.state !== 'planned'));
  t.is(code, expected.exit);
  for (const secret of [PASSWORD, 'not-the-one']) t.false(stdout.includes(secret));
  return problem ?? { type: 'none' };
}

inLab.before('two bare machines, entered by a user who must give sudo a password', async (t) => {
  t.timeout(300_000);
  process.env.SUDO_PW = PASSWORD;
  await upFresh(LAB, { user: 'ops', sudoPassword: 'env:SUDO_PW' });
  good = asOperator(LAB, 'cat "$IAM_HA_WIZARD_CLUSTER"').stdout;
  for (const node of NODES) bare.set(node, snapshot(node));
});

inLab.after.always('the lab goes', async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  await down(LAB);
});

interface Case {
  readonly change: readonly [from: RegExp, to: string];
  readonly exit: 1 | 64;
  readonly code: string;
  readonly field: string;
  /** A text on the line that must be named. */
  readonly line: string;
  readonly node?: string;
}

const CASES: Readonly<Record<string, Case>> = {
  'the VIP outside the nodes’ subnet': {
    change: [/10\.0\.4\.99/, '10.0.5.99'],
    ...{ exit: 1, code: 'vip-outside-subnet', field: 'vip.address', line: '10.0.5.99' },
  },
  'a host that does not answer': {
    change: [/10\.0\.4\.21/, '10.0.4.77'],
    ...{ exit: 1, code: 'host-unreachable-route', field: 'nodes[1].address', line: '10.0.4.77' },
    node: 'iam-2',
  },
  'a port at which nobody listens': {
    change: [/user: ops/, 'user: ops\n  port: 2222'],
    ...{ exit: 1, code: 'host-unreachable-refused', field: 'ssh.port', line: '2222' },
  },
  'a wrong password of the login': {
    change: [/identityFile: .*/, 'password: env:WRONG_PASSWORD'],
    ...{ exit: 1, code: 'auth-refused', field: 'ssh.password', line: 'env:WRONG' },
  },
  'a wrong password for sudo': {
    change: [/sudoPassword: .*/, 'sudoPassword: env:WRONG_PASSWORD'],
    ...{ exit: 1, code: 'sudo-password-wrong', field: 'ssh.sudoPassword', line: 'env:WRONG' },
  },
  'no password for sudo': {
    change: [/\n.*sudoPassword: .*/, ''],
    ...{ exit: 64, code: 'sudo-password-needed', field: 'ssh.user', line: 'user: ops' },
  },
  'a user whom nobody knows': {
    change: [/user: ops\n.*identityFile: .*/, 'user: nobody-here'],
    ...{ exit: 1, code: 'auth-refused', field: 'ssh.user', line: 'nobody-here' },
  },
  'a host key that is not known': {
    change: [/knownHosts: .*/, `knownHosts: ${FOLDER}/none`],
    ...{ exit: 64, code: 'host-key-unknown', field: 'ssh.knownHosts', line: 'knownHosts' },
  },
};

for (const [name, { change, exit, code, field, line, node }] of Object.entries(CASES)) {
  inLab(`refused, and nothing is touched: ${name}`, async (t) => {
    const problem = verifyRefused(t, await apply(change), { exit, code });
    t.like(problem, { file: FILE, line: lineWith(line), field });
    if (node) t.is(problem.node, node);
    verifyUntouched(t);
  });
}

inLab('a host key that has changed is refused whatever is consented to', async (t) => {
  const known = join(FOLDER, 'changed');
  asOperator(
    LAB,
    `ssh-keygen -q -t ed25519 -N '' -f ${FOLDER}/other && echo "10.0.4.21 $(cut -d ' ' -f 1,2 ${FOLDER}/other.pub)" >${known}
grep '^10.0.4.20 ' "$(sed -n 's/.*knownHosts: //p' "$IAM_HA_WIZARD_CLUSTER")" >>${known}`,
  );
  const ran = await apply([/knownHosts: .*/, `knownHosts: ${known}`], '--accept-new-host-keys');
  const problem = verifyRefused(t, ran, { exit: 1, code: 'host-key-changed' });
  t.like(problem, {
    node: 'iam-2',
    file: FILE,
    line: lineWith('knownHosts'),
    field: 'ssh.knownHosts',
  });
  t.true(JSON.stringify(problem.nextSteps).includes(`ssh-keygen -R '10.0.4.21' -f '${known}'`));
  verifyUntouched(t);
});

inLab('--accept-new-host-keys takes a new key once; then it is known', async (t) => {
  const change = [/knownHosts: .*/, `knownHosts: ${FOLDER}/none`] as const;
  const plan = (...more: readonly string[]) =>
    wizard(LAB, ['plan', '--json', '--cluster', FILE, '--session', 'keys', ...more]);
  writeFileSync(FILE, good.replace(...change));
  const first = await plan('--accept-new-host-keys');
  t.is(first.code, 2, first.stdout.slice(-2000));
  t.is((await plan()).code, 2);
  verifyUntouched(t);
});

/** A fault of a node, and how it is mended again. */
interface Fault {
  readonly node: (typeof NODES)[number];
  readonly make: string;
  readonly mend: string;
  readonly code: string;
  /** Of the cluster file; else the problem names a file of the node. */
  readonly field?: string;
  readonly file?: string;
  readonly says: RegExp;
}

const listen80 = `import socket,time
s=socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("", 80)); s.listen(); print("on", flush=True); time.sleep(600)`;

const FAULTS: Readonly<Record<string, Fault>> = {
  'a distribution that we do not know': {
    node: 'iam-2',
    make: `cp -P /etc/os-release /root/os && rm /etc/os-release
printf 'NAME="Plan 9"\\nID=plan9\\nVERSION_ID=4\\n' >/etc/os-release`,
    mend: 'rm /etc/os-release && mv /root/os /etc/os-release',
    code: 'unknown-distribution',
    field: 'nodes[1]',
    says: /Plan 9/,
  },
  'port 80 served by something that is not nginx': {
    node: 'iam-2',
    make: `systemd-run --quiet --unit=their-web python3 -c '${listen80}'
for i in $(seq 100); do (: </dev/tcp/127.0.0.1/80) 2>/dev/null && exit 0; sleep 0.1; done; exit 1`,
    mend: 'systemctl stop their-web',
    code: 'port-taken',
    field: 'nodes[1]',
    says: /port 80 is used by python3/,
  },
  'a keepalived.conf that is somebody else’s': {
    node: 'iam-1',
    make: `mkdir /etc/keepalived && printf 'vrrp_instance theirs {\\n  interface eth0\\n}\\n' >/etc/keepalived/keepalived.conf`,
    mend: 'rm -r /etc/keepalived',
    code: 'foreign-configuration',
    file: '/etc/keepalived/keepalived.conf',
    says: /keepalived\.conf/,
  },
  'a site of nginx with our server_name that is somebody else’s': {
    node: 'iam-1',
    make: `mkdir -p /etc/nginx/sites-enabled
printf 'server {\\n  listen 80;\\n  server_name other.example iam.api.marmotedu.com;\\n}\\n' >/etc/nginx/sites-enabled/theirs`,
    mend: 'rm -r /etc/nginx',
    code: 'foreign-site',
    file: '/etc/nginx/sites-enabled/theirs',
    says: /server_name iam\.api\.marmotedu\.com/,
  },
};

for (const [name, { node, make, mend, code, field, file, says }] of Object.entries(FAULTS)) {
  inLab(`refused, and nothing is touched: ${name}`, async (t) => {
    t.timeout(120_000);
    onNode(LAB, node, make);
    const before = NODES.map(snapshot);
    try {
      const problem = verifyRefused(t, await apply(UNCHANGED), { exit: 1, code });
      t.is(problem.node, node);
      t.regex(String(problem.title), says);
      if (field) t.like(problem, { file: FILE, field, line: lineWith(`name: ${node}`) });
      else t.is(problem.file, file);
      t.deepEqual(NODES.map(snapshot), before);
    } finally {
      onNode(LAB, node, mend);
    }
    verifyUntouched(t);
  });
}

inLab('a lock that somebody holds: 75, and it stays theirs', async (t) => {
  const lock = '{"session":"theirs","token":"not-ours","user":"ada","host":"desk","pid":7}';
  onNode(LAB, 'iam-2', `mkdir -m 0700 /run/iam-ha-wizard; echo '${lock}' >/run/iam-ha-wizard/lock`);
  const problem = verifyRefused(t, await apply(UNCHANGED), { exit: 75, code: 'lock-held' });
  t.is(problem.node, 'iam-2');
  t.is(onNode(LAB, 'iam-2', 'cat /run/iam-ha-wizard/lock').trim(), lock);
  onNode(LAB, 'iam-2', 'rm -r /run/iam-ha-wizard');
  verifyUntouched(t);
});

inLab('--adopt takes a keepalived.conf over, with a copy; undo brings it back', async (t) => {
  t.timeout(400_000);
  const path = '/etc/keepalived/keepalived.conf';
  const theirs = 'vrrp_instance theirs {\n  interface eth0\n}\n';
  onNode(
    LAB,
    'iam-1',
    `mkdir /etc/keepalived && printf '%s' '${theirs}' >${path} && chmod 0604 ${path} && chown ops:ops ${path}`,
  );
  const taken = await apply(UNCHANGED, '--adopt');
  t.is(taken.code, 0, taken.stdout.slice(-3000));
  const adopted = (event: Line) => event.type === 'change' && event.code === 'file-adopt';
  t.like(taken.events.find(adopted), { node: 'iam-1', resource: `file:${path}` });
  t.regex(onNode(LAB, 'iam-1', `cat ${path}`), /iam-ha-wizard/);
  const undone = await wizard(LAB, ['undo', '--yes', '--json', '--cluster', FILE]);
  t.is(undone.code, 0, undone.stdout);
  t.is(onNode(LAB, 'iam-1', `cat ${path}`), theirs);
  t.is(onNode(LAB, 'iam-1', `stat -c '%a %U:%G' ${path}`).trim(), '604 ops:ops');
  onNode(LAB, 'iam-1', `systemctl stop keepalived && rm ${path}`);
});

inLab('a site of a running nginx is refused as well, also with --adopt', async (t) => {
  const site = '/etc/nginx/conf.d/a-theirs.conf';
  onNode(
    LAB,
    'iam-2',
    `printf 'server { listen 80; server_name iam.authz.marmotedu.com; }\\n' >${site} && systemctl start nginx && nginx -s reload`,
  );
  const before = NODES.map(snapshot);
  for (const consent of [[], ['--adopt']]) {
    const ran = await apply(UNCHANGED, ...consent);
    const problem = verifyRefused(t, ran, { exit: 1, code: 'foreign-site' });
    t.like(problem, { node: 'iam-2', file: site });
    t.deepEqual(NODES.map(snapshot), before);
  }
});
