import test from 'ava';
import { type Change, revealContent } from '../../source/model/index.ts';
import { keepalived } from '../../source/stages/keepalived.ts';
import { assertParses } from '../resources/world.ts';
import { stageInput } from './_proxy-input.ts';

type Profile = 'lecture' | 'balanced' | 'fast';

const stageOf = (profile: Profile) =>
  keepalived(stageInput({ yaml: (text) => text.replace('balanced', profile) }));

function planOf(profile: Profile, id: string, stdout: string) {
  const found = stageOf(profile).resources.find((one) => one.id === id && one.node === 'iam-2');
  if (!found) throw new Error(`no ${id}`);
  return found.plan({ kind: 'exited', exitCode: 0, stdout, stderr: '' });
}

const SETTINGS = 'vrrp-settings:keepalived';

function changeOf(profile: Profile, stdout: string): Change {
  const planned = planOf(profile, SETTINGS, stdout);
  if (planned.kind !== 'change') throw new Error(planned.kind);
  return planned.change;
}

test('front ends agree, or do not run: nobody steps aside', (t) => {
  for (const seen of ['active\nend\n', 'holds\nactive\nend\n', 'differs\nend\n']) {
    t.is(planOf('fast', SETTINGS, seen).kind, 'settled', seen);
  }
  t.is(planOf('fast', SETTINGS, 'active\n').kind, 'refused');
});

test('who has the VIP tests the new file and goes on; a standby stops, armed, after it', (t) => {
  const ahead = changeOf('fast', 'holds\nactive\nenabled\ndiffers\nend\n');
  const aside = changeOf('fast', 'active\nenabled\ndiffers\nend\n');
  t.true((ahead.turn ?? 0) < (aside.turn ?? 0));
  t.is(ahead.parts[0].summary.code, 'vrrp-settings-test');
  t.is(aside.parts[0].summary.code, 'vrrp-settings-aside');
  const scripts = [ahead, aside].map(({ actions }) =>
    actions[0]?.kind === 'script' ? revealContent(actions[0].script) : '',
  );
  for (const script of scripts) assertParses(script);
  t.notRegex(scripts[0]!, /systemctl stop keepalived/);
  t.regex(scripts[1]!, /systemd-run [^\n]*\n[^\n]*\|\| exit\nsystemctl stop keepalived\n$/);
  t.deepEqual(aside.undo.at(-1), {
    kind: 'restore-unit',
    unit: 'keepalived',
    active: true,
    enabled: true,
  });
});

test('a file that was written and not loaded counts as one that differs', (t) => {
  t.is(changeOf('balanced', 'active\npending\nend\n').parts[0].summary.code, 'vrrp-settings-aside');
});

test('one that was left stopped stays aside until the holder has been seen to', (t) => {
  const { parts, undo } = changeOf('fast', 'armed\nenabled\nend\n');
  t.is(parts[0].summary.code, 'vrrp-settings-still-aside');
  t.false(undo.some((step) => step.kind === 'restore-unit'));
});

test('the probe asks of the wanted settings, with the password as a secret', (t) => {
  for (const [profile, wanted] of [
    ['lecture', '2 51 1 vrrpPass'],
    ['balanced', '2 51 1 vrrpPass'],
    ['fast', '3 51 0.2 '],
  ] as const) {
    const probe = stageOf(profile).resources.find((one) => one.id === SETTINGS)?.probe ?? [];
    assertParses(probe);
    t.true(revealContent(probe).includes(`\n${wanted}\nIAMHA_WANTED`), profile);
    t.false(probe.join('').includes('vrrpPass'));
  }
});

test('keepalived takes its turn by who has the VIP; what it reads no more goes last', (t) => {
  const resources = stageOf('lecture').resources.filter((one) => one.node === 'iam-2');
  const turned = resources.filter((one) => /holds && echo 3 \|\| echo 4/.test(one.probe.join('')));
  t.deepEqual(
    turned.map((one) => one.id),
    ['config:keepalived', 'unit:keepalived'],
  );
  const shown = 'LoadState=loaded\nActiveState=inactive\nUnitFileState=enabled\nend\n';
  for (const turn of [3, 4]) {
    const planned = planOf('lecture', 'unit:keepalived', `${turn}\n${shown}`);
    t.is(planned.kind === 'change' ? planned.change.turn : undefined, turn);
  }
  t.deepEqual(
    resources.slice(-3).map((one) => one.id),
    ['unit:iam-ha-nginx-witness', 'tmpfiles:/run/iam-ha', 'config:keepalived/witness'],
  );
  const witness = planOf(
    'lecture',
    'unit:iam-ha-nginx-witness',
    'ActiveState=active\nUnitFileState=enabled\nend\n',
  );
  if (witness.kind !== 'change') return t.fail(witness.kind);
  t.is(witness.change.turn, 5);
  const [action] = witness.change.actions;
  t.true(action?.kind === 'script' && /ExecStop=\\n/.test(revealContent(action.script)));
});

test('with a witness it is there before keepalived is told to read its file', (t) => {
  const ids = stageOf('fast').resources.map((one) => one.id);
  t.true(ids.indexOf('unit:iam-ha-nginx-witness') < ids.indexOf('config:keepalived'));
});
