import test from 'ava';
import type { LockWish } from '../../source/engine/facts/gather.ts';
import { relock } from '../../source/engine/facts/relock.ts';
import {
  type NodeName,
  OperatorError,
  type Ports,
  revealContent,
} from '../../source/model/index.ts';

const NODE = 'iam-1' as NodeName;
const holder = {
  session: 'demo',
  sessionId: 's-1',
  host: 'desk',
  user: 'ops',
  pid: 42,
  token: 'ours',
  since: '2026-11-26T00:00:00.000Z',
};
const wish = { holder, takeOver: ['dead'], breakLocks: [] } as unknown as LockWish;

/** A node that answers with these words; and the scripts that it was given. */
function node(stdout: string) {
  const scripts: string[] = [];
  const run = async (_: NodeName, script: Parameters<typeof revealContent>[0]) => {
    scripts.push(revealContent(script));
    return { kind: 'exited', exitCode: 0, stdout, stderr: '' };
  };
  return { ports: { nodes: { run } } as unknown as Ports, scripts };
}

for (const [name, said] of [
  ['gone with a reboot', 'taken\n'],
  ['left by a dead run of ours', `taken-over ${Buffer.from('{}').toString('base64')}\n`],
] as const)
  test(`a lock that has ${name} is taken, in one round trip`, async (t) => {
    const { ports, scripts } = node(said);
    await relock(NODE, wish, ports);
    t.is(scripts.length, 1);
    t.true(scripts[0]!.includes('"token":"ours"') && scripts[0]!.includes('"token":"dead"'));
  });

test('who has taken it meanwhile is named, and the run ends with 75', async (t) => {
  const theirs = JSON.stringify({ ...holder, user: 'eve', token: 'theirs' });
  const { ports } = node(`held ${Buffer.from(theirs).toString('base64')}\n`);
  const error = await t.throwsAsync(relock(NODE, wish, ports), { instanceOf: OperatorError });
  t.is(error.exitCode, 75);
  t.is(error.problems[0].node, NODE);
  t.true(JSON.stringify(error.problems).includes('eve'));
});

test('a node that says nothing is not taken for ours', async (t) => {
  await t.throwsAsync(relock(NODE, wish, node('').ports), { instanceOf: OperatorError });
});
