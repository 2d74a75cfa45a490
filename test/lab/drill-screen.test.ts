import { fileURLToPath } from 'node:url';
import { cutPower, labUp } from '../../source/lab/index.ts';
import { down, inLab, labName, onNode, startWizard, until, upFresh, wizard } from './_lab.ts';
import { openTerminal, type TestTerminal } from './_tmux.ts';

/** Drills and `watch` on a real terminal, against a real pair. */
const LAB = labName('drillview');
const NODES = ['iam-1', 'iam-2'] as const;
const LAUNCHER = fileURLToPath(new URL('../../bin/iam-ha-wizard.js', import.meta.url));

function start(args: readonly string[], columns = 80, rows = 24): TestTerminal {
  const argv = [process.execPath, LAUNCHER, 'lab', 'run', '--name', LAB, '--', 'iam-ha-wizard'];
  return openTerminal([...argv, ...args], { columns, rows, env: { CI: undefined } });
}

function holder(): (typeof NODES)[number] {
  const has = (node: string) =>
    onNode(LAB, node, 'ip -4 -o addr show dev eth0').includes(' 10.0.4.99/');
  const [first, ...rest] = NODES.filter(has);
  if (!first || rest.length > 0) throw new Error('not exactly one node has the VIP');
  return first;
}

const peer = (node: string) => NODES.find((one) => one !== node)!;

/**
 * Waits for the frame of this size: its rules are as wide as the screen, and its keys in the last line.
 * A resized screen is blank for a moment (up to 40 ms here), and what was on it before is no frame of this size.
 */
async function drawn(terminal: TestTerminal, columns: number, rows: number): Promise<void> {
  await terminal.until(new RegExp(`^ ─{${columns - 2}}$[^]*^.*[?q] .*\\n*(?![^])`, 'm'));
  const { length } = terminal.screen();
  if (length !== rows) throw new Error(`${length} rows, and not ${rows}`);
}

inLab.before('a pair, and nothing wrong with it', async (t) => {
  t.timeout(600_000);
  await upFresh(LAB);
  const { code, stdout } = await wizard(LAB, ['apply', '--yes', '--json']);
  t.is(code, 0, stdout);
});

/** A busy computer makes the prober late; by rule that run says nothing, and is done once more. */
async function seenAsExpected(terminal: TestTerminal): Promise<void> {
  for (let time = 1; time <= 4; time += 1) {
    const seen = await terminal.until(/as expected|aborted/, 120);
    if (!seen.includes('aborted')) return;
    terminal.keys('r');
    await terminal.until(/baseline/, 60);
  }
}

inLab(
  'drill nginx-stopped is drawn while it happens, and afterwards in both languages',
  async (t) => {
    t.timeout(400_000);
    const before = holder();
    const terminal = start(['drill', 'nginx-stopped']);
    try {
      const menu = await terminal.until(/▸ nginx stopped +0–150 ms/, 60);
      t.regex(menu, new RegExp(`nginx stops on ${before}\\. Expected: the VIP moves to`));
      terminal.keys('Enter');
      await terminal.until(/before the fault/, 60);
      await terminal.until(new RegExp(`${before} +MASTER ═+╪═*[╗╝] FAULT ·`), 30);
      // what the nodes say comes one after the other, and then stays
      await terminal.until(new RegExp(`${peer(before)} +BACKUP ·+│·*[╔╚] MASTER ═`), 30);
      await terminal.until(/VIP api +■+│[■▒□]+/);
      await terminal.until(/phases +detected \d+ {2}decided \d+ {2}added \d+/, 30);
      await terminal.until(new RegExp(`Undoes itself on ${before} at \\d\\d:\\d\\d:\\d\\d`));
      await drawn(terminal, 80, 24);
      await seenAsExpected(terminal);
      t.regex(terminal.text(), /keepalived +\w+ +keepalived +\w+/);
      t.regex(terminal.text(), /log +\d\d:\d\d:\d\d notify_\w+ +log +\d\d:\d\d:\d\d notify_\w+/);
      terminal.keys('l');
      await terminal.until('符合预期');
      await drawn(terminal, 80, 24);
      terminal.resize(60, 20);
      await drawn(terminal, 60, 20);
      t.regex(terminal.text(), /中断/);
      terminal.resize(120, 40);
      terminal.keys('l');
      await terminal.until(/■ ok +▒ late +□ failed/);
      await drawn(terminal, 120, 40);
      terminal.keys('b');
      await terminal.until(/▸ nginx stopped .*✔ \d+ ms/, 60);
      terminal.keys('q');
      t.is(await terminal.ended(60), 0);
      // what came of it stays readable when the screen has gone
      t.regex(terminal.history(), /✔ nginx stopped {2}outage \d+ ms/);
    } finally {
      terminal.close();
    }
  },
);

inLab('the VIP is moved home from the screen', async (t) => {
  t.timeout(300_000);
  const home = 'iam-1';
  const away = holder() !== home;
  const terminal = start(['drill', 'nginx-recovers', 'keepalived-stopped']);
  try {
    await terminal.until(/▸ nginx recovers/, 60);
    if (away) terminal.keys('Enter');
    else terminal.keys('Down', 'Enter');
    await seenAsExpected(terminal);
    if (terminal.text().includes('m move the VIP home')) {
      terminal.keys('m');
      await terminal.until(/iam-1 .*\n +VIP +10\.0\.4\.99/, 60);
      t.notRegex(terminal.text(), /m move the VIP home/);
    }
    t.is(holder(), home);
    terminal.keys('q');
    t.is(await terminal.ended(60), 0);
  } finally {
    terminal.close();
  }
});

inLab('Ctrl-C in the middle of a drill puts back what was broken, and ends with 130', async (t) => {
  t.timeout(300_000);
  const terminal = start(['drill', 'nginx-stopped']);
  try {
    await terminal.until(/▸ nginx stopped/, 60);
    terminal.keys('Enter');
    await terminal.until(/FAULT/, 90);
    terminal.keys('C-c');
    t.is(await terminal.ended(90), 130);
  } finally {
    terminal.close();
  }
  for (const node of NODES)
    t.regex(onNode(LAB, node, 'systemctl is-active nginx keepalived'), /^active\nactive$/m);
  await until('one node has the VIP', () => holder() !== undefined);
});

inLab('watch: a node that loses its power goes stale, and the VIP is seen elsewhere', async (t) => {
  t.timeout(400_000);
  const before = holder();
  const terminal = start(['watch']);
  const inColumns = (left: string, right: string) =>
    new RegExp(before === 'iam-1' ? `${left}.*${right}` : `${right}.*${left}`);
  try {
    await terminal.until(inColumns('keepalived +MASTER', 'keepalived +BACKUP'), 60);
    await terminal.until(/none failed/);
    t.regex(terminal.text(), new RegExp(`▼ VIP 10\\.0\\.4\\.99 → ${before}`));
    cutPower(LAB, before);
    await terminal.until(/silent for \d+(\.\d)? s/, 30);
    await terminal.until(new RegExp(`▼ VIP 10\\.0\\.4\\.99 → ${peer(before)}`), 30);
    await terminal.until(inColumns('keepalived +\\? was MASTER', 'keepalived +MASTER'));
    t.regex(terminal.text(), new RegExp(`Wrong now: .*${before} is silent`));
    t.regex(terminal.text(), new RegExp(`Last move: ${before} → ${peer(before)}`));
    terminal.keys('l');
    await terminal.until(/没有应答/);
    terminal.keys('l');
    await labUp({ name: LAB }, { report: () => undefined, env: process.env });
    await terminal.until(inColumns('keepalived +BACKUP', 'keepalived +MASTER'), 120);
    await terminal.until(/heard .* ago.*heard .* ago/, 60);
    terminal.keys('q');
    t.is(await terminal.ended(30), 0);
  } finally {
    terminal.close();
  }
});

inLab('watch takes no lock: an apply goes on beside it, and both end well', async (t) => {
  t.timeout(400_000);
  const watch = startWizard(LAB, ['watch', '--json']);
  await watch.event(({ type, holders }) => type === 'watch' && (holders as string[]).length === 1);
  const { code, stdout } = await wizard(LAB, ['apply', '--yes', '--json']);
  t.is(code, 0, stdout);
  watch.kill('SIGINT');
  const ended = await watch.ended;
  t.is(ended.code, 130);
  t.is(ended.result.command, 'watch');
  const leftovers = onNode(
    LAB,
    'iam-1',
    'sleep 2; pgrep -fc "systemctl is-active keepalive[d]" || true',
  );
  t.is(leftovers.trim(), '0');
});

inLab('watch without a terminal says what to use instead; --plain is lines', async (t) => {
  t.timeout(120_000);
  const refused = await wizard(LAB, ['watch']);
  t.is(refused.code, 64);
  t.regex(refused.stdout, /iam-ha-wizard watch --plain/);
  const plain = startWizard(LAB, ['watch', '--plain', '--lang', 'zh']);
  let said = '';
  plain.child.stdout?.on('data', (text: string) => {
    said += text;
  });
  await until(
    'a block with its ages',
    () => /iam-1 +(MASTER|BACKUP) +[\d.]+ 秒前应答/.test(said),
    60,
  );
  plain.kill('SIGINT');
  t.is((await plain.ended).code, 130);
});

inLab.after.always('nothing stays', () => down(LAB));
