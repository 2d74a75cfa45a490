import test from 'ava';
import { revealContent } from '../../source/model/index.ts';
import { plannable } from '../../source/stages/frontend.ts';
import { hostFiles } from '../../source/stages/keepalived-files.ts';
import { STRAYS_FILE, strays, straysPackages } from '../../source/stages/keepalived-strays.ts';
import { stageInput, type Variation } from './_proxy-input.ts';

const THREE: Variation = {
  yaml: (text) => text.replace('\ndomains:', '\n  - { name: iam-3, address: 10.0.4.22 }\ndomains:'),
};
const CLOUD: Variation = {
  yaml: (text) => text.replace('{ provider: none }', '{ provider: console }'),
};

function fileOf(variation: Variation, path: string, place = 0): string | undefined {
  const input = stageInput(variation);
  const file = hostFiles(input, plannable(input)[place]!).find((one) => one.path === path);
  return file && revealContent(file.content);
}

const UNIT = '/etc/systemd/system/iam-ha-strays.service';

test('the holder sends what it does not know to each of its peers', (t) => {
  const two = fileOf({}, STRAYS_FILE) ?? '';
  t.is(two.match(/dup to/g)?.length, 2);
  t.regex(two, /@passed ip dscp set 0x3f dup to 10\.0\.4\.21 device "eth0" drop\n/);
  t.regex(two, /ip daddr 10\.0\.4\.99 tcp dport \{ 80 \} jump vip/);
  const three = fileOf(THREE, STRAYS_FILE, 1) ?? '';
  t.regex(three, /dup to 10\.0\.4\.20 device "eth0" dup to 10\.0\.4\.22 device "eth0" drop\n/);
});

test('another content has another mark: a node that joins is told to those that are there', (t) => {
  const mark = (text = '') => /"iam-ha ([0-9a-f]{12})"/.exec(text)?.[1];
  t.truthy(mark(fileOf({}, STRAYS_FILE)));
  t.not(mark(fileOf({}, STRAYS_FILE)), mark(fileOf(THREE, STRAYS_FILE)));
});

test('a kernel that refuses it does not fail the unit', (t) => {
  const unit = fileOf({}, UNIT) ?? '';
  t.regex(unit, /^ExecStart=-\/usr\/sbin\/nft -f \/etc\/iam-ha\/strays\.nft$/m);
});

test('not in a cloud: its fabric may drop what comes from a client’s address', (t) => {
  t.is(fileOf(CLOUD, STRAYS_FILE), undefined);
  t.is(fileOf(CLOUD, UNIT), undefined);
  const input = stageInput(CLOUD);
  const [frontend] = plannable(input);
  t.deepEqual(strays(input, frontend!, []), []);
  t.deepEqual(straysPackages(input, frontend!), []);
});
