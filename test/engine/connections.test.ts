import test from 'ava';
import { check } from '../../source/engine/check-run.ts';
import {
  type Check,
  type ConnectAction,
  failed,
  message,
  passed,
  problem,
} from '../../source/model/index.ts';
import { createWorld, stage } from './_world.ts';

const to = (port: number): ConnectAction => ({
  kind: 'connect',
  vantage: { kind: 'here' },
  address: '10.0.4.20',
  port,
  timeoutMs: 100,
});

const closed: Check = {
  id: 'closed',
  node: null,
  title: message('x'),
  measurements: [to(3306), to(6379)],
  judge: (measured) =>
    measured.some((one) => one.kind === 'connect' && one.outcome === 'open')
      ? failed(problem('port-open-to-others'))
      : passed(message('fine')),
  deadlineMs: 0,
};

test('connections are made side by side, and each result reaches its check', async (t) => {
  const world = createWorld();
  let waiting = 0;
  let most = 0;
  const connect = async ({ port }: ConnectAction) => {
    waiting += 1;
    most = Math.max(most, waiting);
    await new Promise((resolve) => setTimeout(resolve, 5));
    waiting -= 1;
    const outcome = port === 6379 ? 'open' : 'silent';
    return { kind: 'connect', outcome, reason: '' } as const;
  };
  const plan = stage('one', [], { checks: [closed] });
  const [judged] = await check([plan], { ...world.ports, connect });
  t.is(judged?.verdict.state, 'failed');
  t.is(most, 2);
});
