// Real frames of the real program, as pictures: docs/pictures/*.svg, in both languages.
// A fresh lab is taken through the guided setup in tmux, and its screens are kept as they are.
// Usage: npm run screenshots    (Linux, root, tmux; about three minutes)
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ansiToSvg } from './ansi-to-svg.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const launcher = join(root, 'bin', 'iam-ha-wizard.js');
const folder = join(root, 'docs', 'pictures');
/** The lab's name is the cluster's, and stands in every picture. */
const LAB = 'iam-prod';
const COLUMNS = 80;
const ROWS = 24;

const TITLES = {
  home: ['The home screen', '主画面'],
  stage: ['A stage before the yes: why, and the plan as a diff', '执行之前的阶段：原因与差异'],
  work: ['A stage at work', '执行中的阶段'],
  checked: ['A stage, checked', '检查完毕的阶段'],
  failure: ['A failure: what happened, why, and what to try', '失败：发生了什么、原因和下一步'],
  drills: ['The menu of drills', '演练菜单'],
  'drill-running': ['A drill while it runs', '演练进行中'],
  'drill-after': ['A drill afterwards', '演练之后'],
  watch: ['The pair, live', '实时监视'],
  plain: ['Drills as lines, and the summary', '逐行输出的演练与总结'],
};

function run(program, args, options = {}) {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 << 20, ...options });
  if (done.status === 0) return done.stdout;
  throw new Error(`${program} ${args.join(' ')}: ${done.stdout}${done.stderr}${done.error ?? ''}`);
}

const lab = (...args) => run(process.execPath, [launcher, 'lab', ...args]);
const socket = `iam-ha-pictures-${process.pid}`;
const tmux = (...args) => run('tmux', ['-L', socket, '-u', ...args]);

/** The wizard in a terminal of its own, in the lab, where the operator sits. */
function open(args, rows = ROWS) {
  const words = [launcher, 'lab', 'run', '--name', LAB, '--', 'iam-ha-wizard', ...args];
  tmux('-f', '/dev/null', 'new-session', '-d', '-s', 'shot', '-x', COLUMNS, '-y', rows);
  tmux('set', '-g', 'status', 'off');
  tmux('set', '-g', 'remain-on-exit', 'on');
  const around = ['env', '-u', 'CI', '-u', 'NO_COLOR', 'LANG=C.UTF-8', 'LC_ALL=C.UTF-8'];
  tmux('respawn-pane', '-k', '-t', 'shot', ...around, process.execPath, ...words);
}

const close = () => spawnSync('tmux', ['-L', socket, 'kill-server']);
const keys = (...names) => tmux('send-keys', '-t', 'shot', ...names);
const text = () => tmux('capture-pane', '-p', '-t', 'shot');
const coloured = () => tmux('capture-pane', '-e', '-p', '-t', 'shot');

async function until(what, seconds = 60) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const screen = text();
    if (what.test(screen)) return screen;
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${what}\n${screen}`);
    await sleep(50);
  }
}

/** Two looks that are alike: nothing is half drawn. */
async function still() {
  for (let before = coloured(); ; ) {
    await sleep(120);
    const now = coloured();
    if (now === before) return now;
    before = now;
  }
}

function keep(name, language, picture, columns = COLUMNS) {
  const title = TITLES[name][language === 'en' ? 0 : 1];
  const file = join(folder, `${name}.${language}.svg`);
  writeFileSync(file, ansiToSvg(picture.trimEnd(), { columns, title }));
  process.stdout.write(`${name} ${language}\n`);
}

const ENGLISH = /l 中文/;
const CHINESE = /l English/;

/** The screen as it stands, in both languages; something that moves is taken as it is. */
async function both(name, { moves = false } = {}) {
  const look = moves ? async () => coloured() : still;
  keep(name, 'en', await look());
  keys('l');
  await until(CHINESE);
  keep(name, 'zh', await look());
  keys('l');
  await until(ENGLISH);
}

/** Carries out the stage on the screen; `at` is told what there is to be kept. */
async function stage(title, at = {}) {
  await until(new RegExp(`${title}[\\s\\S]*(a apply|⏎ check)`), 120);
  if (at.review) {
    // down to a file, whose diff says more than a package's
    for (let down = 0; down < at.down; down += 1) keys('Down');
    await both(at.review);
  }
  keys(/a apply/.test(text()) ? 'a' : 'Enter');
  if (at.work) {
    await until(/\^c stop/);
    await until(/◐/, 60);
    await both(at.work, { moves: true });
  }
  await until(/⏎ next|r retry/, 240);
  if (/r retry/.test(text())) throw new Error(text());
  if (at.checked) await both(at.checked);
  keys('Enter');
}

/** From bare machines to the last stage. */
async function setUp() {
  open(['guide']);
  await stage('Preflight');
  await stage('Database');
  await stage('IAM services', { work: 'work' });
  await stage('Reverse proxy', { review: 'stage', down: 6, checked: 'checked' });
  await fail();
  await stage('Load balancer');
  await stage('Virtual IP');
  await stage('Keepalived');
  await stage('Acceptance');
}

/** A daemon that is down: the check of the balance names it. */
async function fail() {
  await until(/Load balancer[\s\S]*a apply/, 120);
  lab('exec', '--name', LAB, 'iam-2', '--', 'systemctl', 'stop', 'iam-apiserver');
  try {
    keys('a');
    await until(/r retry/, 180);
    await both('failure');
  } finally {
    lab('exec', '--name', LAB, 'iam-2', '--', 'systemctl', 'start', 'iam-apiserver');
  }
  keys('r');
}

/** A run that a busy computer spoiled is thrown away by rule: then once more. */
async function drill() {
  await until(/▸ keepalived stopped/, 60);
  await both('drills');
  keys('Enter');
  for (;;) {
    await whileItRuns();
    await until(/as expected|aborted/, 120);
    if (!/aborted/.test(text())) break;
    keys('r');
    await until(/◐ baseline/, 60);
  }
  await both('drill-after');
  keys('q');
}

async function whileItRuns() {
  // the words of the phases come last: then the picture is whole
  await until(/announced \d+/, 120);
  await until(/◐ watch/);
  await both('drill-running', { moves: true });
}

async function others() {
  open(['watch']);
  await until(/heard .*heard/, 60);
  await until(/last (1\d|[2-6]\d) s/, 60);
  await both('watch', { moves: true });
  keys('q');
  close();
  open([]);
  await until(/Sessions/, 60);
  await both('home');
  keys('q');
  close();
  const three = ['keepalived-stopped', 'nginx-stopped', 'nginx-recovers'];
  for (const language of ['en', 'zh']) {
    open(['drill', ...three, '--yes', '--plain', '--lang', language], 42);
    await until(/lab down/, 180);
    keep('plain', language, await still());
    close();
  }
}

mkdirSync(folder, { recursive: true });
lab('down', '--name', LAB);
try {
  lab('up', '--name', LAB);
  await setUp();
  await drill();
  close();
  await others();
} finally {
  close();
  lab('down', '--name', LAB);
}
