import { execFileSync } from 'node:child_process';
import test from 'ava';
import {
  type DrillPlan,
  type DrillStep,
  maskContent,
  type NodeFacts,
  type NodeName,
  revealContent,
} from '../../source/model/index.ts';
import { readSeen, SEEN } from '../../source/stages/drills/requests.ts';
import { stageDrills } from '../../source/stages/drills.ts';
import type { StageInput } from '../../source/stages/stage-input.ts';
import { AWKWARD, dataTierInput } from './helpers/data-tier.ts';

const A = 'iam-1' as NodeName;
const B = 'iam-2' as NodeName;
const API = 'iam.api.example.com';

const real = (input: StageInput): StageInput => ({
  ...input,
  iam: { ...input.iam, standIn: false },
});
const realInput = () => dataTierInput({ change: real });

function plans(input: StageInput, holder: NodeName): Readonly<Record<string, DrillPlan>> {
  const { keepalived: _, ...staged } = stageDrills(input, 200);
  return Object.fromEntries(
    Object.values(staged)
      .flat()
      .map((drill) => {
        const planned = drill.plan({ holder, frontends: [A, B] });
        if (planned.kind !== 'plan') throw new Error(planned.problem.code);
        return [drill.id, planned.plan];
      }),
  );
}

function stepsOf(plan: DrillPlan): readonly DrillStep[] {
  const { arm, prepare, inject, witness, restore, restored, disarm, calls } = plan;
  const all = [arm, prepare, inject, witness, restore, restored, disarm].flat();
  return calls ? [...all, calls.step] : all;
}

const scripts = (steps: readonly DrillStep[]) => steps.map(({ script }) => revealContent(script));

test('each drill belongs to the stage of what it breaks', (t) => {
  const staged = Object.entries(stageDrills(dataTierInput(), 100));
  t.deepEqual(
    staged.map(([stage, drills]) => [stage, drills.map(({ id }) => id)]),
    [
      ['database', ['databases-stopped']],
      ['services', ['daemon-killed']],
      ['load-balancer', ['backend-stopped', 'domain-backends-stopped']],
      [
        'keepalived',
        [
          ...['keepalived-stopped', 'nginx-stopped', 'nginx-recovers'],
          ...['nginx-hung', 'keepalived-killed', 'vrrp-blocked'],
          ...['node-unplugged', 'node-rebooted'],
        ],
      ],
    ],
  );
});

test('the planned switch-over needs every front end’s NIC', (t) => {
  const known = (count: number) => {
    const change = (input: StageInput): StageInput => ({
      ...input,
      facts: new Map(
        [...input.facts].map(([name, facts], index) => [
          name,
          { ...facts, nic: index < count ? ({ name: 'eth0' } as NodeFacts['nic']) : null },
        ]),
      ),
    });
    return stageDrills(dataTierInput({ change }), 100).keepalived?.map(({ id }) => id);
  };
  t.false(known(1)?.includes('switch-over'));
  t.is(known(2)?.at(-1), 'switch-over');
});

test('the VIP stays with its holder, and no notify line is due', (t) => {
  for (const holder of [A, B]) {
    for (const { expectation } of Object.values(plans(dataTierInput(), holder))) {
      t.is(expectation.holderAfter, holder);
      t.deepEqual(expectation.notifyLines, {});
    }
  }
});

test('what is predicted: of all domains, or of the one that is down', (t) => {
  const predicted = Object.entries(plans(dataTierInput(), A)).map(([id, { expectation }]) => [
    id,
    expectation.domains,
    expectation.outageMs,
  ]);
  t.deepEqual(predicted, [
    ['databases-stopped', {}, [0, 0]],
    ['daemon-killed', {}, [0, 0]],
    ['backend-stopped', {}, [0, 0]],
    ['domain-backends-stopped', { [API]: [3000, 13_500] }, [3000, 13_500]],
  ]);
});

test('a killed daemon is back after its unit’s RestartSec, asked by the other node', (t) => {
  const { expectation, direct, victim } =
    plans(dataTierInput(), B)['daemon-killed'] ?? ({} as DrillPlan);
  t.is(victim, B);
  t.deepEqual(expectation?.backends, { [B]: [1950, 3505] });
  t.like(direct?.[0], {
    backend: B,
    vantage: { kind: 'via', node: A },
    address: '10.0.4.21',
    port: 8080,
  });
  const input = dataTierInput();
  const slow = {
    ...input,
    asset: (path: string) => input.asset(path).replace('RestartSec=2', 'RestartSec=5'),
  };
  t.deepEqual(plans(slow, B)['daemon-killed']?.expectation.backends, { [B]: [4950, 6505] });
});

test('one backend: not the holder’s own; all of them: on every node', (t) => {
  for (const [holder, other] of [
    [A, B],
    [B, A],
  ] as const) {
    const all = plans(dataTierInput(), holder);
    t.deepEqual(
      all['backend-stopped']?.inject.map(({ node }) => node),
      [other],
    );
    const domain = all['domain-backends-stopped'];
    t.deepEqual(
      domain?.inject.map(({ node }) => node),
      [A, B],
    );
    t.deepEqual(
      domain?.arm.map(({ node }) => node),
      [A, B],
    );
  }
});

test('every node that is broken is armed to undo it, with what the restore does', (t) => {
  for (const input of [dataTierInput(), realInput()]) {
    for (const [id, plan] of Object.entries(plans(input, A))) {
      const broken = plan.inject.map(({ node }) => node);
      t.deepEqual(
        plan.arm.map(({ node }) => node),
        broken,
        id,
      );
      for (const [index, arm] of plan.arm.entries()) {
        const script = revealContent(arm.script);
        t.regex(script, /systemd-run .*--on-active=\d+ .*\/bin\/bash \/run\/iam-ha-drill\//);
        t.true(script.includes(revealContent(plan.restore[index]?.script ?? [])), id);
        const seconds = Number(/--on-active=(\d+)/.exec(script)?.[1]);
        t.true(seconds * 1000 > plan.observeMs + 20_000 && seconds <= 90, `${id}: ${seconds} s`);
      }
    }
  }
});

test('every script is bash', (t) => {
  for (const input of [dataTierInput(), realInput()]) {
    for (const plan of Object.values(plans(input, B))) {
      for (const script of scripts(stepsOf(plan))) {
        t.notThrows(() => execFileSync('bash', ['-n'], { input: script, stdio: 'pipe' }), script);
      }
    }
  }
});

test('keys, tokens and passwords are secrets: masked wherever a script is shown', (t) => {
  const shown = stepsOf(plans(realInput(), A)['databases-stopped'] as DrillPlan).map(({ script }) =>
    maskContent(script),
  );
  t.false(shown.some((script) => script.includes('eyJ') || script.includes(AWKWARD)));
  const armed = plans(realInput(), A)['databases-stopped']?.arm[0];
  t.is(maskContent(armed?.script ?? []), revealContent(armed?.script ?? []), 'what stays has none');
});

test('what IAM answers without its databases, call by call', (t) => {
  const { calls } = plans(realInput(), A)['databases-stopped'] as DrillPlan;
  t.deepEqual(
    calls?.table.map(({ call, at, expected, works }) => `${call} @${at} ${expected} ${works}`),
    [
      'GET /healthz (api) @iam-2 200 true',
      'GET /healthz (api) @VIP 200 true',
      'GET /healthz (authz) @iam-2 200 true',
      'GET /healthz (authz) @VIP 200 true',
      'POST /v1/authz @iam-2 200 allowed true',
      'POST /v1/authz @VIP 200 allowed true',
      'POST /login @iam-2 401 incorrect Username or Password false',
      'POST /login @VIP 401 incorrect Username or Password false',
      'GET /v1/users/admin @iam-2 500 100101 false',
      'GET /v1/users/admin @VIP 500 100101 false',
      'POST /v1/policies @iam-2 500 100101 false',
      'POST /v1/policies @VIP 500 100101 false',
      'start iam-apiserver @iam-2 exit 1 false',
    ],
  );
  t.deepEqual(
    calls?.read('x\nseen 0 200\nseen 6 401 incorrect Username or Password\n').slice(0, 7),
    ['200', '-', '-', '-', '-', '-', '401 incorrect Username or Password'],
  );
});

test('the stand-in has no policies and no secrets: it is asked for neither, and no row is made', (t) => {
  const { calls, prepare } = plans(dataTierInput(), A)['databases-stopped'] as DrillPlan;
  t.deepEqual(prepare, []);
  t.false(calls?.table.some(({ call }) => call.includes('policies')));
  t.deepEqual(
    calls?.table.filter(({ call }) => call.includes('authz')).map(({ expected }) => expected),
    ['200', '200', '401 100205', '401 100205'],
  );
});

test('databases that are not ours are not stopped', (t) => {
  const input = dataTierInput();
  const mariadb = { kind: 'existing', host: '10.0.4.30', port: 3306 } as never;
  const databases = { ...input.cluster.databases, mariadb };
  const elsewhere = { ...input, cluster: { ...input.cluster, databases } };
  t.deepEqual(stageDrills(elsewhere, 100).database, []);
  const nodes = input.cluster.nodes.map((node) => ({ ...node, data: false }));
  t.deepEqual(stageDrills({ ...input, cluster: { ...input.cluster, nodes } }, 100).database, []);
});

/** Answers as they were captured, and what may leave the node of each. */
const ANSWERS: readonly (readonly [string, string])[] = [
  ['HTTP/1.0 200 OK\r\n\r\n{"status":"ok"}', '200'],
  ['HTTP/1.1 200 OK\r\n\r\n{"allowed":true}', '200 allowed'],
  [
    'HTTP/1.1 200 OK\r\n\r\n{"allowed":false,"denied":true,"reason":"list policies failed"}',
    '200 denied',
  ],
  [
    'HTTP/1.1 500 Internal Server Error\r\n\r\n{"code":100101,"message":"Database error"}',
    '500 100101',
  ],
  [
    'HTTP/1.1 401 Unauthorized\r\n\r\n{"message":"incorrect Username or Password"}',
    '401 incorrect Username or Password',
  ],
  ['HTTP/1.1 200 OK\r\n\r\n{"name":"admin","password":"$2a$10$WnQD2DCfWVhlGmk"}', '200'],
  ['HTTP/1.1 502 Bad Gateway\r\n\r\n<html>', '502'],
  ['bash: connect: Connection refused\n\ntalk 7', '0'],
];

test('of an answer only its status, its code and its decision are told', (t) => {
  for (const [answer, expected] of ANSWERS) {
    const script = `${SEEN}seen 3 <<'X'\n${answer}\nX\n`;
    const printed = execFileSync('bash', ['-s'], { input: script, encoding: 'utf8' });
    t.is(readSeen(printed).get('3'), expected, printed);
    t.is(printed.trim().split('\n').length, 1);
  }
});
