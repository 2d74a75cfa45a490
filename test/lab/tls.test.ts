import { X509Certificate } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import type { PemPair } from '../../source/drivers/session/mint.ts';
import { labPlaces } from '../../source/lab/index.ts';
import { selfSigned } from '../_certificate.ts';
import { DOMAINS, startLoad } from './_clients.ts';
import { asOperator, down, inLab, type Line, labName, onNode, type Ran, upFresh } from './_lab.ts';
import { APPLY, assertSameTrees, NODES, run, type Trees, treesOf } from './_main-job.ts';

/** The operator's own certificate: served, renewed under load, named when clients do not get it, taken back. */
const LAB = labName('tls');
const VIP = '10.0.4.99';

let bare: Trees;
let served: PemPair;

const fileOf = (name: string) => join(labPlaces(LAB).folder, name);

function give({ certificate, key }: PemPair): void {
  writeFileSync(fileOf('fullchain.pem'), certificate);
  writeFileSync(fileOf('key.pem'), key, { mode: 0o600 });
}

/** RSA: the dearest handshake that is common. */
const mint = () => selfSigned({ kind: 'rsa', names: DOMAINS });

/** What a client that trusts this certificate alone gets. */
function https(domain: string): string {
  const to = `--cacert ${fileOf('fullchain.pem')} --resolve ${domain}:443:${VIP}`;
  return asOperator(LAB, `curl -s -m 3 -w ' %{http_code}' ${to} https://${domain}/healthz`).stdout;
}

const reloads = () =>
  NODES.map((node) =>
    Number(onNode(LAB, node, "journalctl -u nginx | grep -c 'Reloaded nginx' || true")),
  );

const checks = ({ events }: Ran) => events.filter(({ type }) => type === 'check');

function assertPassed(t: ExecutionContext, ran: Ran): void {
  const of = (ids: readonly string[]) =>
    checks(ran)
      .filter(({ id }) => ids.includes(String(id)))
      .map(({ id, verdict }) => `${id} ${verdict}`)
      .sort();
  const ids = [
    ...NODES.flatMap((node) => ['api', 'authz'].map((name) => `tls-health/${node}/${name}`)),
    'vip-tls/api',
    'vip-tls/authz',
    'tls-certificate',
  ];
  t.deepEqual(of(ids), ids.map((id) => `${id} passed`).sort());
}

inLab.before('bare machines, and a certificate beside the cluster file', async (t) => {
  t.timeout(300_000);
  await upFresh(LAB);
  bare = treesOf(LAB);
  served = await mint();
  appendFileSync(labPlaces(LAB).cluster, 'tls: { certificate: ./fullchain.pem, key: ./key.pem }\n');
});

inLab("another certificate's key: refused before any node is asked", async (t) => {
  give({ ...served, key: (await mint()).key });
  const { events } = await run(t, LAB, APPLY, 64);
  const line = readFileSync(labPlaces(LAB).cluster, 'utf8').trimEnd().split('\n').length;
  t.like(
    events.find(({ type }) => type === 'problem'),
    { code: 'tls-key-mismatch', field: 'tls.key', line },
  );
  assertSameTrees(t, bare, treesOf(LAB));
});

inLab('served on both nodes and at the VIP; the key is seen nowhere', async (t) => {
  t.timeout(300_000);
  give(served);
  const first = await run(t, LAB, APPLY, 0);
  assertPassed(t, first);
  for (const domain of DOMAINS) t.regex(https(domain), /^\{"status":\s?"ok"\}\s* 200$/);
  for (const node of NODES)
    t.is(onNode(LAB, node, 'stat -c "%a %U" /etc/nginx/iam-ha/tls-key.pem').trim(), '600 root');
  const again = await run(t, LAB, APPLY, 0);
  t.is(again.result.changed, 0);
  const trips = again.result.roundTrips as Readonly<Record<string, number>>;
  for (const count of Object.values(trips)) t.is(count, 3);
  const [secret = ''] = served.key.split('\n').slice(3);
  t.true(secret.length > 40);
  const found = asOperator(LAB, `grep -rlF '${secret}' ${labPlaces(LAB).state}`).stdout;
  t.is(found, '', 'nothing of the key in the session');
  for (const text of [first.stdout, first.stderr, again.stdout]) t.false(text.includes(secret));
});

inLab('a renewed certificate: one reload of each nginx, and no request is lost', async (t) => {
  t.timeout(300_000);
  const before = reloads();
  served = await mint();
  give(served);
  const load = await startLoad(LAB, 1, 'tls');
  const ran = await run(t, LAB, APPLY, 0);
  const { seen } = await load.end();
  assertPassed(t, ran);
  t.deepEqual(
    reloads(),
    before.map((count) => count + 1),
  );
  const changes = ran.events.filter(({ type, state }) => type === 'change' && state === 'done');
  t.deepEqual(
    changes.map(({ node, resource, effect }) => `${node} ${resource} ${effect}`).sort(),
    NODES.flatMap((node) => [
      `${node} file:/etc/nginx/iam-ha/tls-key.pem none`,
      `${node} file:/etc/nginx/iam-ha/tls.pem none`,
      `${node} unit:nginx reload`,
    ]),
  );
  for (const { domain, sent, ok, late, failed, slowestMs, jitterMs, bad } of seen) {
    const figures = `${ok} of ${sent} ok, ${late} late, ${failed} failed`;
    t.log(`${domain}: ${figures}, slowest ${slowestMs.toFixed()}, lag ${jitterMs.toFixed(1)} ms`);
    t.true(sent > 300);
    t.deepEqual(bad, []);
  }
  for (const domain of DOMAINS) t.regex(https(domain), / 200$/);
  const shown = asOperator(
    LAB,
    `openssl s_client -connect ${VIP}:443 -servername ${DOMAINS[0]} </dev/null 2>/dev/null`,
  ).stdout;
  t.is(new X509Certificate(shown).fingerprint256, fingerprint());
});

const fingerprint = () => new X509Certificate(served.certificate).fingerprint256;

/** What `check` says has failed: one cause. */
async function failedOf(t: ExecutionContext): Promise<readonly Line[]> {
  const ran = await run(t, LAB, ['check', '--json'], 1);
  return checks(ran).filter(({ verdict }) => verdict === 'failed');
}

inLab(
  '443 is kept out, and somebody else answers there: each is named, once a domain',
  async (t) => {
    t.timeout(300_000);
    const inAll = (script: string) => NODES.forEach((node) => void onNode(LAB, node, script));
    inAll(`nft add table inet on_purpose
nft add chain inet on_purpose in '{ type filter hook input priority -300; }'
nft add rule inet on_purpose in iifname eth0 tcp dport 443 reject with tcp reset`);
    const closed = await failedOf(t);
    inAll('nft delete table inet on_purpose');
    t.deepEqual(
      closed.map(({ id, code }) => `${id} ${code}`),
      ['vip-tls/api tls-no-answer', 'vip-tls/authz tls-no-answer'],
    );
    // what listens at 80 speaks no TLS
    inAll(`nft add table ip on_purpose
nft add chain ip on_purpose in '{ type nat hook prerouting priority -100; }'
nft add rule ip on_purpose in iifname eth0 tcp dport 443 redirect to :80`);
    const other = await failedOf(t);
    inAll('nft delete table ip on_purpose');
    t.deepEqual(
      other.map(({ id, code }) => `${id} ${code}`),
      ['vip-tls/api tls-no-handshake', 'vip-tls/authz tls-no-handshake'],
    );
  },
);

inLab('a certificate that has run out stops an apply, not a check', async (t) => {
  t.timeout(300_000);
  give(await selfSigned({ names: DOMAINS, days: -1, fromDays: -9 }));
  const { events } = await run(t, LAB, APPLY, 64);
  t.like(
    events.find(({ type }) => type === 'problem'),
    { code: 'tls-expired', field: 'tls.certificate' },
  );
  const ids = (await failedOf(t)).map(({ id, code }) => `${id} ${code}`);
  t.true(ids.includes('tls-certificate tls-expired'), ids.join(', '));
  give(served);
});

inLab('taken out of the cluster file, the key goes; undo brings everything back', async (t) => {
  t.timeout(300_000);
  const { cluster } = labPlaces(LAB);
  const text = readFileSync(cluster, 'utf8');
  writeFileSync(cluster, text.replace(/^tls: .*\n/m, ''));
  await run(t, LAB, APPLY, 0);
  for (const node of NODES) {
    t.is(onNode(LAB, node, 'ls /etc/nginx/iam-ha | grep tls || true'), '');
    t.is(onNode(LAB, node, 'ss -Htln sport = :443'), '');
  }
  await run(t, LAB, ['undo', '--yes', '--json'], 0);
  const notThePackages = `find /etc/nginx -type f | while read -r file; do
  dpkg -S "$file" >/dev/null 2>&1 || echo "$file"; done; dpkg -V nginx-common`;
  for (const node of NODES) t.is(onNode(LAB, node, notThePackages), '');
});

inLab.after.always('nothing stays', () => down(LAB));
