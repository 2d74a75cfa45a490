import test from 'ava';
import type { ServedTls } from '../../source/cluster/index.ts';
import {
  MASK,
  maskContent,
  type NodeFacts,
  revealContent,
  Secret,
} from '../../source/model/index.ts';
import { clientFlows } from '../../source/stages/cloud/flows.ts';
import { plannable } from '../../source/stages/frontend.ts';
import { keepalived } from '../../source/stages/keepalived.ts';
import { proxyFiles } from '../../source/stages/nginx-files.ts';
import { preflight } from '../../source/stages/preflight.ts';
import { publicAccess } from '../../source/stages/public-access.ts';
import { reverseProxy } from '../../source/stages/reverse-proxy.ts';
import type { StageInput } from '../../source/stages/stage-input.ts';
import { virtualIp } from '../../source/stages/virtual-ip.ts';
import { cloudInput, EIP } from './_cloud-input.ts';
import { stageInput, type Variation } from './_proxy-input.ts';

const TLS: ServedTls = {
  certificate: '-----CERTIFICATE-----\n',
  key: new Secret('key', '-----KEY-----\n'),
  fingerprint: 'AB:CD',
  subject: 'CN=operator',
  expires: '2027-01-31',
  daysLeft: 66,
};

type Text = NonNullable<Variation['yaml']>;

const named: Text = (text) =>
  text.replace('firewall:', 'tls: { certificate: ./c, key: ./k }\nfirewall:');
const given = (input: StageInput): StageInput => ({ ...input, tls: TLS });

function withTls({ yaml = (same) => same, ...more }: Variation = {}): StageInput {
  return stageInput({ ...more, yaml: (text) => yaml(named(text)), input: given });
}

const filesOf = (input: StageInput) => proxyFiles(input, plannable(input)[0]!);
const idsOf = (plan: { readonly checks: readonly { readonly id: string }[] }, word: string) =>
  plan.checks.map(({ id }) => id).filter((id) => id.includes(word));

test('certificate and key before the virtual hosts; the key for root alone, and masked', (t) => {
  const [certificate, key] = filesOf(withTls());
  t.like(certificate, { path: '/etc/nginx/iam-ha/tls.pem', mode: '0644' });
  t.like(key, { path: '/etc/nginx/iam-ha/tls-key.pem', mode: '0600', owner: 'root:root' });
  t.is(revealContent(certificate!.content), TLS.certificate);
  t.is(revealContent(key!.content), TLS.key.reveal());
  t.is(maskContent(key!.content), MASK);
});

test('both domains: 443 beside 80, explained in either language; without a certificate nothing of it', (t) => {
  for (const language of ['en', 'zh'] as const) {
    const hosts = filesOf({ ...withTls(), language })
      .filter(({ path }) => /iam-(api|authz-)server\.conf$/.test(path))
      .map(({ content }) => revealContent(content));
    t.is(hosts.length, 2);
    for (const host of hosts) {
      t.is(host.match(/^server \{/gm)?.length, 1);
      t.regex(host, /listen 80;\n[\s\S]*listen 443 ssl;/);
      t.regex(host, /ssl_certificate_key \/etc\/nginx\/iam-ha\/tls-key\.pem;/);
      t.regex(host, /ssl_protocols TLSv1\.2 TLSv1\.3;/);
      t.is(/\p{Script=Han}/u.test(host), language === 'zh');
    }
  }
  for (const { path, content } of filesOf(stageInput())) {
    t.notRegex(path, /tls/);
    t.notRegex(revealContent(content), /443|ssl_/);
  }
});

test('443 is nginx’s on front ends, and let in where 80 is', (t) => {
  const listens = (process: string) => (facts: NodeFacts) => ({
    ...facts,
    listeners: [{ protocol: 'tcp', address: '0.0.0.0', port: 443, process } as const],
  });
  const codes = (input: StageInput) =>
    preflight(input).problems.map(({ code, params }) => `${code} ${params?.port}`);
  t.deepEqual(codes(withTls({ facts: listens('caddy') })), Array(2).fill('port-taken 443'));
  t.deepEqual(codes(withTls({ facts: listens('nginx') })), []);
  t.deepEqual(codes(stageInput({ facts: listens('caddy') })), []);
  const backend: Text = (text) =>
    text.replace('domains:', '  - { name: iam-3, address: 10.0.4.22, roles: [backend] }\ndomains:');
  t.is(codes(withTls({ facts: listens('caddy'), yaml: backend })).length, 2);
  t.deepEqual(
    clientFlows(withTls().cluster).map(({ node, port }) => `${node} ${port}`),
    ['iam-1 80', 'iam-1 443', 'iam-2 80', 'iam-2 443'],
  );
});

test('a firewall manager lets 443 in beside 80', (t) => {
  const guarded: Variation = {
    yaml: (text) => text.replace('firewall: none', 'firewall: nodes-only'),
    facts: (facts) => ({ ...facts, firewall: { firewalld: false, ufw: true } }),
  };
  const rules = (input: StageInput) => {
    const rule = reverseProxy(input).resources.find(({ id }) => id === 'ufw:reverse-proxy');
    return JSON.stringify(rule?.plan({ kind: 'exited', exitCode: 0, stdout: 'end\n', stderr: '' }));
  };
  t.regex(rules(withTls(guarded)), /443/);
  t.notRegex(rules(stageInput(guarded)), /443/);
  t.regex(rules(stageInput(guarded)), /\b80\b/);
});

test('the clicks in a console name 443, too', (t) => {
  const provider: Text = (text) => text.replace('{ provider: none }', '{ provider: console }');
  t.regex(virtualIp(withTls({ yaml: provider })).byHand?.text.zh ?? '', /TCP 80,443/);
  t.regex(virtualIp(stageInput({ yaml: provider })).byHand?.text.en ?? '', /TCP 80 from/);
});

test('asked on each front end, at the VIP and outside; before anything, how long it is good', (t) => {
  const input = withTls();
  t.deepEqual(
    idsOf(reverseProxy(input), 'tls'),
    ['iam-1', 'iam-2'].flatMap((node) => [`tls-health/${node}/api`, `tls-health/${node}/authz`]),
  );
  t.deepEqual(idsOf(keepalived(input), 'tls'), ['vip-tls/api', 'vip-tls/authz']);
  t.deepEqual(idsOf(preflight(input), 'tls'), ['tls-certificate']);
  for (const plan of [reverseProxy, keepalived, preflight, publicAccess])
    t.deepEqual(idsOf(plan(stageInput()), 'tls'), []);
  const outside = publicAccess(cloudInput({ yaml: named, input: given }));
  t.deepEqual(idsOf(outside, 'tls'), ['public-tls/api', 'public-tls/authz']);
});

test('less than 30 days are a warning, none a failure', (t) => {
  const verdict = (daysLeft: number) => {
    const input = { ...withTls(), tls: { ...TLS, daysLeft } };
    const check = preflight(input).checks.find(({ id }) => id === 'tls-certificate');
    const { state, reason, problem } = check!.judge([]);
    return [state, reason.code, problem?.field];
  };
  t.deepEqual(verdict(30), ['passed', 'tls-certificate-good', undefined]);
  t.deepEqual(verdict(29), ['warned', 'tls-expires-soon', 'tls.certificate']);
  t.deepEqual(verdict(0), ['warned', 'tls-expires-soon', 'tls.certificate']);
  t.deepEqual(verdict(-1), ['failed', 'tls-expired', 'tls.certificate']);
});

test('clear text: a warning without TLS, or where nobody could see it; else what is seen outside', (t) => {
  const clear = (input: StageInput) =>
    publicAccess(input).checks.find(({ id }) => id === 'public-clear-text');
  const codeOf = (input: StageInput) => clear(input)?.judge([]).reason.code;
  const console_ =
    (more: string): Text =>
    (text) =>
      text.replace('{ provider: none }', `{ provider: console${more} }`);
  t.is(codeOf(cloudInput()), 'logins-in-clear-text');
  t.is(codeOf(withTls({ yaml: console_('') })), 'logins-not-seen-encrypted');
  const seen = clear(withTls({ yaml: console_(`, eip: { existing: ${EIP} }`) }));
  t.is(seen?.measurements[0]?.kind, 'dialogue');
  t.is(seen?.judge([{ kind: 'dialogue', exchanges: [] }]).state, 'unknown');
  t.is(clear(cloudInput({ yaml: named, input: given }))?.measurements.length, 1);
});
