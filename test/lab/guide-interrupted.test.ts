import { spawnSync } from 'node:child_process';
import ava from 'ava';
import { openGuide, press, screenOf, signsOf, walk } from './_guide.ts';
import { down, inRealLab, labName, onNode, upFresh, wizard } from './_lab.ts';

const LAB = labName('guide-cut');
const signs = signsOf('en');

ava.before(() => upFresh(LAB));
ava.after.always(() => down(LAB));

const isStage = (id: string) => (screen: string, text: string) =>
  screen === 'apply' && text.includes(`▸ ${id}`);

inRealLab('a window that shrinks in the middle of an apply, and grows again', async (t) => {
  const terminal = openGuide(LAB, { inShell: true });
  t.teardown(() => terminal.close());
  await walk(terminal, signs, isStage('database'));
  terminal.keys('a');
  await terminal.until(/\^c stop/);
  terminal.resize(60, 20);
  // folded: the stage in hand is in the title, and there is no list
  await terminal.until(/▸ database +2 of 9/);
  t.notRegex(terminal.text(), /○ services/);
  terminal.resize(80, 24);
  await terminal.until(/○ services/);
  await screenOf(terminal, signs, ['next'], 240);
  t.regex(terminal.text(), /✔ \d+ changes, \d+ checks passed/);
  terminal.keys('q');
  await terminal.until('shell$');
});

inRealLab('Ctrl-Z gives the shell back, and fg the screen', async (t) => {
  const terminal = openGuide(LAB, { inShell: true });
  t.teardown(() => terminal.close());
  // what was done is looked at, not remembered
  await screenOf(terminal, signs, ['welcome']);
  t.regex(terminal.text(), /✔ Databases +still holds/);
  terminal.keys('C-z');
  await terminal.until(/Stopped/);
  terminal.type('echo the shell is $((40 + 2))');
  terminal.keys('Enter');
  await terminal.until('the shell is 42');
  terminal.type('fg');
  terminal.keys('Enter');
  await screenOf(terminal, signs, ['welcome']);
  await press(terminal, 'Enter');
  t.is(await screenOf(terminal, signs, ['apply']), 'apply');
  terminal.keys('q');
  await terminal.until('shell$');
  t.notRegex(terminal.text(), /Welcome back/);
});

inRealLab('Ctrl-C in load-balancer: started again, it ends as if it had never been', async (t) => {
  const terminal = openGuide(LAB);
  t.teardown(() => terminal.close());
  await walk(terminal, signs, isStage('load-balancer'));
  terminal.keys('a');
  await terminal.until(/\^c stop|⏎ next/);
  terminal.keys('C-c');
  t.is(await terminal.ended(60), 130);
  t.notRegex(terminal.text(), /Load balancer/);
});

inRealLab('kill -9: the terminal is usable, and the next start resumes', async (t) => {
  const terminal = openGuide(LAB, { inShell: true });
  t.teardown(() => terminal.close());
  await walk(terminal, signs, isStage('keepalived'));
  terminal.keys('a');
  await terminal.until(/\^c stop/);
  // the program itself: the one that has the session's lock
  const { stdout } = spawnSync('pgrep', ['-f', `iam-ha-wizard.js guide --lang en`], {
    encoding: 'utf8',
  });
  const mine = stdout.trim().split('\n').map(Number).filter(isOf(LAB));
  t.true(mine.length > 0);
  for (const pid of mine) process.kill(pid, 'SIGKILL');
  await terminal.until('shell$');
  // echo, line discipline and screen are the shell's again
  terminal.type('echo usable $((20 + 3))');
  terminal.keys('Enter');
  await terminal.until('usable 23');
  terminal.close();

  const again = openGuide(LAB);
  t.teardown(() => again.close());
  await screenOf(again, signs, ['welcome']);
  await walk(again, signs, (screen) => screen === 'runAll');
  again.keys('q');
  t.is(await again.ended(), 0);
  t.like((await wizard(LAB, ['plan', '--json'])).result, { ok: true, changes: 0 });
});

inRealLab(
  'a connection that is lost in a stage: what happened, and a retry that works',
  async (t) => {
    await wizard(LAB, ['apply', '--yes', '--json']);
    await wizard(LAB, ['undo', '--yes', '--json', '--stage', 'keepalived']);
    const terminal = openGuide(LAB);
    t.teardown(() => terminal.close());
    await walk(terminal, signs, isStage('keepalived'));
    // in the middle of the stage: as soon as the first of its files is there
    const begun = 'until [ -e /etc/keepalived/check_nginx.sh ]; do sleep 0.02; done';
    const cut = 'systemctl stop ssh; pkill -9 -f "[s]shd: root"; sleep 15; systemctl start ssh';
    onNode(LAB, 'iam-2', `systemd-run --collect bash -c '${begun}; ${cut}'`);
    terminal.keys('a');
    await terminal.until(/r retry/, 120);
    t.regex(terminal.text(), /✘ .*iam-2/);
    await until(() => onNode(LAB, 'iam-2', 'systemctl is-active ssh || true').startsWith('active'));
    terminal.keys('r');
    await screenOf(terminal, signs, ['apply', 'check']);
    await walk(terminal, signs, (screen) => screen === 'runAll');
    terminal.keys('q');
    t.is(await terminal.ended(), 0);
    t.like((await wizard(LAB, ['plan', '--json'])).result, { ok: true, changes: 0 });
  },
);

inRealLab('a daemon of an earlier stage dies: it is named, and retry leads to it', async (t) => {
  await wizard(LAB, ['apply', '--yes', '--json']);
  await wizard(LAB, ['undo', '--yes', '--json', '--stage', 'load-balancer']);
  const terminal = openGuide(LAB, { rows: 40 });
  t.teardown(() => terminal.close());
  await walk(terminal, signs, isStage('load-balancer'));
  onNode(LAB, 'iam-2', 'systemctl stop iam-apiserver');
  terminal.keys('a');
  await terminal.until(/r retry/, 120);
  t.regex(terminal.text(), /✘ .*iam-apiserver.*iam-2|✘ .*iam-2.*iam-apiserver/);
  t.notRegex(terminal.text(), /backend-gets-nothing/);
  terminal.keys('r');
  await screenOf(terminal, signs, ['apply']);
  t.regex(terminal.text(), /▸ services/);
  await walk(terminal, signs, (screen) => screen === 'runAll');
  terminal.keys('q');
  t.is(await terminal.ended(), 0);
  t.like((await wizard(LAB, ['plan', '--json'])).result, { ok: true, changes: 0 });
});

/** Whether a process has that lab's environment. */
function isOf(lab: string): (pid: number) => boolean {
  return (pid) => {
    const { stdout } = spawnSync('cat', [`/proc/${pid}/environ`], { encoding: 'utf8' });
    return (stdout ?? '').includes(`IAM_HA_WIZARD_LAB=${lab}\0`);
  };
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !isSo(); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 200));
}
