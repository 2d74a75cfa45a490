import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { JournalBody } from '../../../source/model/index.ts';
import { chosen, type Desk, openDesk, startCloud } from './_cloud-cli.ts';

const intent: JournalBody = {
  ...{ type: 'cloud-intent', change: 'buy', stage: 'public-access', resource: 'eip:pair' },
  ...{ owned: true, summary: { code: 'eip-make' }, undo: [] },
  actions: [
    {
      ...{ kind: 'make-public-address', name: 'n', token: 't' },
      marks: { session: '0123456789ab', cluster: 'pair' },
    },
  ],
};
const bought: JournalBody = {
  ...{ type: 'cloud-outcome', change: 'buy', state: 'done', requestId: 'r', traceId: 't' },
  outputs: { id: 'eip-1', address: '203.0.113.7' },
};

/** A pair of which no machine can be entered. */
function writeCluster(desk: Desk): void {
  mkdirSync(join(desk.folder, 'iam'));
  for (const name of ['iam-apiserver', 'iam-authz-server', 'iam-pump'])
    writeFileSync(join(desk.folder, 'iam', name), '#!/bin/true\n', { mode: 0o755 });
  const text = `version: 1
name: pair
nodes:
  - { name: iam-1, address: 10.0.4.20, data: true, ssh: { host: 127.0.0.1, port: 1 } }
  - { name: iam-2, address: 10.0.4.21, ssh: { host: 127.0.0.1, port: 2 } }
domains: { api: api.example.com, authz: authz.example.com }
iam: { source: { directory: ./iam } }
vip: { address: 10.0.4.99 }
cloud: { provider: tencent }
`;
  writeFileSync(join(desk.folder, 'cluster.yaml'), text);
}

for (const [what, body] of [
  ['bought', bought],
  ['perhaps bought', { ...bought, state: 'unknown', outputs: {} } as JournalBody],
] as const) {
  test.serial(`an apply that fails says what is billed: ${what}`, async (t) => {
    const desk = openDesk(t, await startCloud(t));
    desk.session('pair', '0123456789ab0000', chosen, intent, body);
    writeCluster(desk);
    const told = await desk.run('apply', '--yes', '--json');
    t.not(told.code, 0);
    t.like(told.events.at(-1), { type: 'result', command: 'apply', ok: false });
    const { meter } = told.events.at(-1) as never as { meter: readonly { id: string }[] };
    t.is(meter.length, 1, told.stdout);
    const shown = await desk.run('apply', '--yes');
    t.regex(shown.stdout, what === 'bought' ? /EIP 203\.0\.113\.7: bought/ : /EIP \?: bought/);
    t.regex(shown.stdout, /yuan an hour/);
    const looked = await desk.run('plan', '--json');
    t.false('meter' in (looked.events.at(-1) as object), 'what only looks says it elsewhere');
  });
}

test.serial('an apply that fails where nothing was bought has no bill', async (t) => {
  const desk = openDesk(t, await startCloud(t));
  desk.session('pair', '0123456789ab0000', chosen);
  writeCluster(desk);
  const { events } = await desk.run('apply', '--yes', '--json');
  t.false('meter' in (events.at(-1) as object));
});
