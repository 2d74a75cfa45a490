import test from 'ava';
import { message, type NodeName, type ScriptOutput } from '../../source/model/index.ts';
import { unit } from '../../source/resources/unit.ts';
import { assertParses } from './world.ts';

const node = 'iam-1' as NodeName;
const nginx = unit({ node, unit: 'nginx', downCode: 'nginx-not-running' });

function shown(load: string, active: string, enabled: string): ScriptOutput {
  const stdout = `LoadState=${load}\nActiveState=${active}\nUnitFileState=${enabled}\nend\n`;
  return { kind: 'exited', exitCode: 0, stdout, stderr: '' };
}

test('running and enabled is settled', (t) => {
  t.is(nginx.plan(shown('loaded', 'active', 'enabled')).kind, 'settled');
  t.is(nginx.plan(shown('loaded', 'reloading', 'static')).kind, 'settled');
});

for (const [state, drift, undo, summaries] of [
  [['loaded', 'inactive', 'enabled'], 'nginx-not-running', [false, true], ['unit-start']],
  [
    ['loaded', 'failed', 'disabled'],
    'nginx-not-running',
    [false, false],
    ['unit-start', 'unit-enable'],
  ],
  [['loaded', 'activating', 'enabled'], 'nginx-not-running', [false, true], ['unit-start']],
  [['loaded', 'active', 'disabled'], 'unit-not-enabled', [true, false], ['unit-enable']],
  [['loaded', 'active', 'enabled-runtime'], 'unit-not-enabled', [true, false], ['unit-enable']],
  [
    ['not-found', 'inactive', ''],
    'nginx-not-running',
    [false, false],
    ['unit-start', 'unit-enable'],
  ],
] as const) {
  test(`${state.join(' ')}: ${drift}`, (t) => {
    const planned = nginx.plan(shown(state[0], state[1], state[2]));
    if (planned.kind !== 'change') return t.fail();
    const { change } = planned;
    t.like(change.drift, { code: drift, node: 'iam-1', params: { unit: 'nginx' } });
    t.deepEqual(change.undo, [
      { kind: 'restore-unit', unit: 'nginx', active: undo[0], enabled: undo[1] },
    ]);
    t.deepEqual(
      change.parts.map((part) => part.summary.code),
      [...summaries],
    );
    for (const action of change.actions) if (action.kind === 'script') assertParses(action.script);
  });
}

test('a masked unit is refused', (t) => {
  t.like(nginx.plan(shown('masked', 'inactive', 'masked')), {
    kind: 'refused',
    problem: { code: 'unit-masked' },
  });
});

test('a probe without an answer is refused', (t) => {
  t.is(nginx.plan({ kind: 'exited', exitCode: 0, stdout: '', stderr: '' }).kind, 'refused');
});

test('a start is waited for', (t) => {
  const waiting = unit({
    node,
    unit: 'iam-apiserver',
    downCode: 'backend-down',
    ready: { script: 'true', deadlineMs: 15_000, what: message('waiting') },
  });
  const planned = waiting.plan(shown('loaded', 'inactive', 'disabled'));
  t.deepEqual(planned.kind === 'change' && planned.change.actions.map((one) => one.kind), [
    'script',
    'await',
  ]);
});

test('one that is started in vain says why, if it is known; one that was stopped does not', (t) => {
  const why = { code: 'daemon-port-taken', params: { port: '80' }, node: 'iam-1' };
  const explained = unit({
    node,
    unit: 'nginx',
    downCode: 'nginx-not-running',
    ready: { script: 'true\n', deadlineMs: 1000, what: message('unit-start', { unit: 'nginx' }) },
    diagnosis: {
      evidence: 'echo taken\n',
      explain: (output) => (output.includes('taken') ? { problem: why, lasting: true } : undefined),
    },
  });
  assertParses(explained.probe);
  const drift = (active: string, said: string) => {
    const { stdout, ...rest } = shown('loaded', active, 'enabled');
    const planned = explained.plan({ ...rest, stdout: `${said}${stdout}` });
    return planned.kind === 'change' ? planned.change : undefined;
  };
  t.is(drift('activating', 'taken\n')?.drift?.code, 'daemon-port-taken');
  t.is(drift('inactive', '')?.drift?.code, 'nginx-not-running');
  const wait = drift('inactive', '')?.actions.find((one) => one.kind === 'await');
  t.is(wait?.kind === 'await' && wait.explain?.('taken')?.problem, why);
});
