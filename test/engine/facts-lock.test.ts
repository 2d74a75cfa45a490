import test from 'ava';
import { markedAtWork, parseAtWork } from '../../source/engine/facts/at-work.ts';
import {
  type LockRequest,
  leftAtWorkSnippet,
  lockSnippet,
  parseLock,
  releaseSnippet,
} from '../../source/engine/facts/lock.ts';
import { revealContent } from '../../source/model/index.ts';
import { canUnshare, World } from '../resources/world.ts';

const real = canUnshare() ? test : test.skip;

function request(token: string, more: Partial<LockRequest> = {}): LockRequest {
  const content = JSON.stringify({
    session: 'demo',
    sessionId: 's-1',
    host: 'desk',
    user: "o'brien",
    pid: 42,
    token,
    since: '2026-11-23T00:00:00.000Z',
  });
  return { token, content, takeOver: [], breakLock: false, ...more };
}

function take(world: World, wanted: LockRequest) {
  return parseLock(world.run(lockSnippet(wanted)).stdout);
}

real('a lock is taken once, kept by its holder, and refused to others', (t) => {
  const world = new World();
  t.deepEqual(take(world, request('a')), { kind: 'taken' });
  t.deepEqual(take(world, request('a')), { kind: 'taken' });
  t.like(take(world, request('b')), {
    kind: 'held',
    by: { session: 'demo', user: "o'brien", pid: '42', token: 'a' },
  });
  t.like(take(world, request('b', { takeOver: ['c'] })), { kind: 'held' });
  world.remove();
});

real('a dead run of ours is taken over; any lock is broken on demand', (t) => {
  const world = new World();
  take(world, request('a'));
  t.like(take(world, request('b', { takeOver: ['x', 'a'] })), {
    kind: 'taken-over',
    from: { token: 'a' },
  });
  t.like(take(world, request('c', { breakLock: true })), {
    kind: 'taken-over',
    from: { token: 'b' },
  });
  world.remove();
});

real('what a dead run still hands to other nodes ends with its lock, and with no other', (t) => {
  const world = new World();
  const watched = (wanted: LockRequest) => `systemctl() { echo "systemctl $*" >>/run/asked; }
${lockSnippet(wanted)}`;
  const asked = () => world.run('cat /run/asked 2>/dev/null; true').stdout;
  for (const token of ['a', 'a', 'b']) world.run(watched(request(token)));
  t.is(asked(), '');
  world.run(watched(request('b', { takeOver: ['a'] })));
  t.is(asked(), 'systemctl --no-ask-password stop iam-ha-share.service\n');
  world.remove();
});

real('only the holder gives a lock back', (t) => {
  const world = new World();
  take(world, request('a'));
  t.is(world.run(releaseSnippet('b')).exitCode, 0);
  t.like(take(world, request('b')), { kind: 'held' });
  t.is(world.run(releaseSnippet('a')).exitCode, 0);
  t.deepEqual(take(world, request('b')), { kind: 'taken' });
  world.remove();
});

real('releasing where there is no lock changes nothing', (t) => {
  const world = new World();
  t.is(world.run(releaseSnippet('a')).exitCode, 0);
  t.deepEqual(world.manifest('run').length, 1);
  world.remove();
});

real("a lock that cannot be read is still somebody's", (t) => {
  const world = new World();
  world.write('run/iam-ha-wizard/lock', 'garbage');
  t.like(take(world, request('a')), { kind: 'held', by: { user: '?' } });
  world.remove();
});

real('of many at once exactly one takes it', async (t) => {
  const world = new World();
  const many = Array.from({ length: 8 }, (_, index) => lockSnippet(request(`t${index}`)));
  const script = many.map((one, index) => `{ ${one}\n} >/run/out-${index} &\n`).join('');
  world.run(`${script}wait\n`);
  const answers = many.map((_, index) => world.read(`run/out-${index}`).split(/\s/)[0]);
  t.deepEqual(answers.toSorted(), [...Array.from({ length: 7 }, () => 'held'), 'taken']);
  world.remove();
});

test('what is no answer is none', (t) => {
  t.is(parseLock(''), null);
  t.is(parseLock('bash: flock: command not found'), null);
});

const atWork = (world: World, wanted: LockRequest) =>
  parseAtWork(world.run(leftAtWorkSnippet(wanted)).stdout);

real('a script at work is told to the holder of the lock, and keeps the folder', (t) => {
  const world = new World();
  take(world, request('a'));
  const look = `{ ${leftAtWorkSnippet(request('a'))}\n${leftAtWorkSnippet(request('b'))}\n}\n`;
  const leave = revealContent(releaseSnippet('a'));
  const ran = world.run([...markedAtWork([look]), leave, 'ls -d /run/iam-ha-wizard\n']);
  t.is(ran.stdout, 'script\n/run/iam-ha-wizard\n');
  take(world, request('a'));
  t.deepEqual(atWork(world, request('a')), []);
  world.remove();
});

real(
  'what a dead run held changed is put back by the next holder, when no script is at work',
  (t) => {
    const world = new World();
    take(world, request('a'));
    const folder = '/run/iam-ha-wizard/restore/thing';
    world.run(`mkdir -p ${folder}\necho 'echo "put back" >>/run/said' >${folder}/run\n`);
    const said = 'cat /run/said 2>/dev/null; true\n';
    t.deepEqual(atWork(world, request('b')), []);
    world.run([...markedAtWork([`{ ${leftAtWorkSnippet(request('a'))}\n}\n`])]);
    t.is(world.run(said).stdout, '', 'neither by another nor beside a script');
    t.deepEqual(atWork(world, request('a')), []);
    t.is(world.run(said).stdout, 'put back\n');
    world.remove();
  },
);
