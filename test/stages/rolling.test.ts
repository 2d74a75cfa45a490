import test from 'ava';
import {
  type Action,
  type Change,
  type Effect,
  message,
  type NodeFacts,
  type NodeName,
  type Planned,
  type Resource,
  revealContent,
} from '../../source/model/index.ts';
import { type KnownNode, knownNodes } from '../../source/stages/data-tier.ts';
import { drainOf } from '../../source/stages/services/drain.ts';
import { rolling } from '../../source/stages/services/rolling.ts';
import { stageInput } from './_proxy-input.ts';
import { running } from './helpers/data-tier.ts';

const withNginx = (facts: NodeFacts): NodeFacts => ({ ...facts, units: [running('nginx')] });
const inUse = stageInput({ facts: withNginx });

function node(name: string): KnownNode {
  const found = knownNodes(inUse).find((one) => one.node.name === name);
  if (!found) throw new Error(name);
  return found;
}

const text = (action: Action | undefined) =>
  action?.kind === 'script' ? revealContent(action.script) : '';

test('a backend leaves its upstream on every front end, each under the address that is used there', (t) => {
  const { out, back } = drainOf(inUse, node('iam-2'), 'iam-authz-server');
  for (const actions of [out, back]) {
    t.deepEqual(
      actions.map((one) => one.node as string),
      ['iam-1', 'iam-2'],
    );
  }
  t.true(text(out[0]).includes("member='10.0.4.21:9090'"));
  t.true(text(out[1]).includes("member='127.0.0.1:9090'"));
  for (const action of out) {
    t.regex(text(action), /^files=\(\S*\/00-iam-upstream\.conf \S*\/authz\.d\/\*\.conf\)$/m);
  }
  // Whether the other one answers is asked before anything is armed.
  for (const [index, other] of ['127.0.0.1', '10.0.4.20'].entries()) {
    t.true(text(out[index]).includes(`talk ${other} 9090`));
  }
});

test('no drain where nginx does not run yet, nor for a daemon that is behind no nginx', (t) => {
  const none = { out: [], back: [] };
  t.deepEqual(drainOf(stageInput(), node('iam-1'), 'iam-apiserver'), none);
  t.deepEqual(drainOf(inUse, node('iam-1'), 'iam-pump'), none);
});

function resource(planned: Planned): Resource {
  return { id: 'config:x', node: 'iam-1' as NodeName, probe: [''], plan: () => planned };
}

function action(script: string): Action {
  return { kind: 'script', node: 'iam-1' as NodeName, script: [script], timeoutMs: 1 };
}

function changeWith(effect: Effect): { readonly kind: 'change'; readonly change: Change } {
  const part = { resource: 'unit:x', summary: message('unit-restart', { unit: 'x' }), effect };
  return { kind: 'change', change: { parts: [part], actions: [action('restart')], undo: [] } };
}

function scripts(planned: Planned): readonly string[] {
  const made = rolling(resource(planned), { out: [action('out')], back: [action('back')] });
  const result = made.plan({ kind: 'exited', stdout: '', stderr: '', exitCode: 0 });
  return result.kind === 'change' ? result.change.actions.map(text) : [result.kind];
}

test('only a restart of what is in use goes between leaving and return', (t) => {
  t.deepEqual(scripts(changeWith('rolling-restart')), ['out', 'restart', 'back']);
  t.deepEqual(scripts(changeWith('none')), ['restart']);
  t.deepEqual(scripts({ kind: 'settled', reason: message('set-right', { files: 1 }) }), [
    'settled',
  ]);
});
