import test from 'ava';
import type { Closed } from '../../source/checks/cloud-admits.ts';
import { type HostView, readHost, type Witnesses } from '../../source/checks/cloud-witness-read.ts';
import { witnessScript } from '../../source/checks/cloud-witness-script.ts';
import { judgeWitnesses } from '../../source/checks/cloud-witnesses.ts';
import type { HttpResult, Ipv4Address, NodeName, VerdictState } from '../../source/model/index.ts';
import { witnesses } from '../../source/stages/cloud/witnessed.ts';
import { renderMessage, renderProblem } from '../../source/text/index.ts';
import {
  cloudInput,
  EIP,
  haVipSeen,
  instance,
  rule,
  seen,
  withRules,
} from '../stages/_cloud-input.ts';
import { answered, printed } from './_measured.ts';

const ADDRESSES = { 'iam-1': '10.0.4.20', 'iam-2': '10.0.4.21' } as const;

function host(name: keyof typeof ADDRESSES, change: Partial<HostView> = {}): HostView {
  return {
    node: { name: name as NodeName, address: ADDRESSES[name] as Ipv4Address },
    instance: instance(name),
    nic: 'eth0',
    holdsOn: undefined,
    masterFor: undefined,
    heard: undefined,
    arp: { kind: 'nobody' },
    ...change,
  };
}

const holder = host('iam-1', { holdsOn: 'eth0', masterFor: 300, heard: [], arp: { kind: 'self' } });
const standby = host('iam-2', { arp: { kind: 'node', node: 'iam-1' as NodeName } });
const second = (heard: readonly string[] | undefined) =>
  host('iam-2', { holdsOn: 'eth0', masterFor: 4, heard, arp: { kind: 'self' } });
const hearing = (heard: readonly string[] | undefined) => ({ ...holder, heard });

const healthy = answered(200, '{"status":"ok"}');
const silent: HttpResult = { kind: 'no-answer', reason: 'timed out', elapsedMs: 4000 };
const closed: Closed = {
  node: 'iam-2' as NodeName,
  group: 'sg-1',
  direction: 'in',
  what: 'TCP 80',
  peer: null,
};

interface Case {
  readonly seen?: Partial<Witnesses>;
  readonly closed?: readonly Closed[];
  readonly state: VerdictState;
  readonly code: string;
  readonly node?: string;
  readonly because?: string;
}

const CASES: Readonly<Record<string, Case>> = {
  'all agree': { state: 'passed', code: 'witnesses-agree' },
  'no public address yet': {
    seen: { outside: undefined },
    state: 'passed',
    code: 'witnesses-agree',
  },
  'anybody of the subnet may hold it': {
    seen: { haVip: haVipSeen({ mayHold: null }) },
    state: 'passed',
    code: 'witnesses-agree',
  },
  'the set lacks the node that holds it': {
    seen: { haVip: haVipSeen({ mayHold: ['ins-iam-2'], holder: 'ins-iam-2' }) },
    state: 'failed',
    code: 'cloud-set-lacks-node',
    node: 'iam-1',
  },
  'the set lacks the node that does not hold it now': {
    seen: { haVip: haVipSeen({ mayHold: ['ins-iam-1'] }) },
    state: 'failed',
    code: 'cloud-set-lacks-node',
    node: 'iam-2',
  },
  'made in the console: nobody may hold it': {
    seen: { haVip: haVipSeen({ mayHold: [], holder: null }) },
    state: 'failed',
    code: 'cloud-set-lacks-node',
    node: 'iam-1',
  },
  'announced on another interface: the cloud shows nobody': {
    seen: { haVip: haVipSeen({ holder: null }) },
    state: 'failed',
    code: 'cloud-announced-elsewhere',
    node: 'iam-1',
  },
  'announced on another interface: the cloud shows the other': {
    seen: { haVip: haVipSeen({ holder: 'ins-iam-2' }) },
    state: 'failed',
    code: 'cloud-announced-elsewhere',
    node: 'iam-1',
  },
  'the holder does not say since when it is MASTER': {
    seen: {
      haVip: haVipSeen({ holder: null }),
      hosts: [{ ...holder, masterFor: undefined }, standby],
    },
    state: 'failed',
    code: 'cloud-announced-elsewhere',
    node: 'iam-1',
  },
  'the cloud has not followed yet': {
    seen: {
      haVip: haVipSeen({ holder: 'ins-iam-2' }),
      hosts: [{ ...holder, masterFor: 3 }, standby],
    },
    state: 'unknown',
    code: 'cloud-not-followed-yet',
  },
  'one way: the second does not hear the first': {
    seen: { hosts: [hearing([ADDRESSES['iam-2']]), second([])] },
    state: 'failed',
    code: 'vrrp-one-way',
    node: 'iam-2',
  },
  'one way, the other way': {
    seen: { hosts: [hearing([]), second([ADDRESSES['iam-1']])] },
    state: 'failed',
    code: 'vrrp-one-way',
    node: 'iam-1',
  },
  'both have it, and neither hears the other': {
    seen: { hosts: [hearing([]), second([])] },
    state: 'unknown',
    code: 'explained',
    because: 'vip-holder',
  },
  'both have it, and both hear: added by hand': {
    seen: { hosts: [hearing([ADDRESSES['iam-2']]), second([ADDRESSES['iam-1']])] },
    state: 'unknown',
    code: 'explained',
    because: 'vip-holder',
  },
  'both have it, and one could not listen': {
    seen: { hosts: [hearing([ADDRESSES['iam-2']]), second(undefined)] },
    state: 'unknown',
    code: 'explained',
    because: 'vip-holder',
  },
  'nobody has it': {
    seen: { hosts: [host('iam-1'), host('iam-2')] },
    state: 'unknown',
    code: 'explained',
    because: 'vip-holder',
  },
  'there is no HAVIP': {
    seen: { haVip: undefined },
    state: 'unknown',
    code: 'cloud-no-ha-vip',
    because: 'applied/cloud/ha-vip:10.0.4.99',
  },
  'port 80 is closed, and nobody gets in': {
    seen: { outside: silent },
    closed: [closed],
    state: 'failed',
    code: 'security-group-closes-80',
    node: 'iam-2',
  },
  'port 80 is closed to everybody but us': {
    closed: [closed],
    state: 'warned',
    code: 'security-group-closes-80',
    node: 'iam-2',
  },
  'nobody answers, and no group is why: another check says so': {
    seen: { outside: silent },
    state: 'passed',
    code: 'witnesses-agree',
  },
  'the hosts come before the cloud, the cloud before the clients': {
    seen: { haVip: haVipSeen({ holder: null }), outside: silent },
    closed: [closed],
    state: 'failed',
    code: 'cloud-announced-elsewhere',
    node: 'iam-1',
  },
};

for (const [name, one] of Object.entries(CASES)) {
  test(name, (t) => {
    const witnessed: Witnesses = {
      vip: '10.0.4.99' as Ipv4Address,
      hosts: [holder, standby],
      haVip: haVipSeen(),
      groups: [],
      outside: healthy,
      ...one.seen,
    };
    const verdict = judgeWitnesses(witnessed, () => one.closed ?? []);
    t.is(verdict.state, one.state);
    t.is(verdict.reason.code, one.code);
    t.is(verdict.problem?.node, one.node);
    t.is(verdict.because, one.because);
    for (const language of ['en', 'zh'] as const) {
      if (!verdict.problem) {
        t.notRegex(renderMessage(verdict.reason, language), /\?|\{|undefined/);
        continue;
      }
      const { title, cause, nextSteps } = renderProblem(verdict.problem, language);
      for (const text of [title, cause, ...nextSteps]) t.notRegex(text, /\?|\{[a-z]|undefined/);
    }
  });
}

test('all views stand side by side in the verdict', (t) => {
  const all = { vip: '10.0.4.99' as Ipv4Address, groups: [], outside: healthy };
  const { reason } = judgeWitnesses(
    { ...all, hosts: [holder, standby], haVip: haVipSeen() },
    () => [],
  );
  t.deepEqual(reason.params, {
    vip: '10.0.4.99',
    node: 'iam-1',
    arp: 'iam-1',
    cloud: 'iam-1',
    moved: '2026-11-26T02:00:00.000Z',
    outside: 'HTTP 200',
  });
});

test('what a front end says', (t) => {
  const place = { node: holder.node, instance: holder.instance, nic: 'eth0' };
  const said =
    'holds eth0 10.0.4.99/32\nstate notify_master\nsince 12\nheard 10.0.4.21\nlistened\n';
  const view = readHost(place, printed(said), printed('self\n'), []);
  t.like(view, { holdsOn: 'eth0', masterFor: 12, heard: ['10.0.4.21'], arp: { kind: 'self' } });
  const other = readHost(place, printed('state notify_backup\n'), printed('\n'), []);
  t.is(other?.holdsOn, undefined);
  t.is(other?.masterFor, undefined);
  t.is(other?.heard, undefined);
  const gone = { kind: 'timed-out', afterMs: 9, stdout: '', stderr: '' } as const;
  t.is(readHost(place, gone, printed(''), []), undefined);
});

test('the check asks every front end, the cloud, and the public address once there is one', (t) => {
  const before = witnesses(cloudInput())[0]!;
  t.deepEqual(
    before.measurements.map(({ kind }) => kind),
    ['cloud', 'dialogue', 'script', 'script', 'script', 'script'],
  );
  const asks = (publicAddress?: string) => {
    const input = cloudInput(publicAddress === undefined ? {} : { publicAddress });
    const [, outside] = witnesses(input)[0]!.measurements;
    return outside?.kind === 'dialogue' ? outside.next([]) : undefined;
  };
  t.is(asks(), undefined);
  t.like(asks(EIP), { address: EIP, port: 80, host: 'iam.api.example.com', path: '/healthz' });
});

test('from measurements to a verdict: a closed group is found in what the cloud says now', (t) => {
  const input = cloudInput({ publicAddress: EIP });
  const check = witnesses(input)[0]!;
  const hosts = [
    printed('holds eth0 10.0.4.99/32\nstate notify_master\nsince 99\nlistened\n'),
    printed('self\n'),
    printed('state notify_backup\n'),
    printed('10.0.4.99 lladdr 52:54:00:00:00:20 REACHABLE\n'),
  ];
  const outside = (result: HttpResult) =>
    ({ kind: 'dialogue', exchanges: [{ step: 'outside', result, atMs: 1 }] }) as const;
  const open = seen({ haVips: [haVipSeen()], securityGroups: input.cloud!.facts.securityGroups });
  t.is(check.judge([open, outside(healthy), ...hosts]).state, 'passed');
  const rules = withRules(rule({ peer: '10.0.4.0/24' })).securityGroups;
  const shut = seen({ haVips: [haVipSeen()], securityGroups: rules });
  t.is(check.judge([shut, outside(silent), ...hosts]).problem?.code, 'security-group-closes-80');
  const unseen = { kind: 'cloud-unseen', problem: { code: 'cloud-unreachable' } } as const;
  t.like(check.judge([unseen, outside(silent), ...hosts]), {
    state: 'unknown',
    reason: { code: 'cloud-unreachable' },
  });
  const late = { kind: 'timed-out', afterMs: 9, stdout: '', stderr: '' } as const;
  t.is(check.judge([open, outside(healthy), late, ...hosts.slice(1)]).state, 'unknown');
});

test('the script listens longer than two adverts are apart, and only where the VIP is', (t) => {
  const script = witnessScript({
    vip: '10.0.4.99' as Ipv4Address,
    me: '10.0.4.20' as Ipv4Address,
    peers: ['10.0.4.21' as Ipv4Address],
    listenSeconds: 2.3,
  });
  t.regex(script, /perl - '2\.3' '10\.0\.4\.20' '10\.0\.4\.21'/);
  t.regex(script, /grep -qv ' lo '/);
});
