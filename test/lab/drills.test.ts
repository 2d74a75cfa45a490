import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ExecutionContext } from 'ava';
import { parseMarkup, svgsOf } from '../report/_markup.ts';
import {
  type DrillLine,
  holderOf,
  isBroken,
  killInMiddle,
  NODES,
  type Node,
  peer,
} from './_drills.ts';
import { down, inLab, labName, onNode, startWizard, until, wizard } from './_lab.ts';
import { drillRun, pairUp, verifyWhole } from './_pair.ts';

/** The lecture's three drills on a real pair, and what is left when the wizard dies in one. */
const LAB = labName('drills');
/** What each drill must have come to, for the node that had the VIP before it. */
const EXPECTED: Readonly<
  Record<string, (before: Node) => Pick<DrillLine, 'holderAfter' | 'notifyLines'>>
> = {
  'keepalived-stopped': (before) => ({
    holderAfter: peer(before),
    notifyLines: { [before]: ['notify_stop'], [peer(before)]: ['notify_master'] },
  }),
  'nginx-stopped': (before) => ({
    holderAfter: peer(before),
    notifyLines: { [before]: ['notify_fault'], [peer(before)]: ['notify_master'] },
  }),
  // before the fault the VIP has moved already: nginx comes back on the other node
  'nginx-recovers': (before) => ({
    holderAfter: before,
    notifyLines: { [before]: [], [peer(before)]: ['notify_backup'] },
  }),
};
const IDS = Object.keys(EXPECTED);

const drill = (t: ExecutionContext, ...args: readonly string[]) =>
  drillRun<DrillLine>(t, LAB, args, 5);

function verifyDrill(t: ExecutionContext, one: DrillLine): void {
  const expected = EXPECTED[one.id]?.(one.holderBefore);
  t.is(one.outcome, 'passed', JSON.stringify(one));
  t.true(one.restored);
  t.is(one.holderAfter, expected?.holderAfter as Node);
  t.deepEqual(one.notifyLines, expected?.notifyLines as DrillLine['notifyLines']);
  t.true(one.rate >= 100);
  const [min, max] = one.predictedMs;
  t.true(one.outageMs >= min - 1000 / one.rate && one.outageMs <= max, `${one.outageMs} ms`);
  t.deepEqual(
    one.views.map(({ vantage, domain }) => [vantage, domain]),
    [
      ['here', 'iam.api.marmotedu.com'],
      ['here', 'iam.authz.marmotedu.com'],
    ],
  );
  // at the rate throughout: a second before the fault, three after it, and the restore
  for (const { sent } of one.views) t.true(sent >= 5 * one.rate, `${sent} requests`);
}

inLab.before('a pair, and nothing wrong with it', async (t) => {
  await pairUp(t, LAB);
});

inLab('the three drills come out as they said beforehand', async (t) => {
  t.timeout(600_000);
  const { events, drills, result, code } = await drill(t, ...IDS, '--yes', '--json');
  t.deepEqual(
    drills.map(({ id, run }) => `${id} ${run}`),
    IDS.map((id) => `${id} 1`),
  );
  for (const one of drills) verifyDrill(t, one);
  t.like(result, { ok: true, drills: { passed: 3, failed: 0 } });
  t.is(code, 0);
  for (const one of drills) {
    const told = events
      .slice(0, events.indexOf(one))
      .findLast((event) => event.type === 'progress' && event.keep === true);
    t.regex(String(told?.text), new RegExp(`${one.predictedMs.join('–')} ms`));
  }
  await verifyWhole(t, LAB);
});

inLab('a drill is repeated as often as asked', async (t) => {
  t.timeout(600_000);
  const args = ['keepalived-stopped', '--runs', '2', '--rate', '200', '--yes', '--json'];
  const { drills, result } = await drill(t, ...args);
  t.deepEqual(
    drills.map(({ id, run, rate }) => [id, run, rate]),
    [
      ['keepalived-stopped', 1, 200],
      ['keepalived-stopped', 2, 200],
    ],
  );
  for (const one of drills) verifyDrill(t, one);
  t.deepEqual(result.drills, { passed: 2, failed: 0 });
});

inLab('the report has each drill with its picture, in three files', async (t) => {
  const { code, result } = await wizard(LAB, ['report', '--json']);
  t.is(code, 0);
  const files = result.files as readonly string[];
  t.deepEqual(
    files.map((file) => basename(file)),
    ['report.md', 'report.html', 'report.json'],
  );
  const [markdown = '', html = '', json = ''] = files.map((file) => readFileSync(file, 'utf8'));
  const told: readonly { readonly id: string; readonly trace?: object }[] = JSON.parse(json).drills;
  for (const id of IDS) {
    t.true(html.includes(`<code>${id}</code>`) && markdown.includes(`\`${id}\``), id);
    t.true(
      told.some((one) => one.id === id && one.trace !== undefined),
      id,
    );
  }
  for (const { trace } of told) {
    const bytes = JSON.stringify(trace ?? null).length;
    t.true(bytes < 20_000, `${bytes} bytes`);
  }
  const pictures = svgsOf(html);
  t.true(pictures.length > told.filter(({ trace }) => trace).length);
  for (const picture of pictures) t.notThrows(() => parseMarkup(picture));
  t.notThrows(() => parseMarkup(html));
});

inLab('the VIP is moved to the node that is named, and back', async (t) => {
  t.timeout(120_000);
  const first = holderOf(LAB);
  const lines = () => NODES.map((node) => onNode(LAB, node, 'cat /var/log/keepalived.log'));
  for (const to of [peer(first), first]) {
    const { code, result } = await wizard(LAB, ['move-vip', to, '--yes', '--json']);
    t.is(code, 0);
    t.like(result, { ok: true, addresses: { vip: '10.0.4.99' } });
    t.is(holderOf(LAB), to);
  }
  const before = lines();
  const { code, result } = await wizard(LAB, ['move-vip', first, '--yes', '--json']);
  t.is(code, 0);
  t.is(result.ok, true);
  t.deepEqual(lines(), before, 'to the node that has it already: nothing happens');
  await verifyWhole(t, LAB);
});

inLab('Ctrl-C in the middle of a drill: it is put back, and then the run ends', async (t) => {
  t.timeout(120_000);
  const victim = holderOf(LAB);
  const running = startWizard(LAB, ['drill', 'nginx-stopped', '--yes', '--json']);
  await until('something is broken', () => isBroken(LAB, victim, 'nginx-stopped'), 90);
  running.kill('SIGINT');
  const { code, events, result } = await running.ended;
  t.is(code, 130);
  t.is(result.ok, false);
  t.deepEqual(
    events.filter((event) => event.type === 'drill'),
    [],
    'what was not measured to its end has no outcome',
  );
  t.false(isBroken(LAB, victim, 'nginx-stopped'));
  await verifyWhole(t, LAB);
});

// in the middle of the other drills: drills-killed, drills-vrrp, drills-node, move-vip
inLab('the pair mends itself when the wizard is killed in the middle of a drill', async (t) => {
  t.timeout(240_000);
  const id = 'nginx-stopped';
  await killInMiddle(t, LAB, { id, isBroken: (victim) => isBroken(LAB, victim, id), holder: peer });
});

inLab('what a killed run has left does not stop the next one', async (t) => {
  t.timeout(600_000);
  const { drills, code } = await drill(t, ...IDS, '--yes', '--json');
  for (const one of drills) verifyDrill(t, one);
  t.is(code, 0);
});

inLab.after.always('the lab goes', async () => {
  await down(LAB);
});
