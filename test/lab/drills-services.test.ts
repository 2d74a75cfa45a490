import type { ExecutionContext } from 'ava';
import { down, inLab, type Line, labName, onNode, startWizard, until, wizard } from './_lab.ts';
import { drillRun, pairUp, verifyWhole } from './_pair.ts';

/** The drills behind nginx on a real pair, and what is left when the wizard dies in one. */
const LAB = labName('backends');
const NODES = ['iam-1', 'iam-2'] as const;
const API = 'iam.api.marmotedu.com';
const AUTHZ = 'iam.authz.marmotedu.com';
const NO_LINES = { 'iam-1': [], 'iam-2': [] };

interface ViewLine {
  readonly domain: string;
  readonly backend?: string;
  readonly sent: number;
  readonly ok: number;
  readonly late: number;
  readonly failed: number;
  readonly outageMs: number;
  readonly predictedMs: readonly [number, number];
}

interface CallLine {
  readonly call: string;
  readonly at: string;
  readonly expected: string;
  readonly seen: string;
  readonly works: boolean;
}

interface DrillLine extends Line {
  readonly id: string;
  readonly outcome: string;
  readonly holderBefore: string;
  readonly holderAfter: string;
  readonly restored: boolean;
  readonly notifyLines: object;
  readonly predictedMs: readonly [number, number];
  readonly views: readonly ViewLine[];
  readonly calls?: readonly CallLine[];
}

async function drill(t: ExecutionContext, ...which: readonly string[]): Promise<DrillLine> {
  const args = [...which, '--rate', '200', '--yes', '--json'];
  const { drills, code, stdout } = await drillRun<DrillLine>(t, LAB, args, 4);
  const one = drills.at(-1);
  t.is(one?.outcome, 'passed', stdout);
  t.is(code, 0);
  t.is(one?.holderAfter, one?.holderBefore, 'the VIP stays');
  t.deepEqual(one?.notifyLines, NO_LINES);
  t.true(one?.restored);
  for (const view of one?.views ?? []) {
    const { outageMs, late, failed, sent, predictedMs } = view;
    const figures = `outage ${outageMs} ms, ${late} late, ${failed} failed of ${sent}`;
    t.log(`${view.backend ?? view.domain}: ${figures}; predicted ${predictedMs.join('–')} ms`);
  }
  return one as DrillLine;
}

function viewOf({ views }: DrillLine, domain: string): ViewLine | undefined {
  return views.find((view) => view.domain === domain && view.backend === undefined);
}

function verifyNothingLost(t: ExecutionContext, view: ViewLine | undefined): void {
  t.like(view, { late: 0, failed: 0, outageMs: 0, predictedMs: [0, 0] });
  t.true((view?.sent ?? 0) > 1000 && view?.sent === view?.ok);
}

const isActive = (node: string, unit: string) =>
  onNode(LAB, node, `systemctl is-active ${unit} || true`).trim() === 'active';

inLab.before('a pair, and nothing wrong with it', async (t) => {
  await pairUp(t, LAB);
});

inLab('no drill starts while a check of its stages has failed', async (t) => {
  t.timeout(120_000);
  onNode(LAB, 'iam-2', 'systemctl stop iam-pump');
  const { code, events } = await wizard(LAB, ['drill', 'daemon-killed', '--yes', '--json']);
  onNode(LAB, 'iam-2', 'systemctl start iam-pump');
  t.is(code, 1);
  t.like(
    events.find((event) => event.type === 'problem'),
    { code: 'drill-not-ready' },
  );
  t.false(events.some((event) => event.type === 'drill'));
});

inLab('a daemon killed -9: systemd brings it back, and nobody at the VIP sees it', async (t) => {
  t.timeout(180_000);
  const one = await drill(t, '--all', '--stage', 'services');
  t.is(one.id, 'daemon-killed', 'all that this stage has');
  verifyNothingLost(t, viewOf(one, API));
  verifyNothingLost(t, viewOf(one, AUTHZ));
  const itself = one.views.find((view) => view.backend !== undefined);
  t.is(itself?.backend, one.holderBefore);
  t.true((itself?.outageMs ?? 0) >= 1900, 'asked itself, it was away');
});

inLab('one backend stopped under load: no request lost', async (t) => {
  t.timeout(180_000);
  const one = await drill(t, 'backend-stopped');
  verifyNothingLost(t, viewOf(one, API));
  verifyNothingLost(t, viewOf(one, AUTHZ));
});

inLab('all backends of one domain stopped: the other one is untouched', async (t) => {
  t.timeout(180_000);
  const one = await drill(t, 'domain-backends-stopped');
  verifyNothingLost(t, viewOf(one, AUTHZ));
  const api = viewOf(one, API);
  t.true((api?.failed ?? 0) > 500);
  t.deepEqual(api?.predictedMs, one.predictedMs);
});

inLab('databases stopped: which calls still work, said before and seen', async (t) => {
  t.timeout(180_000);
  const one = await drill(t, 'databases-stopped');
  verifyNothingLost(t, viewOf(one, API));
  verifyNothingLost(t, viewOf(one, AUTHZ));
  const calls = one.calls ?? [];
  for (const { call, at, expected, seen, works } of calls)
    t.log(`${works ? 'works' : 'fails'}  ${call} of ${at}: ${seen} (expected ${expected})`);
  t.deepEqual(
    calls.filter(({ seen, expected }) => seen !== expected),
    [],
  );
  for (const at of ['iam-2', 'VIP']) {
    const seen = calls
      .filter((one) => one.at === at)
      .map(({ call, seen: said }) => `${call} ${said}`);
    t.true(seen.includes('GET /healthz (api) 200'));
    t.true(seen.includes('POST /login 401 incorrect Username or Password'));
    t.true(seen.includes('GET /v1/users/admin 500 100101'));
  }
  verifyNoRowLeft(t);
  await verifyWhole(t, LAB);
  const report = await wizard(LAB, ['report', '--output', '-']);
  t.regex(report.stdout, /\| `POST \/login` \| VIP \| `401 incorrect/);
});

function verifyNoRowLeft(t: ExecutionContext): void {
  const rows = ['policy', 'policy_audit', 'secret']
    .map((name) => `SELECT name FROM iam.${name} WHERE name LIKE 'iam-ha-drill%';`)
    .join(' ');
  t.is(onNode(LAB, 'iam-1', `mariadb -N -e "${rows}"`), '');
}

/** What each drill stops, and where. */
const BROKEN: Readonly<Record<string, () => boolean>> = {
  'databases-stopped': () => !isActive('iam-1', 'mariadb') && !isActive('iam-1', 'redis-server'),
  'domain-backends-stopped': () => NODES.every((node) => !isActive(node, 'iam-apiserver')),
};

for (const [id, isBroken] of Object.entries(BROKEN)) {
  inLab(`the pair mends itself when the wizard is killed in the middle of ${id}`, async (t) => {
    t.timeout(240_000);
    const running = startWizard(LAB, ['drill', id, '--yes', '--json']);
    await until('it is broken', isBroken, 90);
    running.kill('SIGKILL');
    const killedAt = Date.now();
    await running.ended;
    t.true(isBroken(), 'the wizard has not put it back');
    await until('the hosts have put it back', () => !isBroken(), 110);
    await until('every check passes', async () => {
      const { code } = await wizard(LAB, ['check', '--json']);
      return code === 0;
    });
    const seconds = Math.round((Date.now() - killedAt) / 1000);
    t.true(seconds <= 120, `whole after ${seconds} s`);
    t.log(`whole after ${seconds} s`);
    verifyNoRowLeft(t);
    for (const node of NODES)
      t.is(onNode(LAB, node, 'ls -d /run/iam-ha-drill 2>/dev/null || true'), '', 'nothing is left');
  });
}

inLab.after.always('the lab goes', async () => {
  await down(LAB);
});
