import test from 'ava';
import fc from 'fast-check';
import type { NodeName } from '../../source/model/index.ts';
import { blockText, planBlock } from '../../source/resources/block.ts';
import { configSet } from '../../source/resources/config-set.ts';
import { canUnshare, World } from './world.ts';

const LINES = ['127.0.0.1 iam.api.marmotedu.com', '127.0.0.1 iam.authz.marmotedu.com'];

test('a block goes to the end of the file, after a line end of its own if need be', (t) => {
  t.is(planBlock('/etc/hosts', 'a\n', 's', LINES).text, `a\n${blockText('s', LINES)}`);
  t.is(planBlock('/etc/hosts', 'a', 's', LINES).text, `a\n${blockText('s', LINES)}`);
  t.is(planBlock('/etc/hosts', '', 's', LINES).text, blockText('s', LINES));
});

test('a block stays where it is, and what is around it too', (t) => {
  const text = `a\n${blockText('s', ['127.0.0.1 old'])}b\n`;
  t.is(planBlock('/etc/hosts', text, 's', LINES).text, `a\n${blockText('s', LINES)}b\n`);
});

test('names that other lines have are left to them', (t) => {
  const text =
    '127.0.0.1 localhost iam.api.marmotedu.com # by hand\n10.9.9.9 iam.authz.marmotedu.com\n';
  const plan = planBlock('/etc/hosts', text, 's', LINES);
  t.is(plan.text, text);
  t.deepEqual(plan.lines, []);
  t.deepEqual(plan.elsewhere, ['iam.authz.marmotedu.com']);
});

test("a name in a comment is nobody's", (t) => {
  const text = '# 10.9.9.9 iam.api.marmotedu.com\n';
  t.is(planBlock('/etc/hosts', text, 's', LINES).lines.length, 2);
});

test('a block that is right is not touched, whatever others write', (t) => {
  const text = `${blockText('s', LINES)}10.9.9.9 iam.api.marmotedu.com\n`;
  t.is(planBlock('/etc/hosts', text, 's', LINES).text, text);
});

test('whatever the file is, a second plan changes nothing', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '#', '1', '.') }), (text) => {
      const once = planBlock('/etc/hosts', text, 's', LINES).text;
      t.is(planBlock('/etc/hosts', once, 's', LINES).text, once);
      t.true(once.startsWith(text));
    }),
  );
});

function hosts(path: string, lines = LINES) {
  return configSet({
    node: 'iam-1' as NodeName,
    name: 'hosts',
    files: [],
    blocks: [{ path, lines }],
    consents: { adopt: false, overwrite: [] },
    session: { name: 'lab', id: 'id-1' },
  });
}

const real = canUnshare() ? test : test.skip;
const ODD = Buffer.concat([
  Buffer.from('127.0.0.1 localhost\n# caf'),
  Buffer.from([0xe9, 0x20, 0xff]),
]);

for (const mounted of [false, true]) {
  real(
    `an undo takes exactly our block${mounted ? ', in a file that is a mount' : ''}`,
    async (t) => {
      const world = new World();
      const before = mounted ? `mount --bind ${world.root}/srv/hosts /srv/hosts` : '';
      const run = world.run.bind(world);
      world.run = (script) => run(script, before);
      world.write('srv/hosts', ODD);
      const manifest = world.manifest();
      const { change, result } = world.apply(hosts('/srv/hosts'));
      t.is(result.exitCode, 0, result.stderr);
      t.true(world.read('srv/hosts').includes('BEGIN iam-ha-wizard hosts\n127.0.0.1 iam.api'));
      t.is(world.plan(hosts('/srv/hosts')).kind, 'settled');
      t.notRegex(await world.undo(change), /^left/m);
      t.deepEqual(world.manifest(), manifest);
      world.remove();
    },
  );
}

real('an undo leaves what others wrote since; an older block comes back', async (t) => {
  const world = new World();
  world.write('srv/hosts', 'theirs\n');
  const first = world.apply(hosts('/srv/hosts', ['127.0.0.1 one']));
  const second = world.apply(hosts('/srv/hosts', ['127.0.0.1 two']));
  world.write('srv/hosts', `before\n${world.read('srv/hosts')}after\n`);
  t.is(world.plan(hosts('/srv/hosts', ['127.0.0.1 two'])).kind, 'settled');
  await world.undo(second.change);
  t.is(world.read('srv/hosts'), `before\ntheirs\n${blockText('hosts', ['127.0.0.1 one'])}after\n`);
  await world.undo(first.change);
  t.is(world.read('srv/hosts'), 'before\ntheirs\nafter\n');
  world.remove();
});

real('an edit inside our block is refused', (t) => {
  const world = new World();
  world.write('srv/hosts', 'theirs\n');
  world.apply(hosts('/srv/hosts'));
  world.write(
    'srv/hosts',
    world.read('srv/hosts').replace('127.0.0.1 iam.api', '10.0.4.99 iam.api'),
  );
  t.like(world.plan(hosts('/srv/hosts')), {
    kind: 'refused',
    problem: { code: 'managed-file-changed', file: '/srv/hosts' },
  });
  world.remove();
});
