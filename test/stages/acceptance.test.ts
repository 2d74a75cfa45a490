import test from 'ava';
import type { DialogueAction, Ipv4Address, NodeFacts } from '../../source/model/index.ts';
import { acceptance } from '../../source/stages/acceptance.ts';
import type { StageInput } from '../../source/stages/stage-input.ts';
import { stageInput, type Variation } from './_proxy-input.ts';

const REAL: Variation['input'] = (input) => ({ ...input, iam: { ...input.iam, standIn: false } });

function vantageOf(input: StageInput) {
  const dialogue = acceptance(input).checks[0]!.measurements[0] as DialogueAction;
  return dialogue.next([])?.vantage;
}

const holding =
  (name: string): NonNullable<Variation['facts']> =>
  (facts: NodeFacts) => {
    if (facts.node !== name) return facts;
    const [nic] = facts.interfaces;
    const vip = { address: '10.0.4.99' as Ipv4Address, prefixLength: 32 };
    return { ...facts, interfaces: [{ ...nic!, addresses: [...nic!.addresses, vip] }] };
  };

test('it changes nothing, and is not planned for a stand-in', (t) => {
  t.deepEqual(acceptance(stageInput()).checks, []);
  const plan = acceptance(stageInput({ input: REAL }));
  t.deepEqual([plan.resources.length, plan.checks.length], [0, 1]);
});

test('it is asked from where the cluster file says, or from a node that does not hold the VIP', (t) => {
  const via = (node: string) => ({ kind: 'via', node }) as never;
  t.deepEqual(vantageOf(stageInput({ input: REAL })), via('iam-2'));
  t.deepEqual(vantageOf(stageInput({ input: REAL, facts: holding('iam-2') })), via('iam-1'));
  const here = (text: string) => `${text}vantages: { inside: here }\n`;
  t.deepEqual(vantageOf(stageInput({ input: REAL, yaml: here })), { kind: 'here' });
  const third = (text: string) =>
    text.replace('domains:', '  - { name: iam-3, address: 10.0.4.22, roles: [backend] }\ndomains:');
  t.deepEqual(vantageOf(stageInput({ input: REAL, yaml: third })), via('iam-3'));
});
