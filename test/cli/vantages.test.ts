import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import type { ConnectedNodes } from '../../source/cli/nodes-port.ts';
import { vantagePorts } from '../../source/cli/vantages.ts';
import {
  type ConnectAction,
  type HttpAction,
  OperatorError,
  type Sample,
} from '../../source/model/index.ts';
import { clusterOf, SHORT } from '../cluster/_examples.ts';
import { answerOk, startServer, target } from '../drivers/prober/helpers/server.ts';
import {
  aTarget,
  newHostKey,
  startServer as startSshd,
  stopServers,
} from '../drivers/ssh/helpers/server.ts';

test.after.always(stopServers);

const cluster = clusterOf(SHORT);
const third = { kind: 'ssh', host: 'third' } as const;

/** The ports of a run that knows a machine `third` by its `~/.ssh/config`, and counts who enters it. */
async function aRun(t: ExecutionContext, isLetIn = true) {
  let entered = 0;
  const sshd = await startSshd({
    forwards: true,
    hostKeys: [newHostKey()],
    admit: () => {
      if (!isLetIn) return [];
      entered += 1;
      return true;
    },
  });
  const [, ssh] = await aTarget(sshd);
  const config = await readFile(ssh.configFile!, 'utf8');
  const host = `Host third\n  HostName 127.0.0.1\n  Port ${sshd.port}\n  User root\n\nHost *\n${config}`;
  await writeFile(ssh.configFile!, host);
  const nobody = () => Promise.reject(new Error('no node is asked'));
  const nodes = { forward: nobody } as unknown as ConnectedNodes;
  const ports = vantagePorts({ cluster, ssh, connect: () => nodes, nodes });
  t.teardown(() => ports.close());
  return { ports, sshd, entered: () => entered };
}

const get = (port: number): HttpAction => ({
  kind: 'http',
  vantage: third,
  address: '127.0.0.1',
  port,
  host: 'iam.api.marmotedu.com',
  path: '/healthz',
  timeoutMs: 5000,
});

test('requests from a third machine: one SSH connection for those of one look', async (t) => {
  const { ports, entered } = await aRun(t);
  const server = await startServer(t, answerOk);
  for (let n = 0; n < 3; n += 1)
    t.like(await ports.http(get(server.port)), { kind: 'answered', status: 200 });
  const bare: ConnectAction = { ...get(server.port), kind: 'connect' };
  t.like(await ports.connect(bare), { outcome: 'open' });
  t.is(entered(), 1);
});

test('what was asked there and refused is a refusal, measured', async (t) => {
  const { ports } = await aRun(t);
  const server = await startServer(t, answerOk);
  server.refuse();
  const answer = await ports.http(get(server.port));
  t.is(answer.kind, 'no-answer');
  t.false('unmeasured' in answer);
});

test('a machine that is lost is entered again', async (t) => {
  const { ports, sshd, entered } = await aRun(t);
  const server = await startServer(t, answerOk);
  t.like(await ports.http(get(server.port)), { kind: 'answered' });
  sshd.drop();
  const until = performance.now() + 10_000;
  let answer = await ports.http(get(server.port));
  while (answer.kind !== 'answered' && performance.now() < until) {
    t.like(answer, { unmeasured: true });
    await sleep(20);
    answer = await ports.http(get(server.port));
  }
  t.is(answer.kind, 'answered');
  t.is(entered(), 2);
});

test('a machine that lets nobody in: not measured, with its reason', async (t) => {
  const { ports } = await aRun(t, false);
  const answer = await ports.http(get(80));
  t.like(answer, { kind: 'no-answer', unmeasured: true });
  t.truthy(answer.kind === 'no-answer' && answer.problem);
  const bare: ConnectAction = { ...get(80), kind: 'connect' };
  t.like(await ports.connect(bare), { outcome: 'unmeasured' });
});

test('the prober asks from there, and gives its connections back', async (t) => {
  const { ports, entered } = await aRun(t);
  const server = await startServer(t, answerOk);
  const targets = [target(server.port, { vantage: third }), target(server.port)];
  const measuring = await ports.prober(targets, 20);
  const isEnough = () =>
    [0, 1].every((one) => measuring.samplesSince(0, (of) => of === one).length > 10);
  while (!isEnough()) await sleep(20);
  const [remote = [], here = []] = await measuring.stop();
  // a busy computer may keep the server here from answering in time
  const isOkOrOverdue = ({ outcome, reason = '' }: Sample) =>
    outcome !== 'failed' || reason.endsWith('-timeout');
  t.deepEqual(
    [...remote, ...here].filter((one) => !isOkOrOverdue(one)),
    [],
  );
  t.is(measuring.absent?.size, 0);
  t.is(entered(), 1);
});

test('the prober does without a machine that lets nobody in, and says why', async (t) => {
  const { ports } = await aRun(t, false);
  const server = await startServer(t, answerOk);
  const absent = target(server.port, { vantage: third });
  const measuring = await ports.prober([absent, target(server.port), absent], 100);
  while (measuring.samplesSince(0).length < 5) await sleep(20);
  const [nobody = [], here = []] = await measuring.stop();
  t.deepEqual(nobody, []);
  t.true(here.length > 0);
  t.deepEqual([...(measuring.absent?.keys() ?? [])], [0, 2]);
  await t.throwsAsync(ports.prober([absent], 100), { instanceOf: OperatorError });
});
