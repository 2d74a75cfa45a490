import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { givenTls } from '../../source/cli/given-tls.ts';
import { EXIT, type OperatorError } from '../../source/model/index.ts';
import { selfSigned } from '../_certificate.ts';
import { changed, clusterOf, SHORT } from '../cluster/_examples.ts';

const names = ['iam.api.marmotedu.com', 'iam.authz.marmotedu.com'];
const folder = mkdtempSync(join(tmpdir(), 'iam-ha-tls-'));
const cluster = clusterOf(
  changed(SHORT, 'iam:', 'tls: { certificate: ./c.pem, key: ./k.pem }\niam:'),
  join(folder, 'cluster.yaml'),
);
test.after.always(() => rmSync(folder, { recursive: true }));

async function give(days: number): Promise<void> {
  const pair = await selfSigned({ names, days, fromDays: -20 });
  writeFileSync(join(folder, 'c.pem'), pair.certificate);
  writeFileSync(join(folder, 'k.pem'), pair.key);
}

const refused = (command: string) =>
  givenTls(cluster, command).then(
    () => undefined,
    (error: OperatorError) => [error.exitCode, ...error.problems.map(({ code }) => code)],
  );

test.serial('nothing named, nothing read; else anew at every run', async (t) => {
  t.is(await givenTls(clusterOf(SHORT), 'apply'), undefined);
  await give(9);
  const first = await givenTls(cluster, 'apply');
  await give(9);
  t.not((await givenTls(cluster, 'apply'))?.fingerprint, first?.fingerprint);
});

test.serial('one that has run out stops what writes it, not what looks', async (t) => {
  await give(-1);
  for (const command of ['plan', 'apply']) {
    t.deepEqual(await refused(command), [EXIT.usage, 'tls-expired']);
  }
  for (const command of ['check', 'drill', 'move-vip']) {
    t.true(((await givenTls(cluster, command))?.daysLeft ?? 0) < 0);
  }
});

test.serial('what cannot be read, or does not fit, stops everything', async (t) => {
  await give(9);
  writeFileSync(join(folder, 'k.pem'), 'no key');
  t.deepEqual(await refused('check'), [EXIT.usage, 'tls-no-key']);
  rmSync(join(folder, 'k.pem'));
  t.deepEqual(await refused('plan'), [EXIT.usage, 'unreadable-file']);
});
