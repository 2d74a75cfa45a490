import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { labPlaces } from '../../source/lab/index.ts';
import { openCaller, SUBNET, VPC } from './_cloud.ts';
import { asOperator, down, inRealLab, labName, upFresh } from './_lab.ts';
import { openTerminal, type TestTerminal } from './_tmux.ts';

/** `init` on machines that say that they are in a cloud, in a real terminal of 80 by 24. */
const LAB = labName('asked');
const LAUNCHER = fileURLToPath(new URL('../../bin/iam-ha-wizard.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'iam-ha-init-cloud-'));

test.before(() => upFresh(LAB, { cloud: 'tencent' }));
test.after.always(async () => {
  rmSync(folder, { recursive: true, force: true });
  await down(LAB);
});

function startInit(...args: readonly string[]): TestTerminal {
  const inside = ['iam-ha-wizard', 'init', ...args, '--accept-new-host-keys'];
  const argv = [process.execPath, LAUNCHER, 'lab', 'run', '--name', LAB, '--', ...inside];
  const env = { SSH_AUTH_SOCK: undefined, CI: undefined };
  return openTerminal(argv, { cwd: folder, env, columns: 80, rows: 24 });
}

/** Waits for each question, and types what is said to it; an empty answer is Enter. */
async function talk(
  terminal: TestTerminal,
  conversation: readonly (readonly [string, string])[],
): Promise<void> {
  for (const [asked, said] of conversation) {
    await terminal.until(asked);
    if (said) terminal.type(said);
    terminal.keys('Enter');
  }
}

function planOf(file: string) {
  const command = `iam-ha-wizard plan --cluster ${file} --json`;
  return asOperator(LAB, `cd '${folder}' && ${command} </dev/null`);
}

const KEY = labPlaces(LAB).identity;

inRealLab(
  'Tencent Cloud is offered with its reason, and a plan takes what is written',
  async (t) => {
    const terminal = startInit('--lang', 'en');
    t.teardown(() => terminal.close());
    await talk(terminal, [
      ['? A name for this deployment', ''],
      ['? The servers', '10.0.4.20 10.0.4.21'],
      ['? The user to log in as', ''],
      ['? Private key file', KEY],
      ['? The virtual IP', ''],
    ]);
    await terminal.until('? Who moves the address?');
    t.regex(terminal.text(), /iam-1 says that it is ins-00000001 in\s+ap-guangzhou/);
    t.regex(terminal.text(), /❯ Tencent Cloud, by its API/);
    terminal.keys('Enter');
    await terminal.until('? Which public address');
    t.regex(terminal.text(), /Keys for Tencent Cloud: TENCENTCLOUD_SECRET_ID/);
    t.regex(terminal.text(), /0\.20 yuan an hour/);
    await talk(terminal, [
      ['? Which public address', ''],
      ['? If the security groups lack a rule', ''],
      ['? Where are the databases?', ''],
      ["? The domain of IAM's API server", ''],
      ['? How quick should a failover be?', ''],
    ]);
    await terminal.until('VIP moved by');
    for (const shown of ['Tencent Cloud, by its API', 'A new one, 5 Mbit/s', 'Tell me'])
      t.true(terminal.text().includes(shown), terminal.text());
    // the bandwidth stands there with its default; a bad one is refused
    while (!/❯ Bandwidth/.test(terminal.text())) {
      const before = terminal.text();
      terminal.keys('Down');
      await terminal.until({ test: (now: string) => now !== before } as RegExp);
    }
    terminal.keys('Enter');
    await talk(terminal, [['? Its bandwidth, in Mbit/s [5]', '500']]);
    await terminal.until('✘');
    terminal.keys('C-u');
    await talk(terminal, [['? Its bandwidth', '8']]);
    await terminal.until('❯ Yes: write cluster.yaml');
    terminal.keys('Enter');
    t.is(await terminal.ended(), 0, terminal.text());
    const text = readFileSync(join(folder, 'cluster.yaml'), 'utf8');
    t.regex(text, /cloud: \{ provider: tencent, eip: \{ bandwidth: 8 \}, securityGroups: leave \}/);
    const planned = planOf('cluster.yaml');
    t.is(planned.code, 2, planned.stdout + planned.stderr);
    t.regex(planned.stdout, /eip:/);
  },
);

inRealLab('in Chinese and in lines: by the console, with an address that one has', async (t) => {
  const terminal = startInit('hand.yaml', '--lang', 'zh', '--plain');
  t.teardown(() => terminal.close());
  await talk(terminal, [
    ['给这套部署起个名字', 'by-hand'],
    ['服务器地址', '10.0.4.20 10.0.4.21'],
    ['登录用户', ''],
    ['登录用的私钥文件', KEY],
    ['任何一台服务器故障时仍然可用的地址', ''],
  ]);
  await terminal.until('由谁来移动 VIP？ [1]');
  t.regex(terminal.text(), /iam-1 的元数据表明它是 ap-guangzhou 的\s*ins-00000001/);
  await talk(terminal, [
    ['由谁来移动 VIP？', '2'],
    ['用哪个公网 IP', '2'],
    ['该公网 IP 地址', '203.0.113'],
    ['不是', '203.0.113.9'],
    ['数据库放在哪里？', ''],
    ['IAM API 服务器的域名', ''],
    ['故障切换要多快？', ''],
    ['是否正确？', ''],
  ]);
  t.is(await terminal.ended(), 0, terminal.text());
  t.notRegex(terminal.history(), /腾讯云密钥/);
  const text = readFileSync(join(folder, 'hand.yaml'), 'utf8');
  t.regex(text, /cloud: \{ provider: console, eip: \{ existing: 203\.0\.113\.9 \} \}/);
});

inRealLab('vip: auto: what answers no ARP and is taken in the cloud is passed by', async (t) => {
  const caller = openCaller(LAB);
  t.teardown(() => caller.close());
  const request = { VpcId: VPC, SubnetId: SUBNET, HaVipName: 'theirs', Vip: '10.0.4.99' };
  const made = await caller.call('CreateHaVip', request);
  t.is(made.kind, 'ok');
  const text = readFileSync(join(folder, 'cluster.yaml'), 'utf8')
    .replace('name: iam-prod', 'name: auto-1')
    .replace('address: 10.0.4.99', 'address: auto');
  writeFileSync(join(folder, 'auto.yaml'), text);
  const planned = planOf('auto.yaml --accept-new-host-keys');
  t.is(planned.code, 2, planned.stdout + planned.stderr);
  t.regex(planned.stdout, /10\.0\.4\.253[^\n]*"code":"vip-found"/);
});
