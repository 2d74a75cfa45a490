import test from 'ava';
import { publicHealthCheck } from '../../source/checks/public-health.ts';
import { publicIdleCheck } from '../../source/checks/public-idle.ts';
import type { HttpResult, Ipv4Address, PublicAddressSeen } from '../../source/model/index.ts';
import { EIP, haVipSeen, seen } from '../stages/_cloud-input.ts';
import { stageInput } from '../stages/_proxy-input.ts';
import { answered } from './_measured.ts';

const { cluster } = stageInput();
const OUTSIDE = { kind: 'ssh', host: '198.51.100.10' } as const;

function health(publicAddress: string | undefined, ...results: readonly HttpResult[]) {
  const options = { outside: OUTSIDE, publicAddress: () => publicAddress };
  const check = publicHealthCheck(cluster, 'authz', options);
  const exchanges = results.map((result) => ({ step: 'health', result, atMs: 1 }));
  return { check, verdict: check.judge([{ kind: 'dialogue', exchanges }]) };
}

test('a domain through the public address, asked from outside', (t) => {
  const { check, verdict } = health(EIP, answered(200, '{"status":"ok"}'));
  t.is(verdict.state, 'passed');
  t.deepEqual(verdict.reason.params, {
    domain: 'iam.authz.example.com',
    address: EIP,
    from: 'ssh:198.51.100.10',
  });
  const [asks] = check.measurements;
  if (asks?.kind !== 'dialogue') return t.fail();
  const first = asks.next([]);
  t.like(first, { vantage: OUTSIDE, address: EIP, host: 'iam.authz.example.com' });
  t.is(asks.next([{ step: 'health', result: answered(200), atMs: 1 }]), undefined);
  t.regex(check.seeForYourself ?? '', /curl -H 'Host: iam\.authz\.example\.com' http:\/\/203/);
});

test('somebody else answers, or nobody', (t) => {
  t.like(health(EIP, answered(502)).verdict, {
    state: 'failed',
    reason: { code: 'public-no-health', params: { status: 502 } },
  });
  // a name without a filing: the provider's own page
  t.is(health(EIP, answered(200, '<html>')).verdict.state, 'failed');
  const silent = { kind: 'no-answer', reason: 'timed out', elapsedMs: 4000 } as const;
  t.is(health(EIP, silent).verdict.problem?.params?.status, 0);
  t.is(health(EIP, { ...silent, unmeasured: true }).verdict.state, 'unknown');
});

test('before there is an address nothing is asked', (t) => {
  const { check, verdict } = health(undefined);
  t.like(verdict, { state: 'unknown', reason: { code: 'public-address-none' } });
  const [asks] = check.measurements;
  t.is(asks?.kind === 'dialogue' ? asks.next([]) : 'no dialogue', undefined);
});

test('an address is paid for idle: unbound, bound elsewhere, without a holder', (t) => {
  const { judge } = publicIdleCheck({
    network: 'vpc-1',
    vip: '10.0.4.99' as Ipv4Address,
    publicAddress: () => EIP,
    yuanPerHour: 0.2,
  });
  const bound: PublicAddressSeen = {
    id: 'eip-1',
    name: 'iamha',
    address: EIP,
    session: null,
    state: 'bound',
    boundTo: 'havip-1',
    madeAt: null,
  };
  const of = (address: PublicAddressSeen, haVip = haVipSeen({ publicAddress: EIP })) => {
    const { state, reason } = judge([seen({ haVips: [haVip], publicAddresses: [address] })]);
    return `${state} ${reason.code}`;
  };
  t.is(of(bound), 'passed public-address-used');
  t.is(of({ ...bound, state: 'free', boundTo: null }), 'failed public-address-unbound');
  t.is(of(bound, haVipSeen()), 'failed public-address-unbound');
  const alone = haVipSeen({ publicAddress: EIP, holder: null });
  t.is(of(bound, alone), 'failed public-address-without-holder');
  t.is(of({ ...bound, address: '203.0.113.9' }), 'unknown public-address-none');
});
