// Every drill with every profile in the lab, several times, beside the goals of the failover; and each
// change of profile under load. Root, Linux, an otherwise idle machine.
// Usage: npm run bench:drills -- [--runs 10] [--rate 200] [--profile NAME …] [--drill ID …] [--cloud none|tencent]
// With a cloud nothing is sent back to a node that lets go of the VIP: a cloud's fabric may drop it.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { GOALS, judge } from './bench-drills-goals.mjs';
import { bin, lab, root } from './bench-lab.mjs';

const LAB = 'bench-drills';
const VIP = '10.0.4.99';
const DOMAINS = ['iam.api.marmotedu.com', 'iam.authz.marmotedu.com'];
const PROFILES = ['lecture', 'balanced', 'fast'];
/** The longest that a profile may take to see a dead nginx, and the time to look at it. */
const KILL_MS = 8000;

const { values: asked } = parseArgs({
  options: {
    runs: { type: 'string', default: '10' },
    rate: { type: 'string', default: '200' },
    cloud: { type: 'string', default: 'none' },
    profile: { type: 'string', multiple: true, default: PROFILES },
    drill: {
      type: 'string',
      multiple: true,
      default: GOALS.map(({ id }) => id).concat('profile-change'),
    },
  },
});

const wizard = (args, options) =>
  lab(['run', '--name', LAB, '--', 'iam-ha-wizard', ...args, '--yes', '--json'], options)
    .split('\n')
    .filter(Boolean)
    .map((text) => JSON.parse(text));

const onNode = (node, script, options) =>
  lab(['exec', '--name', LAB, node, '--', 'bash', '-c', script], options);

const holder = () =>
  ['iam-1', 'iam-2'].find((node) =>
    onNode(node, 'ip -4 -o addr show dev eth0').includes(` ${VIP}/`),
  );

/** Changes `vip.profile`, and applies it. */
function takeProfile(profile) {
  const { cluster } = JSON.parse(
    lab(['status', '--name', LAB, '--json']).trim().split('\n').at(-1),
  );
  const text = readFileSync(cluster, 'utf8');
  writeFileSync(cluster, text.replace(/profile: \w+/, `profile: ${profile}`));
  const result = wizard(['apply'], { mayFail: true }).at(-1);
  if (!result?.ok) throw new Error(`apply with ${profile}: ${JSON.stringify(result)}`);
}

/** Clients of both domains, `rate` a second each, while `work` lasts; what each domain's clients saw. */
async function underLoad(work, rate = asked.rate) {
  const program = join(root, 'test/lab/_probe.ts');
  const words = [
    process.execPath,
    '--import=tsx',
    program,
    VIP,
    ...DOMAINS,
    '0',
    'http',
    `${rate}`,
  ];
  const child = spawn(process.execPath, [bin, 'lab', 'run', '--name', LAB, '--', ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const closed = new Promise((resolve) => child.on('close', resolve));
  while (!said.startsWith('ready\n') && child.exitCode === null) await sleep(50);
  await work();
  child.stdin.end();
  await closed;
  return JSON.parse(said.slice('ready\n'.length)).seen;
}

/** As a run of a drill is: of the domain that fared worst. */
function runOf(seen) {
  const worst = (name) => Math.max(...seen.map((one) => one[name]));
  return { outageMs: Math.round(worst('outageMs')), failed: worst('failed'), late: worst('late') };
}

/** A run with clients of ours: thrown away by the drills' own rule where they were late themselves. */
function loadRun(seen) {
  return { ...runOf(seen), thrownAway: seen.find((one) => one.thrownAway)?.thrownAway };
}

/** nginx killed with -9, master and workers: no drill of the menu, for the pair does the same as when it stops. */
async function killNginx() {
  const victim = holder();
  const seen = await underLoad(async () => {
    await sleep(500);
    onNode(victim, 'systemctl kill -s KILL nginx');
    await sleep(KILL_MS);
  });
  onNode(victim, 'systemctl start nginx; sleep 6');
  return loadRun(seen);
}

/** What kept a drill from starting, or threw each of its runs away. */
function tellRefusal(id, events) {
  write(`    ${id}: no run counts`);
  const isBad = ({ verdict }) => verdict === 'failed' || verdict === 'unknown';
  const bad = events.filter((event) => event.type === 'problem' || isBad(event));
  const thrown = events.filter(({ type }) => type === 'drill').flatMap(({ problems }) => problems);
  for (const event of [...bad, ...thrown].slice(0, 10)) write(`    ${JSON.stringify(event)}`);
}

/** The wizard's own command, with half of `rate` for each domain. */
async function moveVip({ rate }) {
  const [to] = ['iam-1', 'iam-2'].filter((node) => node !== holder());
  const seen = await underLoad(async () => {
    await sleep(500);
    wizard(['move-vip', to]);
    await sleep(2000);
  }, rate / 2);
  return loadRun(seen);
}

/** What no drill of the menu does. A run in which the clients themselves were late counts for nothing. */
const BY = { kill: killNginx, move: moveVip };

async function runsBy(goal) {
  const runs = [];
  const most = 2 * Number(asked.runs);
  for (let tries = 0; runs.length < Number(asked.runs) && tries < most; tries += 1) {
    const run = await BY[goal.by](goal);
    if (run.thrownAway === undefined) runs.push(run);
    else write(`    ${goal.id}: thrown away (${run.thrownAway})`);
  }
  return runs;
}

/** Of the menu's, run after run: the worst inside view of each. */
function drillRuns(id, rate) {
  const args = ['drill', id, '--runs', asked.runs, '--rate', String(rate)];
  const events = wizard(args, { mayFail: true });
  // one in which the prober itself was late has been thrown away, and repeated
  const runs = events.filter(({ type, outcome }) => type === 'drill' && outcome !== 'aborted');
  if (runs.length === 0) tellRefusal(id, events);
  return runs.map(({ views, predictedMs: [min, max], outcome, problems }) => {
    const inside = views.filter(({ outside, backend }) => !outside && backend === undefined);
    const lateAfter = Math.max(0, ...inside.map((view) => view.lateAfter ?? 0));
    const reasons = inside.map((view) => view.reasons ?? {});
    const run = { ...runOf(inside), lateAfter, outcome, problems, reasons };
    return { ...run, isInside: run.outageMs >= min - 1000 / rate && run.outageMs <= max };
  });
}

const totals = { predicted: 0, inside: 0, kept: 0, cells: 0 };
const write = (text) => process.stdout.write(`${text}\n`);

function tell(id, profile, goal, runs) {
  const { kept, text } = judge(goal, runs);
  totals.cells += 1;
  if (kept) totals.kept += 1;
  write(
    `${kept ? '✔' : '✘'} ${profile.padEnd(9)} ${id.padEnd(24)} ${String(runs.length).padStart(2)} runs  ${text}`,
  );
  for (const { isInside, outcome, outageMs, problems = [], reasons } of runs) {
    if (isInside === undefined) continue;
    totals.predicted += 1;
    if (isInside) totals.inside += 1;
    if (!isInside || outcome !== 'passed')
      write(
        `    ${outcome}: ${outageMs} ms ${problems.map(({ code, params }) => `${code} ${JSON.stringify(params)}`).join('; ')} ${JSON.stringify(reasons)}`,
      );
  }
}

async function benchProfile(profile) {
  for (const goal of GOALS.filter(({ id }) => asked.drill.includes(id))) {
    const runs = goal.by ? await runsBy(goal) : drillRuns(goal.id, Number(asked.rate));
    tell(goal.id, profile, goal[profile], runs);
  }
}

/** Every change from one profile to another, there and back. */
async function benchChanges() {
  for (const [from, to] of PROFILES.flatMap((a) =>
    PROFILES.filter((b) => a !== b).map((b) => [a, b]),
  )) {
    takeProfile(from);
    const seen = await underLoad(() => takeProfile(to));
    tell(`change from ${from}`, to, { failed: 0, late: 0 }, [runOf(seen)]);
  }
}

lab(['down', '--name', LAB], { mayFail: true });
lab(['up', '--name', LAB, '--cloud', asked.cloud]);
try {
  takeProfile('balanced');
  for (const profile of asked.profile) {
    takeProfile(profile);
    await benchProfile(profile);
  }
  if (asked.drill.includes('profile-change')) await benchChanges();
} finally {
  lab(['down', '--name', LAB]);
}
write(
  `\n${totals.kept} of ${totals.cells} cells keep their goal; ${totals.inside} of ${totals.predicted} runs lie in their prediction`,
);
if (totals.kept < totals.cells) process.exitCode = 1;
