import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { operatorEntry } from '../../source/lab/index.ts';
import {
  differences,
  down,
  inLab,
  labName,
  manifest,
  onNode,
  startWizard,
  until,
  upFresh,
  wizard,
} from './_lab.ts';

/** A restart of IAM's services on both nodes under load, and what is left when the wizard dies in one. */
const LAB = labName('rolling');
const NODES = ['iam-1', 'iam-2'] as const;
const DAEMONS = ['iam-apiserver', 'iam-authz-server'] as const;
const DOMAINS = ['iam.api.marmotedu.com', 'iam.authz.marmotedu.com'] as const;

/** As after a run that was killed between its files and their load: a restart is due. */
function makeRestartsDue(): void {
  const records = DAEMONS.map((daemon) => `/var/lib/iam-ha-wizard/sets/${daemon}`).join(' ');
  for (const node of NODES) onNode(LAB, node, `sed -i '/^loaded /d' ${records}`);
}

/** IAM ends without an answer to what it has begun. The stand-in is more polite: it is made to end so, too. */
function makeStopsRude(): void {
  const place = (daemon: string) => `/run/systemd/system/${daemon}.service.d`;
  const rude = DAEMONS.map(
    (daemon) =>
      `mkdir -p ${place(daemon)}; printf '[Service]\\nKillSignal=SIGKILL\\n' >${place(daemon)}/rude.conf`,
  );
  for (const node of NODES) onNode(LAB, node, [...rude, 'systemctl daemon-reload'].join('\n'));
}

interface Load {
  readonly answered: Readonly<Record<string, number>>;
  readonly failures: readonly string[];
}

/** Clients of both domains from now on, until `end` is called. */
async function startLoad(): Promise<{ readonly end: () => Promise<Load> }> {
  const program = fileURLToPath(new URL('_load.ts', import.meta.url));
  const words = [process.execPath, '--import=tsx', program, '10.0.4.99', ...DOMAINS];
  const { argv, env } = operatorEntry(LAB, words, process.env);
  const [command = '', ...rest] = argv;
  const child = spawn(command, rest, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const closed = new Promise((resolve) => child.on('close', resolve));
  await until('clients are answered', () => said.startsWith('ready\n'), 60);
  return {
    end: async () => {
      child.stdin.end();
      await closed;
      return JSON.parse(said.slice('ready\n'.length)) as Load;
    },
  };
}

function startTimes(node: string): readonly string[] {
  const show = (daemon: string) =>
    onNode(LAB, node, `systemctl show -p MainPID --value ${daemon}`).trim();
  return DAEMONS.map(show);
}

/** What a drain puts on a node: nothing of it may stay. */
function traces(node: string): string {
  return onNode(
    LAB,
    node,
    `grep -o ' /etc/nginx/[^ ]*' /proc/self/mountinfo; ls /run/iam-ha-wizard/restore 2>/dev/null
systemctl list-units --all --plain --no-legend 'iam-ha-drain*'; nginx -T 2>/dev/null | grep ' down;'; true`,
  );
}

async function verifyWhole(t: ExecutionContext): Promise<void> {
  const { code, events } = await wizard(LAB, ['check', '--json']);
  t.deepEqual(
    events.filter((event) => event.type === 'check' && event.verdict !== 'passed'),
    [],
  );
  t.is(code, 0);
}

inLab.before('a pair, and nothing wrong with it', async (t) => {
  t.timeout(600_000);
  await upFresh(LAB);
  const { code, stdout } = await wizard(LAB, ['apply', '--yes', '--json']);
  t.is(code, 0, stdout);
  makeStopsRude();
});

inLab('no request is lost while both services restart on both nodes', async (t) => {
  t.timeout(300_000);
  const files = NODES.map((node) => manifest(LAB, node));
  const before = NODES.map(startTimes);
  makeRestartsDue();
  const load = await startLoad();
  const { code, result, stdout } = await wizard(LAB, ['apply', '--yes', '--json']);
  const { answered, failures } = await load.end();
  t.log(answered);
  t.is(code, 0, stdout);
  t.is(result.changed, 4);
  t.deepEqual(failures, []);
  for (const domain of DOMAINS) t.true((answered[`GET ${domain}/healthz`] ?? 0) > 200);
  t.true((answered[`POST ${DOMAINS[0]}/login`] ?? 0) > 2);
  for (const [index, node] of NODES.entries()) {
    const after = startTimes(node);
    for (const [at, pid] of before[index]?.entries() ?? []) t.not(after[at], pid);
    t.is(traces(node), '');
    t.deepEqual(differences(files[index] ?? new Map(), manifest(LAB, node)), []);
  }
  await verifyWhole(t);
});

inLab('killed while a backend is out: the node puts it back, or the next run does', async (t) => {
  t.timeout(300_000);
  const isOut = () => NODES.some((node) => traces(node).includes(' down;'));
  const killInTheMiddle = async () => {
    makeRestartsDue();
    const running = startWizard(LAB, ['apply', '--yes', '--json']);
    await until('a backend is out', isOut, 60);
    running.kill('SIGKILL');
    await running.ended;
  };
  await killInTheMiddle();
  t.true(isOut());
  await until('the nodes put it back', () => NODES.every((node) => traces(node) === ''), 120);
  await killInTheMiddle();
  const { code, stdout } = await wizard(LAB, ['apply', '--yes', '--json']);
  t.is(code, 0, stdout);
  for (const node of NODES) t.is(traces(node), '');
  await verifyWhole(t);
});

inLab.after.always('nothing stays', () => down(LAB));
