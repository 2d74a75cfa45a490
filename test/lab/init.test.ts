import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ava from 'ava';
import { labPlaces } from '../../source/lab/index.ts';
import { asOperator, down, inRealLab, labName, onNode, upFresh } from './_lab.ts';
import { openTerminal, type TestTerminal } from './_tmux.ts';

const LAB = labName('init');
const LAUNCHER = fileURLToPath(new URL('../../bin/iam-ha-wizard.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'iam-ha-init-'));
const KEY = labPlaces(LAB).identity;

ava.before(() => upFresh(LAB));
ava.after.always(async () => {
  rmSync(folder, { recursive: true, force: true });
  await down(LAB);
});

/** `init` where the lab's operator sits, in a real terminal. */
function startInit(...args: readonly string[]): TestTerminal {
  const inside = ['iam-ha-wizard', 'init', ...args];
  const argv = [process.execPath, LAUNCHER, 'lab', 'run', '--name', LAB, '--', ...inside];
  // the developer's own keys are nobody's business here
  return openTerminal(argv, { cwd: folder, env: { SSH_AUTH_SOCK: undefined, CI: undefined } });
}

/** Types an answer over what stands there. */
function answer(terminal: TestTerminal, text: string): void {
  terminal.keys('C-u');
  if (text) terminal.type(text);
  terminal.keys('Enter');
}

async function refuses(terminal: TestTerminal, text: string, reason: string): Promise<void> {
  answer(terminal, text);
  await terminal.until(reason);
}

/** The different questions that were answered so far, host keys included: each leaves a line with a mark. */
function questionsIn(terminal: TestTerminal): ReadonlySet<string> {
  const all = terminal.history().matchAll(/^✔ (?!iam-\d)(.{1,30})/gm);
  return new Set([...all].map(([, title = '']) => title));
}

function planOf(file: string, options = '') {
  const command = `iam-ha-wizard plan --cluster '${file}' --json ${options}`;
  return asOperator(LAB, `cd '${folder}' && ${command} </dev/null`);
}

inRealLab(
  'bare machines: ten questions at most, each bad answer refused, a plan at the end',
  async (t) => {
    const terminal = startInit('--lang', 'en');
    t.teardown(() => terminal.close());

    await terminal.until('? A name for this deployment [iam-prod]');
    await refuses(terminal, 'a b', 'a b cannot be a name');
    answer(terminal, 'pair-1');

    await terminal.until('? The servers');
    await refuses(terminal, '10.0.4.20', '10.0.4.20 alone is no pair');
    await refuses(terminal, '10.0.4.20 10.0.4.300', '10.0.4.300 is not an IPv4 address');
    terminal.keys('C-u');
    // two lines, as copied from a console: they are one answer, and Enter is still to come
    terminal.paste('10.0.4.20\n10.0.4.21\n');
    await terminal.until('10.0.4.20 10.0.4.21');
    t.notRegex(terminal.text(), /user to log in as/);
    terminal.keys('Enter');

    await terminal.until('? The user to log in as [root]');
    terminal.keys('Enter');
    await terminal.until('? Is that the key of');
    terminal.keys('y', 'Enter');
    await terminal.until(/(Is that the key of [\s\S]*){2}/);
    terminal.keys('y', 'Enter');

    await terminal.until('? Private key file');
    t.regex(terminal.text(), /10\.0\.4\.2\d does not let root in/);
    await refuses(terminal, '/nowhere', 'the key /nowhere cannot be used');
    // it is no answer that Enter should repeat
    t.notRegex(terminal.text(), /Enter: \/nowhere/);
    answer(terminal, KEY);

    await terminal.until('? The virtual IP');
    t.regex(
      terminal.text(),
      /iam-1 {2}10\.0\.4\.20 on eth0, Debian GNU\/Linux 12 \(bookworm\); bare/,
    );
    t.regex(terminal.text(), /iam-1's eth0 is in 10\.0\.4\.0\/24; 10\.0\.4\.99 answers no ARP/);
    await refuses(terminal, '10.0.4.21', '10.0.4.21 is the address of iam-2');
    await refuses(
      terminal,
      '10.0.5.99',
      "is not a host address of the servers' subnet 10.0.4.0/24",
    );
    answer(terminal, '10.0.4.1');
    await terminal.until('10.0.4.1 is in use');
    await terminal.until(
      '? The virtual IP (VIP): the one address that survives either server [10.0.4.99]',
    );
    answer(terminal, '');

    await terminal.until('? Where are the databases?');
    terminal.keys('Enter');
    await terminal.until("? The domain of IAM's API server");
    await refuses(terminal, 'iam api', 'iam api is not a domain');
    answer(terminal, '');
    await terminal.until('? How quick should a failover be?');
    t.regex(terminal.text(), /nginx stopped or killed +0–150 ms +0–150 ms +785–5934 ms/);
    terminal.keys('Enter');

    await terminal.until('Leave, and write nothing');
    const questions = questionsIn(terminal);
    t.is(questions.size, 10, [...questions].join('\n'));
    for (const shown of [
      'iam-1 10.0.4.20, iam-2 10.0.4.21',
      '10.0.4.99',
      'iam.authz.marmotedu.com',
    ])
      t.true(terminal.text().includes(shown), shown);
    // a row is changed, and the review comes back with it
    terminal.keys('End', ...Array.from({ length: 14 }, () => 'Down'));
    await terminal.until(/❯ Alerts/);
    terminal.keys('Enter');
    await terminal.until('? Who is told when the VIP moves?');
    terminal.keys('Enter');
    await terminal.until('❯ Yes: write cluster.yaml');
    terminal.keys('Enter');
    t.is(await terminal.ended(), 0, terminal.text());
    t.regex(terminal.text(), /Written: cluster\.yaml/);
    t.regex(terminal.text(), /iam-ha-wizard plan --cluster cluster\.yaml/);

    const planned = planOf('cluster.yaml');
    t.is(planned.code, 2, planned.stdout + planned.stderr);
    t.notRegex(planned.stdout, /"type":"problem"/);
  },
);

inRealLab(
  'again, in Chinese and in lines: what is there is offered, and kept when it is written over',
  async (t) => {
    const before = readFileSync(join(folder, 'cluster.yaml'), 'utf8');
    const terminal = startInit('--lang', 'zh', '--plain');
    t.teardown(() => terminal.close());
    await terminal.until('cluster.yaml 已经存在');
    for (const [asked, said] of [
      ['给这套部署起个名字 [pair-1]', ''],
      ['[10.0.4.20 10.0.4.21]', '10.0.4.21'],
      ['只有 10.0.4.21 一台服务器', '10.0.4.20 10.0.4.21'],
      ['登录用户 [root]', ''],
      ['任何一台服务器故障时仍然可用的地址 [10.0.4.99]', '10.0.4.20'],
      ['是 iam-1 的地址', ''],
      ['数据库放在哪里？ [1]', '2'],
      ['IAM API 服务器的域名', ''],
      ['故障切换要多快？ [1]', '9'],
      ['请输入 1 到 3 的编号', '快'],
      ['没有 快 这一项', '2'],
      ['是否正确？', ''],
      ['要覆盖 cluster.yaml 吗？', '是'],
    ] as const) {
      await terminal.until(asked);
      if (said) terminal.type(said);
      terminal.keys('Enter');
    }
    t.is(await terminal.ended(), 0, terminal.text());
    const text = readFileSync(join(folder, 'cluster.yaml'), 'utf8');
    t.regex(text, /# 虚拟 IP（VIP）：子网中的空闲地址/);
    t.regex(text, /name: iam-2, address: 10\.0\.4\.21, data: true/);
    t.regex(text, /profile: fast/);
    const copies = readdirSync(folder).filter((name) => name.startsWith('cluster.yaml.'));
    t.deepEqual(
      copies.map((name) => readFileSync(join(folder, name), 'utf8')),
      [before],
    );
    t.is(planOf('cluster.yaml').code, 2);
  },
);

inRealLab('machines that are no pair are told at once', async (t) => {
  onNode(LAB, 'iam-1', 'ip addr add 10.0.4.30/24 dev eth0');
  onNode(
    LAB,
    'iam-2',
    'cp -L /etc/os-release /root/was; rm /etc/os-release; echo ID=plan9 >/etc/os-release',
  );
  t.teardown(() => {
    onNode(LAB, 'iam-1', 'ip addr del 10.0.4.30/24 dev eth0');
    onNode(LAB, 'iam-2', 'mv /root/was /etc/os-release');
  });
  const terminal = startInit('odd.yaml', '--lang', 'en', '--accept-new-host-keys');
  t.teardown(() => terminal.close());
  await terminal.until('? A name');
  terminal.keys('Enter');
  await terminal.until('? The servers');
  answer(terminal, '10.0.4.20 no-such-machine');
  await terminal.until('? The user');
  terminal.keys('Enter');
  await terminal.until('the name no-such-machine is not known');
  answer(terminal, '10.0.4.20 10.0.4.21:2222');
  await terminal.until('refuses connections on port 2222');
  answer(terminal, '10.0.4.20 10.0.4.30');
  await terminal.until('? Private key file');
  answer(terminal, KEY);
  await terminal.until('10.0.4.30 and 10.0.4.20 are one machine (iam-1)');
  answer(terminal, '10.0.4.20 10.0.4.21');
  await terminal.until('is not a distribution that the wizard knows');
  onNode(LAB, 'iam-2', 'cp /root/was /etc/os-release');
  // mended: Enter tries again
  answer(terminal, '');
  await terminal.until('? The virtual IP');
  terminal.keys('C-c');
  t.is(await terminal.ended(), 130);
  t.false(readdirSync(folder).includes('odd.yaml'));
});

inRealLab('vip.address: auto is a free one, found once and kept in the session', (t) => {
  const text = readFileSync(join(folder, 'cluster.yaml'), 'utf8')
    .replace('name: pair-1', 'name: auto-1')
    .replace('address: 10.0.4.99', 'address: auto');
  writeFileSync(join(folder, 'auto.yaml'), text);
  onNode(LAB, 'iam-2', 'ip addr add 10.0.4.99/24 dev eth0');
  t.teardown(() => onNode(LAB, 'iam-2', 'ip addr del 10.0.4.99/24 dev eth0'));
  const first = planOf('auto.yaml', '--accept-new-host-keys');
  t.is(first.code, 2, first.stdout + first.stderr);
  t.regex(first.stdout, /"code":"vip-found"|10\.0\.4\.253/);
  const copy = join(labPlaces(LAB).state, 'iam-ha-wizard/auto-1/cluster.yaml');
  t.is(readFileSync(copy, 'utf8'), text.replace('address: auto', 'address: 10.0.4.253'));
  t.is(readFileSync(join(folder, 'auto.yaml'), 'utf8'), text);
  // somebody else answers for it now: it stays, and is told
  onNode(LAB, 'iam-2', 'ip addr add 10.0.4.253/24 dev eth0');
  t.teardown(() => onNode(LAB, 'iam-2', 'ip addr del 10.0.4.253/24 dev eth0'));
  const second = planOf('auto.yaml');
  t.is(second.code, 1, second.stdout);
  t.regex(second.stdout, /"vip-held-already"[^\n]*10\.0\.4\.253/);
});

inRealLab('nobody to ask, and nowhere to write: said before anything is asked', (t) => {
  const run = (args: string) =>
    asOperator(LAB, `cd '${folder}' && iam-ha-wizard init ${args} </dev/null`);
  const alone = run('');
  t.is(alone.code, 64);
  t.regex(alone.stdout, /nobody can answer here/);
  const json = run('--json');
  t.is(json.code, 64);
  t.regex(json.stdout, /"code":"init-needs-terminal"/);
  const terminal = startInit('no/such/folder/cluster.yaml', '--lang', 'en');
  t.teardown(() => terminal.close());
  return terminal.ended().then((code) => {
    t.is(code, 64);
    t.regex(terminal.text(), /cluster\.yaml cannot be written \(ENOENT\)/);
  });
});
