import test from 'ava';
import { differsFrom, type LabOptions, labSpec, parseLabName } from '../../source/lab/options.ts';
import { macOf } from '../../source/lab/spec.ts';
import { OperatorError } from '../../source/model/index.ts';

function refusal(options: LabOptions): string {
  try {
    labSpec(options);
  } catch (error) {
    if (error instanceof OperatorError) return `${error.exitCode} ${error.problems[0].code}`;
    throw error;
  }
  return 'accepted';
}

test('without options: two nodes, the first addresses of the contract', (t) => {
  const spec = labSpec({});
  t.is(spec.name, 'demo');
  t.is(spec.image, 'bookworm');
  t.deepEqual(
    spec.machines.map(({ name, role, address, gateway }) => [name, role, address, gateway]),
    [
      ['iam-1', 'node', '10.0.4.20', '10.0.4.1'],
      ['iam-2', 'node', '10.0.4.21', '10.0.4.1'],
      ['client', 'client', '198.51.100.10', '198.51.100.1'],
    ],
  );
  t.deepEqual([spec.router, spec.operator, spec.vip], ['10.0.4.1', '10.0.4.10', '10.0.4.99']);
});

test('another subnet moves every address in it', (t) => {
  const spec = labSpec({ subnet: '172.31.7.0/24', nodes: 3, vip: '172.31.7.50' });
  t.deepEqual(
    spec.machines.map((machine) => machine.address),
    ['172.31.7.20', '172.31.7.21', '172.31.7.22', '198.51.100.10'],
  );
  t.deepEqual([spec.router, spec.operator, spec.vip], ['172.31.7.1', '172.31.7.10', '172.31.7.50']);
});

const refused: readonly (readonly [LabOptions, string])[] = [
  [{ name: 'Demo' }, 'lab-bad-name'],
  [{ name: '../etc' }, 'lab-bad-name'],
  [{ name: 'a'.repeat(21) }, 'lab-bad-name'],
  [{ name: 'demo.lock' }, 'lab-bad-name'],
  [{ nodes: 1 }, 'lab-bad-nodes'],
  [{ nodes: 10 }, 'lab-bad-nodes'],
  [{ nodes: Number.NaN }, 'lab-bad-nodes'],
  [{ image: 'sid' }, 'lab-bad-image'],
  [{ subnet: '10.0.4.0' }, 'lab-bad-subnet'],
  [{ subnet: '10.0.4.1/24' }, 'lab-bad-subnet'],
  [{ subnet: '10.0.4.0/26' }, 'lab-bad-subnet'],
  [{ subnet: '198.51.100.0/24' }, 'lab-bad-subnet'],
  [{ subnet: '198.0.0.0/8' }, 'lab-bad-subnet'],
  [{ subnet: '127.0.0.0/24' }, 'lab-bad-subnet'],
  [{ subnet: '10.0.4.0/24; reboot' }, 'lab-bad-subnet'],
  [{ vip: '10.0.5.99' }, 'lab-bad-vip'],
  [{ vip: '10.0.4.20' }, 'lab-bad-vip'],
  [{ vip: '10.0.4.10' }, 'lab-bad-vip'],
  [{ vip: '10.0.4.255' }, 'lab-bad-vip'],
  [{ apiDomain: 'iam api.example.com' }, 'lab-bad-domain'],
  [{ authzDomain: 'x;y.example.com' }, 'lab-bad-domain'],
  [{ user: 'root' }, 'lab-bad-user'],
  [{ user: 'a b' }, 'lab-bad-user'],
  [{ user: 'admin', sudoPassword: 'hunter2' }, 'lab-literal-password'],
  [{ sudoPassword: 'env:X' }, 'lab-password-without-user'],
  [{ cloud: 'aws' }, 'lab-bad-cloud'],
];

for (const [options, code] of refused) {
  test(`${JSON.stringify(options)} is refused as ${code}`, (t) => {
    t.is(refusal(options), `64 ${code}`);
  });
}

test('the password on the command line is in no problem', (t) => {
  const error = t.throws(() => labSpec({ user: 'admin', sudoPassword: 'hunter2' }));
  t.false(JSON.stringify(error).includes('hunter2'));
});

test('what the operator did not say does not make a lab differ', (t) => {
  const existing = labSpec({ name: 'x', nodes: 3, image: 'trixie' });
  t.is(differsFrom(existing, labSpec({ name: 'x' }), { name: 'x' }), undefined);
  t.is(differsFrom(existing, labSpec({ nodes: 2 }), { nodes: 2 }), 'nodes');
  t.is(differsFrom(existing, labSpec({ cloud: 'none' }), { cloud: 'none' }), 'cloud');
  t.is(differsFrom(existing, labSpec({ image: 'trixie' }), { image: 'trixie' }), undefined);
});

test('MAC addresses: local, unicast, the same each time, different for each machine and lab', (t) => {
  t.regex(macOf('demo', 'iam-1'), /^02(:[0-9a-f]{2}){5}$/);
  t.is(macOf('demo', 'iam-1'), macOf('demo', 'iam-1'));
  t.not(macOf('demo', 'iam-1'), macOf('demo', 'iam-2'));
  t.not(macOf('demo', 'iam-1'), macOf('other', 'iam-1'));
});

test('a name without hyphens at its ends', (t) => {
  t.is(parseLabName('a-1'), 'a-1');
  t.throws(() => parseLabName('-a'));
  t.throws(() => parseLabName('a-'));
});

test('a machine with a stand-in for MongoDB is no node, and no other lab has it', (t) => {
  const spec = labSpec({ mongodb: true });
  t.deepEqual(
    spec.machines.map(({ name, role, address }) => `${name} ${role} ${address}`),
    [
      'iam-1 node 10.0.4.20',
      'iam-2 node 10.0.4.21',
      'mongo server 10.0.4.30',
      'client client 198.51.100.10',
    ],
  );
  t.is(differsFrom(spec, labSpec({ nodes: 2 }), { nodes: 2 }), undefined);
  t.is(differsFrom(labSpec({}), spec, { mongodb: true }), 'mongodb');
  t.is(refusal({ mongodb: true, vip: '10.0.4.30' }), '64 lab-bad-vip');
});
