import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ava, { type ExecutionContext } from 'ava';
import {
  cutPower,
  isLabPossible,
  labDown,
  labPlaces,
  labStatus,
  labUp,
  machineEntry,
  operatorEntry,
  setCable,
} from '../../source/lab/index.ts';
import { machineInit } from '../../source/lab/machines.ts';
import { OperatorError } from '../../source/model/index.ts';
import { hostState, machinesByCgroup, tracesOf } from './_lab-traces.ts';

// Where no lab can be made, each of these is skipped, by name.
const test = isLabPossible().possible ? ava.serial : ava.serial.skip;

const LAB = `cycle-${process.pid}`;
const OTHER = `other-${process.pid}`;
const quiet = () => {};
const context = { report: quiet, env: process.env };

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** Far longer than any command here takes: one that hangs fails its test. */
const ENDING = { timeout: 60_000, killSignal: 'SIGKILL' } as const;

function ran({ argv, env }: ReturnType<typeof operatorEntry>, input = ''): Ran {
  const [program = '', ...rest] = argv;
  const done = spawnSync(program, rest, { env, input, encoding: 'utf8', ...ENDING });
  return { code: done.status, out: done.stdout, errors: done.stderr };
}

const asOperator = (...argv: string[]) => ran(operatorEntry(LAB, argv, process.env));
const onMachine = (name: string, ...argv: string[]) =>
  ran(machineEntry(LAB, name, argv, process.env));

function ssh(address: string, command: string, lab = LAB): Ran {
  const { identity, knownHosts } = labPlaces(lab);
  const options = [`UserKnownHostsFile=${knownHosts}`, 'BatchMode=yes', 'ConnectTimeout=5'];
  const flags = options.flatMap((option) => ['-o', option]);
  const argv = ['ssh', '-F', '/dev/null', '-i', identity, ...flags, `root@${address}`, command];
  return ran(operatorEntry(lab, argv, process.env));
}

/** Whether port 22 of the address answers the operator within a second. */
function isReached(address: string): boolean {
  return asOperator('timeout', '1', 'bash', '-c', `: < /dev/tcp/${address}/22`).code === 0;
}

async function until(t: ExecutionContext, what: string, isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!isSo()) {
    if (Date.now() > deadline) return t.fail(`not within 30 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const stateOf = (node: string) => labStatus(LAB).nodes.find(({ name }) => name === node)?.state;

let before = '';

ava.before(() => {
  if (isLabPossible().possible) before = hostState();
});

ava.after.always(async () => {
  for (const lab of [LAB, OTHER]) await labDown(lab, quiet, process.env);
});

test('up makes two nodes that answer SSH, known by their keys', async (t) => {
  const { changed, cluster } = await labUp({ name: LAB }, context);
  t.true(changed);
  t.true(existsSync(cluster));
  for (const [index, address] of ['10.0.4.20', '10.0.4.21'].entries()) {
    const { out, errors } = ssh(address, 'hostname && systemctl is-system-running');
    t.is(out, `iam-${index + 1}\nrunning\n`, errors);
  }
});

test('status tells of each node, and where the cluster file is', (t) => {
  t.deepEqual(labStatus(LAB), {
    name: LAB,
    up: true,
    ok: true,
    nodes: [
      { name: 'iam-1', address: '10.0.4.20', state: 'running' },
      { name: 'iam-2', address: '10.0.4.21', state: 'running' },
    ],
    hasCloud: true,
    cloud: { endpoint: 'http://10.0.4.1:8800', havips: [], eips: [] },
    cluster: `/var/lib/iam-ha-wizard-lab/${LAB}/cluster.yaml`,
  });
});

test('up on a lab that is up changes nothing', async (t) => {
  const boot = () => ssh('10.0.4.20', 'cat /proc/sys/kernel/random/boot_id').out;
  const first = boot();
  const { changed } = await labUp({ name: LAB }, context);
  t.false(changed);
  t.is(boot(), first);
});

test('up with other options than the lab that is up has is refused', async (t) => {
  const error = await t.throwsAsync(labUp({ name: LAB, nodes: 3 }, context));
  t.true(error instanceof OperatorError && error.problems[0].code === 'lab-differs');
});

test("nothing of the lab is in this computer's own network", (t) => {
  t.is(hostState(), before);
});

test("no cgroup holds two machines' processes", (t) => {
  const groups = machinesByCgroup(LAB);
  const mine = [...groups].filter(([path]) => path.includes(`/iam-ha-wizard-lab/${LAB}/`));
  t.true(mine.length > 20);
  for (const [path, machines] of groups) t.true(machines.size <= 1, `${path}: ${machines.size}`);
  const machines = new Set(mine.flatMap(([, all]) => [...all]));
  t.is(machines.size, 3);
  for (const machine of machines) {
    const where = mine.filter(([, all]) => all.has(machine)).map(([path]) => path);
    t.is(new Set(where.map((path) => path.split(`/${LAB}/`)[1]?.split('/')[0])).size, 1);
  }
});

test('run: arguments, input and exit code pass unchanged, and nothing is added', (t) => {
  const words = ['a b', '--', '$HOME', '-x'];
  const echoed = asOperator('printf', '%s\n', ...words);
  t.deepEqual(echoed, { code: 0, out: 'a b\n--\n$HOME\n-x\n', errors: '' });
  t.is(ran(operatorEntry(LAB, ['cat'], process.env), 'in').out, 'in');
  t.is(asOperator('sh', '-c', 'exit 7').code, 7);
  t.is(asOperator('sh', '-c', 'echo $IAM_HA_WIZARD_CLUSTER').out, `${labStatus(LAB).cluster}\n`);
  t.regex(asOperator('ip', '-brief', 'address').out, /10\.0\.4\.10\/24/);
});

test('what cannot be started is said with exit code 125', (t) => {
  const entries = [
    () => operatorEntry(LAB, ['no-such-command'], process.env),
    () => operatorEntry('nobody', ['true'], process.env),
    () => machineEntry(LAB, 'iam-1', ['no-such-command'], process.env),
    () => machineEntry(LAB, 'iam-9', ['true'], process.env),
    () => machineEntry(LAB, '../iam-1', ['true'], process.env),
  ];
  for (const entry of entries) t.is(t.throws(entry, { instanceOf: OperatorError })?.exitCode, 125);
});

test('exec works on a machine whose network is down', (t) => {
  t.is(onMachine('iam-2', 'ip', 'link', 'set', 'eth0', 'down').code, 0);
  t.is(onMachine('iam-2', 'hostname').out, 'iam-2\n');
  onMachine('iam-2', 'ip', 'link', 'set', 'eth0', 'up');
  onMachine('iam-2', 'ip', 'route', 'add', 'default', 'via', '10.0.4.1');
});

test("the machines can do what the wizard needs, and not touch the computer's clock", (t) => {
  const script =
    'unshare -m sh -c "mount --bind /etc /mnt && test -e /mnt/passwd" && unshare -n true';
  t.is(ssh('10.0.4.20', script).code, 0);
  t.is(ssh('10.0.4.20', 'echo 1 > /proc/sys/net/ipv4/ip_nonlocal_bind').code, 0);
  t.not(ssh('10.0.4.20', 'echo 60 > /proc/sys/kernel/panic').code, 0);
  t.not(ssh('10.0.4.20', 'date -s 2020-01-01').code, 0);
  t.not(onMachine('iam-1', 'date', '-s', '2020-01-01').code, 0);
  t.is(ssh('10.0.4.20', 'systemd-run --wait --quiet true').code, 0);
});

test('packages come from the local repository alone', (t) => {
  const command = 'apt-get -qq update && apt-cache policy keepalived | grep -o "file:[^ ]*"';
  t.regex(onMachine('iam-1', 'sh', '-c', command).out, /^file:\/srv\/packages\n/);
});

test('the client outside answers SSH, and reaches no private address', (t) => {
  t.is(ssh('198.51.100.10', 'hostname').out, 'client\n');
  for (const address of ['10.0.4.20', '10.0.4.99'])
    t.regex(onMachine('client', 'ping', '-c1', '-W1', address).out, / 0 received/);
});

test('nothing leads out of the lab', (t) => {
  for (const address of ['192.0.2.1', '10.0.5.1']) t.false(isReached(address));
});

test('a pulled cable stays pulled over a reboot', async (t) => {
  t.true(isReached('10.0.4.21'));
  setCable(LAB, 'iam-2', false);
  t.false(isReached('10.0.4.21'));
  // a machine that goes down is not entered to be asked: it has another process 1 afterwards
  const init = machineInit(LAB, 'iam-2');
  onMachine('iam-2', 'systemctl', 'reboot');
  const isBootedAgain = () => machineInit(LAB, 'iam-2') !== init && stateOf('iam-2') === 'running';
  await until(t, 'iam-2 is back', isBootedAgain);
  t.false(isReached('10.0.4.21'));
  setCable(LAB, 'iam-2', true);
  await until(t, 'iam-2 answers', () => isReached('10.0.4.21'));
});

test('both nodes reboot at once: files stay, added addresses go', async (t) => {
  const nodes = ['iam-1', 'iam-2'] as const;
  const inits = nodes.map((node) => {
    onMachine(node, 'sh', '-c', 'echo kept > /etc/kept; ip address add 10.0.4.99/32 dev eth0');
    return machineInit(LAB, node);
  });
  for (const node of nodes) onMachine(node, 'systemctl', 'reboot');
  for (const [index, node] of nodes.entries()) {
    const isBack = () => machineInit(LAB, node) !== inits[index] && stateOf(node) === 'running';
    await until(t, `${node} is back`, isBack);
    t.is(onMachine(node, 'cat', '/etc/kept').out, 'kept\n');
    t.false(onMachine(node, 'ip', 'address').out.includes('10.0.4.99'));
  }
});

for (const way of ['powered off', 'cut off from power'] as const) {
  test(`a machine that is ${way} stays off and does not answer; up starts it again`, async (t) => {
    onMachine('iam-2', 'sh', '-c', 'echo kept > /root/kept; sync');
    if (way === 'powered off') onMachine('iam-2', 'systemctl', 'poweroff');
    else cutPower(LAB, 'iam-2');
    await until(t, 'iam-2 is off', () => stateOf('iam-2') === 'off');
    t.false(labStatus(LAB).ok);
    t.false(isReached('10.0.4.21'));
    t.true((await labUp({ name: LAB }, context)).changed);
    t.is(ssh('10.0.4.21', 'cat /root/kept').out, 'kept\n');
  });
}

test('two labs of different names do not meet', async (t) => {
  await labUp({ name: OTHER, user: 'admin' }, context);
  t.is(ssh('10.0.4.20', 'cat /etc/kept').out, 'kept\n');
  t.not(ssh('10.0.4.20', 'true', OTHER).code, 0, 'root may not log in there');
  t.is(
    ran(
      machineEntry(OTHER, 'iam-1', ['sudo', '-u', 'admin', 'sudo', '-n', 'id', '-un'], process.env),
    ).out,
    'root\n',
  );
  t.true(await labDown(OTHER, quiet, process.env));
  t.deepEqual(tracesOf(OTHER), []);
  t.is(ssh('10.0.4.20', 'hostname').out, 'iam-1\n');
});

test('down leaves nothing, not even a shell that was open in it', async (t) => {
  const { argv, env } = operatorEntry(LAB, ['sleep', '1000'], process.env);
  const guest = spawn(argv[0]!, argv.slice(1), { env });
  const ended = new Promise((resolve) => guest.on('close', resolve));
  await until(t, 'the guest is in', () => asOperator('true').code === 0);
  t.true(await labDown(LAB, quiet, process.env));
  await ended;
  t.deepEqual(tracesOf(LAB), []);
  t.is(hostState(), before);
  t.false(await labDown(LAB, quiet, process.env));
});

/** Starts `up` in a process of its own, and kills it if it has not ended after so many milliseconds. */
function killedUp(afterMs: number, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const child = fileURLToPath(new URL('_lab-child.ts', import.meta.url));
  const options = JSON.stringify({ name: LAB });
  const made = spawn(process.execPath, ['--import=tsx', child, options], { env });
  return new Promise((resolve) => {
    const timer = setTimeout(() => made.kill('SIGKILL'), afterMs);
    made.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

test('a command that finds another one at work on the lab says so and touches nothing', async (t) => {
  const made = killedUp(20_000);
  await until(t, 'up has begun', () => existsSync(labPlaces(LAB).spec));
  for (const command of [
    () => labDown(LAB, quiet, process.env),
    () => labUp({ name: LAB }, context),
  ])
    t.is((await t.throwsAsync(command(), { instanceOf: OperatorError }))?.exitCode, 75);
  await made;
  t.true(labStatus(LAB).ok);
  await labDown(LAB, quiet, process.env);
});

const MOMENTS = 10;
/** About what `up` takes with caches, start of Node included. */
const SPAN_MS = 3500;

for (let moment = 0; moment < MOMENTS; moment += 1) {
  test(`up killed at random moment ${moment + 1} of ${MOMENTS}: down leaves nothing`, async (t) => {
    const afterMs = Math.round(((moment + Math.random()) / MOMENTS) * SPAN_MS);
    t.log(`killed after ${afterMs} ms`);
    await killedUp(afterMs);
    await labDown(LAB, quiet, process.env);
    t.deepEqual(tracesOf(LAB), []);
    t.is(hostState(), before);
  });
}

test('up after a killed up makes a whole lab', async (t) => {
  await killedUp(2000);
  await labUp({ name: LAB }, context);
  t.is(ssh('10.0.4.21', 'hostname').out, 'iam-2\n');
  await labDown(LAB, quiet, process.env);
  t.deepEqual(tracesOf(LAB), []);
});

test('an image build that was killed counts for nothing, and down removes it', async (t) => {
  const cache = mkdtempSync(join(tmpdir(), 'lab-cache-'));
  const env = { ...process.env, XDG_CACHE_HOME: cache };
  await killedUp(6000, env);
  const built = join(cache, 'iam-ha-wizard/lab');
  const isPart = (name: string) => name.endsWith('.part');
  t.true(readdirSync(built).some(isPart));
  await labDown(LAB, quiet, env);
  t.deepEqual(
    readdirSync(built).filter((name) => name !== 'lock'),
    [],
  );
  t.deepEqual(tracesOf(LAB), []);
  rmSync(cache, { recursive: true });
});
