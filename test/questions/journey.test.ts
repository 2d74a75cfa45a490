import test from 'ava';
import { parseCluster } from '../../source/cluster/index.ts';
import { problem } from '../../source/model/index.ts';
import {
  answered,
  answersOf,
  clusterFileOf,
  type Found,
  next,
  questionFor,
  variablesOf,
} from '../../source/questions/index.ts';
import { isKnownCode, LANGUAGES } from '../../source/text/index.ts';
import { machine, NODES, pairOfLab, travel, type World } from './_journeys.ts';

test('the usual pair is asked seven questions, and six of them have an answer already', (t) => {
  const { asked, step, journey } = travel({}, NODES);
  t.deepEqual(asked, ['name', 'nodes', 'login', 'vip', 'data', 'api', 'profile']);
  t.is(step.kind, 'review');
  t.deepEqual(journey.answers, {
    name: 'iam-prod',
    nodes: '10.0.4.20 10.0.4.21',
    login: 'root',
    vip: '10.0.4.99',
    data: 'iam-1',
    api: 'iam.api.marmotedu.com',
    profile: 'balanced',
  });
});

for (const language of LANGUAGES) {
  test(`what comes out is a cluster file that a plan takes: ${language}`, (t) => {
    const { journey } = travel({}, NODES);
    const text = clusterFileOf(journey, language);
    const parsed = parseCluster(text, '/x/cluster.yaml');
    if (!parsed.ok) return t.fail(JSON.stringify(parsed.problems));
    const { cluster } = parsed;
    t.deepEqual(
      cluster.nodes.map(({ name, address, data, ssh }) => [name, address, data, ssh.host]),
      [
        ['iam-1', '10.0.4.20', true, '10.0.4.20'],
        ['iam-2', '10.0.4.21', false, '10.0.4.21'],
      ] as never,
    );
    t.like(cluster, {
      name: 'iam-prod',
      domains: { api: 'iam.api.marmotedu.com', authz: 'iam.authz.marmotedu.com' },
      iam: { source: { kind: 'go', version: 'v1.6.2' } },
      vip: { address: '10.0.4.99', vrid: 51, profile: 'balanced' },
      firewall: 'nodes-only',
    } as never);
    t.true(text.split('\n').every((line) => line.length <= 80));
    t.is(/\p{Script=Han}/u.test(text), language === 'zh');
    t.deepEqual(variablesOf(journey), []);
  });
}

test('what can be looked at is not asked', (t) => {
  t.false(travel({ user: 'ubuntu' }, NODES).asked.includes('login'));
  t.is(travel({ user: 'ubuntu' }, NODES).step.kind, 'review');
  const named = travel({}, { nodes: 'ops@10.0.4.20, ops@10.0.4.21:2222' });
  t.false(named.asked.includes('login'));
  t.regex(clusterFileOf(named.journey, 'en'), /port: 2222, user: ops/);
  t.false(travel({}, NODES).asked.includes('source'));
  const noGo = travel({ go: 'missing', paths: ['/opt/iam'] }, { ...NODES, sourcePath: '/opt/iam' });
  t.deepEqual(noGo.asked.slice(-3), ['source', 'sourcePath', 'profile']);
  const choices = questionFor(noGo.journey, 'source').choices?.map(({ value }) => value);
  t.deepEqual(choices, ['directory', 'archive']);
});

test('a name that no session has is offered', (t) => {
  const { journey } = travel({ sessions: ['iam-prod', 'iam-prod-2', 'other'] }, NODES);
  t.is(journey.answers.name, 'iam-prod-3');
});

test('public ways in, private addresses found', (t) => {
  const { journey } = travel({}, { nodes: '106.52.0.1 bastion-b' });
  const text = clusterFileOf(journey, 'en');
  t.regex(text, /name: iam-1, address: 10\.0\.4\.20, data: true, ssh: \{ host: 106\.52\.0\.1 \}/);
  t.regex(text, /name: iam-2, address: 10\.0\.4\.21, ssh: \{ host: bastion-b \}/);
});

const refused: readonly (readonly [string, World, string, string, string])[] = [
  ['name', {}, 'a b', 'invalid-cluster-name', ''],
  ['name', {}, '', 'init-answer-missing', ''],
  ['nodes', {}, '10.0.4.20', 'init-one-server', '10.0.4.20'],
  ['nodes', {}, '10.0.4.20 10.0.4.300', 'invalid-address', '10.0.4.300'],
  ['nodes', {}, '10.0.4.20 10.0.4.20', 'same-ssh-host-twice', '10.0.4.20'],
  ['nodes', {}, '10.0.4.20 root@', 'invalid-host', ''],
  ['nodes', {}, '10.0.4.20 http://10.0.4.21', 'invalid-host', 'http://10.0.4.21'],
  ['nodes', {}, '10.0.4.20 10.0.4.21:99999', 'invalid-port', '99999'],
  ['nodes', {}, '10.0.4.20 a b@10.0.4.21!', 'invalid-host', '10.0.4.21!'],
  ['login', {}, 'no such', 'invalid-user', 'no such'],
  ['vip', {}, '10.0.4', 'invalid-address', '10.0.4'],
  ['vip', {}, 'auto', 'invalid-address', 'auto'],
  ['vip', {}, '10.0.4.21', 'vip-is-a-node', '10.0.4.21'],
  ['vip', {}, '10.0.5.99', 'init-vip-outside', ''],
  ['vip', {}, '10.0.4.0', 'init-vip-outside', ''],
  ['vip', {}, '10.0.4.255', 'init-vip-outside', ''],
  ['data', {}, 'iam-3', 'init-not-a-choice', 'iam-3'],
  ['api', {}, 'iam api', 'invalid-domain', 'iam api'],
  ['api', {}, 'localhost', 'invalid-domain', 'localhost'],
  ['profile', {}, 'turbo', 'init-not-a-choice', 'turbo'],
];

for (const [id, world, answer, code, found] of refused) {
  test(`${id}: "${answer}" is refused on the spot`, (t) => {
    const { step } = travel(world, { ...NODES, [id]: [] });
    if (step.kind !== 'ask') return t.fail(step.kind);
    t.is(step.question.id, id as never);
    const wrong = step.question.check(answer);
    t.is(wrong?.code, code);
    if (found) t.is(wrong?.params?.found, found);
    t.true(isKnownCode(code));
    t.is(wrong?.file, undefined);
  });
}

test('blanks, commas and line breaks separate servers alike', (t) => {
  for (const typed of [
    ' 10.0.4.20  10.0.4.21 ',
    '10.0.4.20,10.0.4.21',
    '10.0.4.20\r\n10.0.4.21\n',
    '10.0.4.20；10.0.4.21',
    '10.0.4.20、 10.0.4.21',
  ]) {
    const { journey, step } = travel({}, { nodes: typed });
    t.is(journey.answers.nodes, '10.0.4.20 10.0.4.21');
    t.is(step.kind, 'review');
  }
});

test('two ways to one machine are told from two machines', (t) => {
  const one = machine('iam-1', 'eth0 10.0.4.20/24');
  const { step } = travel({ facts: [one, one] }, { nodes: '10.0.4.20 106.52.0.1' });
  if (step.kind !== 'ask') return t.fail(step.kind);
  t.is(step.question.id, 'nodes');
  t.like(step.problem, { code: 'init-same-machine', params: { found: '106.52.0.1' } } as never);
});

test('a machine of another subnet is told at once, with what both have', (t) => {
  const facts = [machine('a', 'eth0 10.0.4.20/24'), machine('bb', 'eth0 10.0.5.21/24')];
  const { step } = travel({ facts }, NODES);
  if (step.kind !== 'ask') return t.fail(step.kind);
  t.is(step.question.id, 'nodes');
  t.deepEqual(step.problem?.params, {
    found: '10.0.4.21',
    has: '10.0.5.21/24',
    other: '10.0.4.20',
    otherHas: '10.0.4.20/24',
  });
});

test('the subnet that all share counts, and no bridge of containers', (t) => {
  const facts = [
    machine('alpha', 'eth0 192.168.1.5/24', 'docker0 172.17.0.1/16', 'eth1 10.0.4.20/24'),
    machine('beta9', 'docker0 172.17.0.2/16', 'ens5 10.0.4.21/24'),
  ];
  const { journey } = travel({ facts }, { nodes: '106.52.0.1 106.52.0.2' });
  t.like(journey.seen.nodes, { kind: 'found' });
  t.regex(clusterFileOf(journey, 'en'), /name: alpha, address: 10\.0\.4\.20/);
});

test('a VIP that somebody has is refused when it was looked at; the free one is offered', (t) => {
  const world: World = { taken: { '10.0.4.50': 'stranger', '10.0.4.51': 'node' } };
  for (const [address, code] of [
    ['10.0.4.50', 'init-vip-taken-stranger'],
    ['10.0.4.51', 'init-vip-taken-node'],
  ] as const) {
    const { step } = travel(world, { ...NODES, vip: [address] });
    if (step.kind !== 'ask') return t.fail(step.kind);
    t.is(step.problem?.code, code);
    t.is(step.question.offered?.value, '10.0.4.99');
    // it may have been taken away meanwhile: that is looked at, not remembered
    t.is(step.question.check(address), null);
  }
});

function refusing(code: string, times: number): World {
  let left = times;
  const facts = (): Found =>
    left-- > 0
      ? { at: 'nodes', problem: problem(code, { host: '10.0.4.20' }) }
      : { at: 'nodes', nodes: [] };
  return { facts };
}

for (const [code, id] of [
  ['host-unreachable', 'nodes'],
  ['host-key-unknown', 'nodes'],
  ['auth-refused', 'key'],
  ['key-unreadable', 'key'],
  ['sudo-password-wrong', 'login'],
  ['unknown-distribution', 'nodes'],
] as const) {
  test(`${code} is asked about with ${id}`, (t) => {
    const again = id === 'key' ? {} : { [id]: id === 'nodes' ? [NODES.nodes] : ['root'] };
    const { step } = travel(refusing(code, 9), { ...NODES, ...again });
    if (step.kind !== 'ask') return t.fail(step.kind);
    t.is(step.question.id, id);
    t.is(step.problem?.code, code);
  });
}

test('a login that is refused leads to the key, then to the user, and back', (t) => {
  const first = travel(refusing('auth-refused', 9), NODES);
  t.deepEqual(first.asked.slice(-2), ['login', 'key']);
  const second = travel(refusing('auth-refused', 9), { ...NODES, login: ['root'], key: ['~/k'] });
  t.deepEqual(second.asked.slice(-3), ['login', 'key', 'login']);
  const third = travel(refusing('auth-refused', 9), {
    ...NODES,
    login: ['root', 'ubuntu'],
    key: ['~/k'],
  });
  t.deepEqual(third.asked.slice(-3), ['key', 'login', 'key']);
});

test('the same answer again is looked at again', (t) => {
  const { asked } = travel(refusing('host-unreachable', 2), {
    nodes: [NODES.nodes, NODES.nodes, NODES.nodes],
  });
  t.deepEqual(asked, ['name', 'nodes', 'login', 'nodes', 'nodes', 'vip']);
});

test('a password is asked for only where the operator has no key', (t) => {
  const passwords: boolean[] = [];
  const world: World = {
    facts: (look) => {
      passwords.push(look.byPassword);
      return { at: 'nodes', problem: problem('auth-refused') };
    },
  };
  travel(world, { ...NODES, login: ['root'], key: [''] });
  t.deepEqual(passwords, [false, true]);
});

test('databases elsewhere: where, as whom, and which variables', (t) => {
  const { asked, journey } = travel(
    {},
    { ...NODES, data: 'elsewhere', mariadb: 'db.internal:3307', redis: '10.0.9.9' },
  );
  t.deepEqual(asked.slice(4, 8), ['data', 'mariadb', 'mariadbAdmin', 'redis']);
  const parsed = parseCluster(clusterFileOf(journey, 'en'), '/x');
  if (!parsed.ok) return t.fail(JSON.stringify(parsed.problems));
  t.like(parsed.cluster.databases, {
    mariadb: { kind: 'existing', host: 'db.internal', port: 3307, adminUser: 'root' },
    redis: { kind: 'existing', host: '10.0.9.9', port: 6379 },
  } as never);
  t.deepEqual(variablesOf(journey), ['IAM_DB_ADMIN_PASSWORD', 'IAM_REDIS_PASSWORD']);
});

test('MariaDB that runs somewhere decides where the data is offered', (t) => {
  const busy = {
    ...pairOfLab[1],
    units: [{ name: 'mariadb', load: 'loaded', active: 'active', enabled: 'enabled' }],
  };
  const { journey } = travel({ facts: [pairOfLab[0], busy] }, NODES);
  t.is(journey.answers.data, 'iam-2');
});

test('a domain that says nothing about itself makes the second one a question', (t) => {
  const { asked, step } = travel({}, { ...NODES, api: 'one.example.com', authz: [] });
  t.is(asked.at(-1), 'authz');
  if (step.kind !== 'ask') return t.fail(step.kind);
  t.is(step.question.offered?.value, 'authz.example.com');
  t.is(step.question.check('one.example.com')?.code, 'same-domain-twice');
});

test('a path that is not there is refused, and asked again', (t) => {
  const world: World = { go: 'missing', paths: ['./dist'] };
  const { step } = travel(world, { ...NODES, sourcePath: ['./dsit'] });
  if (step.kind !== 'ask') return t.fail(step.kind);
  t.is(step.problem?.code, 'init-no-directory');
});

test('the review shows everything, and a change goes through the same check', (t) => {
  const { step, journey } = travel({}, NODES);
  if (step.kind !== 'review') return t.fail(step.kind);
  t.deepEqual(
    step.rows.map(({ id }) => id),
    'name nodes login vip cloud data api authz source profile firewall adminPassword alerts'.split(
      ' ',
    ) as never,
  );
  const changed = answered(journey, 'alerts', 'feishu');
  t.is(next(changed).kind, 'review');
  t.regex(clusterFileOf(changed, 'en'), /- kind: feishu\n\s+url: env:IAM_ALERT_URL/);
  // other machines: what was said of the old ones is asked again
  const moved = travel(
    { facts: [machine('a', 'eth0 10.0.7.2/24'), machine('bb', 'eth0 10.0.7.3/24')] },
    { vip: '10.0.7.9', data: 'a' },
    answered(journey, 'nodes', '10.0.7.2 10.0.7.3'),
  );
  t.deepEqual(moved.asked, ['vip', 'data']);
});

test('a file that is there is offered', (t) => {
  const first = travel({}, { ...NODES, data: 'iam-2', profile: 'fast', api: 'api.example.com' });
  const parsed = parseCluster(clusterFileOf(first.journey, 'en'), '/x');
  if (!parsed.ok) return t.fail(JSON.stringify(parsed.problems));
  const { journey } = travel({ before: answersOf(parsed.cluster) });
  t.is(clusterFileOf(journey, 'en'), clusterFileOf(first.journey, 'en'));
});

test('every text that a question can show is in the catalogue', (t) => {
  const { journey, step } = travel({}, NODES);
  if (step.kind !== 'review') return t.fail(step.kind);
  const ids =
    'name nodes login key vip cloud region eip bandwidth eipAddress securityGroups data mariadb mariadbAdmin redis api authz source sourcePath sha256 profile firewall adminPassword alerts';
  for (const id of ids.split(' ') as never[]) {
    const { title, why, choices = [], offered } = questionFor(journey, id);
    const codes = [title, why, ...choices.flatMap((one) => [one.title, one.about ?? title])];
    for (const { code } of [...codes, offered?.because ?? title]) t.true(isKnownCode(code), code);
    t.true(isKnownCode(`init-row-${(id as string).toLowerCase()}`) || id === 'sha256');
  }
});
