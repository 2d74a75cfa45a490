import test from 'ava';
import { emptyState } from '../../../source/lab/cloud/context.ts';
import type { HaVip, Policy, State } from '../../../source/lab/cloud/types.ts';
import { fabricOf } from '../../../source/lab/cloud-site/fabric.ts';
import { nftRules } from '../../../source/lab/cloud-site/group-rules.ts';
import { siteWorld } from '../../../source/lab/cloud-site/site-world.ts';
import { neighbourBatch, Weaver } from '../../../source/lab/cloud-site/weave.ts';
import { labSpec } from '../../../source/lab/options.ts';

const SPEC = labSpec({ name: 'x' });
const WORLD = siteWorld(SPEC);
const MAC = SPEC.machines.map(({ mac }) => mac);
const GROUP = 'sg-lab00001';

const HAVIP: HaVip = {
  id: 'havip-1',
  region: 'ap-guangzhou',
  vpc: 'vpc-lab00001',
  subnet: 'subnet-lab00001',
  vip: '10.0.4.99',
  name: 'x',
  createdMs: 0,
  checkAssociate: false,
  tags: [],
  associations: [],
};
const holder = (number: number) => ({
  instance: `ins-0000000${number}`,
  eni: `eni-0000000${number}`,
});

const fabric = (havips: readonly HaVip[], more: Partial<State> = {}) =>
  fabricOf({ world: WORLD, state: { ...emptyState(), havips: [...havips], ...more } });

/** The rules of a chain, without its head. */
function chain(rules: string, name: string): readonly string[] {
  const body = new RegExp(`chain ${name} \\{\\n([^}]*)\\}`).exec(rules)?.[1] ?? '';
  const lines = body.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('type '));
}

test('without a HAVIP nothing is translated, and what is for a public address ends', (t) => {
  const { rules, neighbours } = fabric([]);
  t.deepEqual(neighbours, {});
  t.deepEqual(chain(rules, 'to_havip'), []);
  t.deepEqual(chain(rules, 'unbound'), ['iifname "wan" ip daddr 203.0.113.0/24 drop']);
  t.deepEqual(chain(rules, 'from_outside'), [
    'iifname "wan" ct original ip daddr 203.0.113.0/24 drop',
  ]);
});

test('a bound EIP leads to the HAVIP, and that to the card of its holder', (t) => {
  const { rules, neighbours } = fabric([{ ...HAVIP, eip: '203.0.113.7', holder: holder(2) }]);
  t.deepEqual(neighbours, { '10.0.4.99': MAC[1] });
  t.deepEqual(chain(rules, 'to_havip'), [
    'iifname "wan" ip daddr 203.0.113.7 dnat ip to 10.0.4.99',
  ]);
  t.deepEqual(chain(rules, 'groups_0'), [
    'tcp dport 80 accept',
    'tcp dport 22 accept',
    'ip saddr 10.0.4.0/24 accept',
    'drop',
  ]);
  t.deepEqual(chain(rules, 'from_outside').slice(0, 2), [
    'iifname "wan" ct original ip daddr 203.0.113.7 ct state established,related accept',
    'iifname "wan" ct original ip daddr 203.0.113.7 jump groups_0',
  ]);
});

test('a bound EIP whose HAVIP nobody holds leads nowhere', (t) => {
  const { rules, neighbours } = fabric([{ ...HAVIP, eip: '203.0.113.7' }]);
  t.deepEqual(neighbours, {});
  t.is(chain(rules, 'from_outside')[0], 'iifname "wan" ct original ip daddr 203.0.113.7 drop');
});

test('the rules as they are now count, not those that the world began with', (t) => {
  const bound = { ...HAVIP, eip: '203.0.113.7', holder: holder(1) };
  const group = { version: 2, ingress: [], egress: [] };
  const { rules } = fabric([bound], { securityGroups: { [GROUP]: group } });
  t.deepEqual(chain(rules, 'groups_0'), ['drop']);
});

const members = (group: string) => (group === GROUP ? ['10.0.4.20', '10.0.4.21'] : []);
const ANY = '0.0.0.0/0';

const TABLE: readonly (readonly [Policy, readonly string[]])[] = [
  [{ Protocol: 'TCP', Port: '80', CidrBlock: ANY, Action: 'ACCEPT' }, ['tcp dport 80 accept']],
  [{ Protocol: 'tcp', Port: 'ALL', CidrBlock: ANY, Action: 'DROP' }, ['meta l4proto tcp drop']],
  [
    { Protocol: 'UDP', Port: '53,8000-9000', CidrBlock: '10.0.0.0/8', Action: 'accept' },
    ['ip saddr 10.0.0.0/8 udp dport 53 accept', 'ip saddr 10.0.0.0/8 udp dport 8000-9000 accept'],
  ],
  [{ CidrBlock: '198.51.100.10', Action: 'ACCEPT' }, ['ip saddr 198.51.100.10/32 accept']],
  [
    { Protocol: 'ICMP', Port: 'all', CidrBlock: ANY, Action: 'ACCEPT' },
    ['meta l4proto icmp accept'],
  ],
  [
    { Protocol: 'ALL', Port: 'all', SecurityGroupId: GROUP, Action: 'ACCEPT' },
    ['ip saddr 10.0.4.20 accept', 'ip saddr 10.0.4.21 accept'],
  ],
  [{ Protocol: 'ALL', SecurityGroupId: 'sg-other', Action: 'ACCEPT' }, []],
  [{ Protocol: 'ICMPV6', CidrBlock: ANY, Action: 'ACCEPT' }, []],
  [{ Protocol: 'TCP', Port: '80', Action: 'ACCEPT' }, []],
  [{ Protocol: 'TCP', Port: '70000', CidrBlock: ANY, Action: 'ACCEPT' }, []],
  [{ Protocol: 'TCP', Port: '9000-80', CidrBlock: ANY, Action: 'ACCEPT' }, []],
  [{ Protocol: 'TCP', Port: '80 accept; drop', CidrBlock: ANY, Action: 'ACCEPT' }, []],
  [{ Protocol: 'TCP', Port: '80', CidrBlock: '0.0.0.0/0; flush ruleset', Action: 'ACCEPT' }, []],
  [{ Protocol: 'TCP', Port: '80', CidrBlock: '10.0.0.0/33', Action: 'ACCEPT' }, []],
];

for (const [policy, rules] of TABLE) {
  test(`as nftables has it: ${JSON.stringify(policy)}`, (t) => {
    t.deepEqual(nftRules(policy, members), rules);
  });
}

test('neighbours: what is gone is deleted, what is as it was stays, and at first nothing is known', (t) => {
  const before = { '10.0.4.98': 'a', '10.0.4.99': 'b' };
  t.is(neighbourBatch(before, before), '');
  t.is(
    neighbourBatch(before, { '10.0.4.99': 'c' }),
    'neigh del 10.0.4.98 dev lan\nneigh replace 10.0.4.99 lladdr c dev lan nud permanent\n',
  );
  t.is(
    neighbourBatch(undefined, { '10.0.4.99': 'c' }),
    'neigh flush dev lan nud permanent\nneigh replace 10.0.4.99 lladdr c dev lan nud permanent\n',
  );
});

test('of changes that come while one is at work, the last is what remains', async (t) => {
  const ran: string[] = [];
  const weaver = new Weaver(async ([program = ''], input) => {
    ran.push(`${program}: ${input}`);
    await new Promise((resolve) => setImmediate(resolve));
  });
  for (const rules of ['one', 'two', 'three']) weaver.follow({ rules, neighbours: {} });
  await weaver.settled();
  weaver.follow({ rules: 'three', neighbours: {} });
  await weaver.settled();
  t.deepEqual(ran, ['ip: neigh flush dev lan nud permanent\n', 'nft: one', 'nft: three']);
});
