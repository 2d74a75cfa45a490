import test from 'ava';
import { acceptanceCheck } from '../../source/checks/acceptance.ts';
import type { Acceptance } from '../../source/checks/acceptance-requests.ts';
import { isAdminPassword } from '../../source/cluster/index.ts';
import {
  type DialogueAction,
  type Ipv4Address,
  type NodeName,
  Secret,
} from '../../source/model/index.ts';
import { stageInput } from '../stages/_proxy-input.ts';
import { answer, FakeIam, type Ills, JWT_KEY } from './_fake-iam.ts';

const { cluster } = stageInput();

const OPTIONS: Acceptance = {
  vantage: { kind: 'here' },
  vip: '10.0.4.99' as Ipv4Address,
  domains: cluster.domains,
  backends: 2,
  secrets: {
    adminPassword: new Secret('admin password', 'Generated-2026x'),
    jwtKey: new Secret('jwt key', JWT_KEY),
  },
};

function held(ills: Ills, options: Partial<Acceptance> = {}) {
  const check = acceptanceCheck(cluster, { ...OPTIONS, ...options });
  const iam = new FakeIam(ills);
  const exchanges = iam.hold(check.measurements[0] as DialogueAction);
  const verdict = check.judge([{ kind: 'dialogue', exchanges }]);
  const { state, reason, problem } = verdict;
  return {
    iam,
    verdict,
    steps: exchanges.map(({ step }) => step),
    brief: `${state} ${reason.code}`,
    detail: problem?.detail,
    left: [...iam.users.keys(), ...iam.things],
  };
}

const RIGHT = ['login', 'look', 'user', 'login', 'secret', 'policy'];
const DECIDED = ['allowed', 'allowed', 'allowed', 'allowed', 'denied'];
const REMOVED = ['remove', 'remove', 'remove', 'look'];

test('an IAM that is well does all of it, and nothing stays', (t) => {
  const { brief, steps, left, verdict, iam } = held({});
  t.is(brief, 'passed acceptance-passed');
  t.deepEqual(steps, [...RIGHT, ...DECIDED, ...REMOVED]);
  t.deepEqual(left, ['admin']);
  t.like(verdict.reason.params, { allowed: 4, denied: 1, count: 15 });
  t.true(iam.asked.every(({ address, port }) => address === '10.0.4.99' && port === 80));
  t.deepEqual(
    [...new Set(iam.asked.map(({ host }) => host))],
    ['iam.api.example.com', 'iam.authz.example.com'],
  );
});

test('our user’s password is one that IAM takes, and in no printable text', (t) => {
  const { iam } = held({});
  const password = JSON.parse(iam.bodies.find((body) => body.includes('nickname')) ?? '').password;
  t.true(isAdminPassword(password));
  const printed = JSON.stringify(iam.asked);
  for (const secret of [password, 'Generated-2026x', 'token-of-', 'eyJ'])
    t.false(printed.includes(secret), secret);
});

test('where the administrator’s password is not known, the rest is measured all the same', (t) => {
  t.is(held({ password: 'Admin@2021' }).brief, 'passed acceptance-passed');
  const other = held({ password: 'Somebodys-0wn' });
  t.is(other.brief, 'passed acceptance-passed-signed');
  t.deepEqual(other.left, ['admin']);
});

test('what a dead run left is removed first', (t) => {
  const { brief, steps, left } = held({ leftOver: true });
  t.is(brief, 'passed acceptance-passed');
  t.deepEqual(steps.slice(0, 6), ['login', 'look', ...REMOVED]);
  t.deepEqual(left, ['admin']);
});

test('servers that hear of the policy late are waited for, but not for ever', (t) => {
  const late = held({ deaf: 5 });
  t.is(late.brief, 'passed acceptance-passed');
  t.is(late.steps.filter((step) => step === 'allowed').length, 9);
  const deaf = held({ deaf: 1000 });
  t.is(deaf.brief, 'failed acceptance-not-allowed');
  t.is(deaf.detail, '100202 Signature is invalid');
  t.deepEqual(deaf.left, ['admin']);
});

test('one server of two that never hears of it is found', (t) => {
  const everyOther = (nth: number) =>
    nth % 2 === 0
      ? answer(200, { allowed: false, denied: true, reason: 'list policies failed' })
      : undefined;
  const { brief, left } = held({
    answers: ({ step }, nth) => (step === 'allowed' ? everyOther(nth) : undefined),
  });
  t.is(brief, 'failed acceptance-not-allowed');
  t.deepEqual(left, ['admin']);
});

/** An answer that is wrong, and what is said of it; whatever was made is removed. */
const WRONG: readonly (readonly [step: string, status: number, body: unknown, brief: string])[] = [
  ['look', 500, { code: 100101, message: 'Database error' }, 'failed acceptance-database'],
  ['look', 401, { message: 'signature is invalid' }, 'failed acceptance-bad-answer'],
  ['user', 500, { code: 100101, message: 'Database error' }, 'failed acceptance-database'],
  ['user', 502, '<html>', 'failed acceptance-bad-answer'],
  ['secret', 400, { code: 110101, message: 'max' }, 'failed acceptance-bad-answer'],
  ['policy', 500, {}, 'failed acceptance-bad-answer'],
  ['allowed', 500, '', 'failed acceptance-bad-answer'],
  ['denied', 200, { allowed: true }, 'failed acceptance-not-denied'],
  ['remove', 500, { code: 100101, message: 'Database error' }, 'failed acceptance-left-over'],
];

for (const [wrong, status, body, brief] of WRONG) {
  test(`${wrong} answered with ${status} ${JSON.stringify(body)}: ${brief}`, (t) => {
    const found = held({
      answers: ({ step }) => (step === wrong ? answer(status, body) : undefined),
    });
    t.is(found.brief, brief);
    if (wrong !== 'remove') t.deepEqual(found.left, ['admin']);
    t.notRegex(found.detail ?? '', /token-of|\$2a/);
  });
}

test('wherever the line is lost for a moment, it is said, and nothing stays', (t) => {
  for (let at = 0; at < RIGHT.length + DECIDED.length; at += 1) {
    const { brief, left, verdict } = held({ silent: [at, 1] });
    t.is(brief, 'failed acceptance-no-answer', `at ${at}`);
    t.is(verdict.problem?.params?.reason, 'connect-timeout');
    t.deepEqual(left, ['admin'], `at ${at}`);
  }
});

test('a line that does not come back is not asked without end', (t) => {
  const { brief, iam } = held({ silent: [4, 1000] });
  t.is(brief, 'failed acceptance-no-answer');
  t.true(iam.asked.length < 8);
});

test('somebody else at it at the same time is no fault, and what is theirs stays', (t) => {
  const { brief, steps } = held({
    answers: ({ step }) => (step === 'user' ? answer(400, { code: 110002 }) : undefined),
  });
  t.is(brief, 'warned acceptance-busy');
  t.deepEqual(steps, ['login', 'look', 'user']);
});

test('where registration is closed nginx must refuse it, and a node’s own API makes the user', (t) => {
  const registerOn = 'iam-1' as NodeName;
  const closed = held({ closed: true }, { registerOn });
  t.is(closed.brief, 'passed acceptance-passed');
  const past = closed.iam.asked.filter(({ port }) => port !== 80);
  t.deepEqual(
    past.map(({ vantage, address, path }) => [vantage, address, path]),
    [[{ kind: 'via', node: 'iam-1' }, '127.0.0.1', '/v1/users']],
  );
  const open = held({}, { registerOn });
  t.is(open.brief, 'failed acceptance-registration-open');
  t.deepEqual(open.left, ['admin']);
});

test('an acceptance that was broken off says nothing', (t) => {
  const check = acceptanceCheck(cluster, OPTIONS);
  t.is(check.judge([{ kind: 'dialogue', exchanges: [] }]).state, 'unknown');
});
