import test from 'ava';
import type {
  CloudPlanned,
  CloudSeen,
  HaVipSeen,
  Outputs,
  PublicAddressSeen,
} from '../../source/model/index.ts';
import { cloudName, cloudToken, isOwn } from '../../source/resources/cloud-names.ts';
import { eipBinding } from '../../source/resources/eip-binding.ts';
import { elasticIp } from '../../source/resources/elastic-ip.ts';
import { haVip } from '../../source/resources/ha-vip.ts';

const session = { id: '0123456789ab', cluster: 'iam-prod' };
const NAME = 'iamha-iam-prod-0123456789ab';
const instances = ['ins-1', 'ins-2'];

const OWN: HaVipSeen = {
  id: 'havip-1',
  name: NAME,
  address: '10.0.4.99',
  network: 'vpc-1',
  subnet: 'subnet-1',
  session: session.id,
  holder: null,
  publicAddress: null,
  mayHold: instances,
  movedAt: null,
};
const FOREIGN: HaVipSeen = { ...OWN, id: 'havip-9', name: 'theirs', session: null };

const EIP: PublicAddressSeen = {
  id: 'eip-1',
  name: NAME,
  address: '203.0.113.1',
  session: session.id,
  state: 'free',
  boundTo: null,
  madeAt: null,
};

function seen(
  haVips: readonly HaVipSeen[] = [],
  publicAddresses: readonly PublicAddressSeen[] = [],
): CloudSeen {
  return { haVips, publicAddresses, securityGroups: [] };
}

/** What is planned, in a word or two. */
function word(planned: CloudPlanned): string {
  switch (planned.kind) {
    case 'settled':
      return `settled ${planned.owned ? 'ours' : 'theirs'} ${planned.reason.code}`;
    case 'change': {
      const undo = planned.undo.map(({ kind }) => kind).join(',');
      return `${planned.actions.map(({ kind }) => kind).join(',')}; undo ${undo}`;
    }
    case 'later':
      return `later ${planned.reason.code} ${planned.problem.code}`;
    case 'refused':
      return `refused ${planned.problem.code}`;
  }
}

test('a HAVIP is made, found, mended, adopted or refused', (t) => {
  const options = {
    session,
    network: 'vpc-1',
    subnet: 'subnet-1',
    address: '10.0.4.99',
    instances,
    adopt: false,
    generation: 1,
  };
  const cases: readonly (readonly [readonly HaVipSeen[], object, string])[] = [
    [[], {}, 'make-ha-vip; undo remove'],
    [[{ ...FOREIGN, address: '10.0.4.98' }], {}, 'make-ha-vip; undo remove'],
    [[OWN], {}, 'settled ours ha-vip-right'],
    [[OWN], { address: 'auto' }, 'settled ours ha-vip-right'],
    [[{ ...OWN, session: null }], {}, 'settled ours ha-vip-right'],
    [[{ ...OWN, mayHold: null }], {}, 'settled ours ha-vip-right'],
    [[{ ...OWN, mayHold: ['ins-1'] }], {}, 'allow-holders; undo remove'],
    [[OWN], { address: '10.0.4.98' }, 'refused ha-vip-elsewhere'],
    [[{ ...OWN, subnet: 'subnet-2' }], {}, 'refused ha-vip-elsewhere'],
    [[OWN, { ...OWN, id: 'havip-2' }], {}, 'refused ha-vip-twice'],
    [[FOREIGN], {}, 'refused ha-vip-foreign'],
    [[FOREIGN], { adopt: true }, 'settled theirs ha-vip-adopted'],
    // taken before: for that one, and no other, the word need not be said again
    [[FOREIGN], { adopted: FOREIGN.id }, 'settled theirs ha-vip-adopted'],
    [[FOREIGN], { adopted: 'havip-7' }, 'refused ha-vip-foreign'],
    // as the console makes it: checked, and nobody may hold it
    [[{ ...FOREIGN, mayHold: [] }], { adopt: true }, 'allow-holders; undo keep'],
    [[{ ...FOREIGN, holder: 'ins-2' }], { adopt: true }, 'settled theirs ha-vip-adopted'],
    [[{ ...FOREIGN, holder: 'ins-9' }], { adopt: true }, 'refused ha-vip-in-use'],
    [[{ ...FOREIGN, publicAddress: '203.0.113.9' }], { adopt: true }, 'refused ha-vip-in-use'],
    // what we have bound to it ourselves: the operator's own address, said by the file
    [
      [{ ...FOREIGN, publicAddress: '203.0.113.9' }],
      { adopt: true, publicAddress: '203.0.113.9' },
      'settled theirs ha-vip-adopted',
    ],
    [[{ ...FOREIGN, subnet: 'subnet-2' }], { adopt: true }, 'refused ha-vip-elsewhere'],
    // another session of ours is as foreign as anybody
    [[{ ...OWN, session: 'ba9876543210' }], {}, 'refused ha-vip-foreign'],
  ];
  for (const [there, change, expected] of cases) {
    const planned = haVip({ ...options, ...change }).plan(seen(there), {});
    t.is(word(planned), expected, JSON.stringify([there, change]));
  }
  const bought = seen([{ ...FOREIGN, publicAddress: EIP.address }], [EIP]);
  const bound = haVip({ ...options, adopt: true }).plan(bought, {});
  t.is(word(bound), 'settled theirs ha-vip-adopted', 'by the one that we bought');
  const made = haVip(options).plan(seen(), {});
  t.like(made, {
    actions: [
      {
        name: NAME,
        token: 'iamha-0123456789ab-havip-1',
        address: '10.0.4.99',
        mayHold: instances,
        marks: { session: session.id, cluster: 'iam-prod' },
      },
    ],
    undo: [{ kind: 'remove', what: 'ha-vip', name: NAME }],
  });
  const automatic = haVip({ ...options, address: 'auto' }).plan(seen(), {});
  t.false('address' in (automatic.kind === 'change' ? automatic.actions[0]! : {}));
  const mended = haVip(options).plan(seen([{ ...OWN, mayHold: ['ins-1'] }]), {});
  t.like(mended, { actions: [{ haVip: 'havip-1', instances: ['ins-2'] }] });
});

test('an EIP is bought for a HAVIP that a node holds, found, or the operator’s own', (t) => {
  const options = {
    session,
    bandwidth: 5,
    network: 'vpc-1',
    haVip: 'ha-vip',
    instances,
    pricePerGigabyte: 0.8,
    idlePricePerHour: 0.2,
    generation: 2,
  };
  const outputs: Outputs = { 'ha-vip': { id: 'havip-1', address: '10.0.4.99' } };
  const held = { ...OWN, holder: 'ins-2' };
  const theirs = { ...EIP, name: 'theirs', session: null, address: '203.0.113.9' };
  const existing = { existing: '203.0.113.9' };
  const bound = { ...held, publicAddress: '203.0.113.9' };
  type Case = readonly [HaVipSeen | undefined, readonly PublicAddressSeen[], object, string];
  const cases: readonly Case[] = [
    [held, [], {}, 'make-public-address; undo remove'],
    [held, [theirs], {}, 'make-public-address; undo remove'],
    [bound, [theirs], {}, 'refused ha-vip-bound-elsewhere'],
    [undefined, [], {}, 'later known-after cloud-part-missing'],
    [OWN, [], {}, 'later ha-vip-holder-awaited ha-vip-without-holder'],
    [{ ...OWN, holder: 'ins-9' }, [], {}, 'later ha-vip-holder-awaited ha-vip-held-elsewhere'],
    [{ ...OWN, mayHold: ['ins-1'] }, [], {}, 'later ha-vip-holder-awaited ha-vip-holders-shut'],
    [undefined, [EIP], {}, 'settled ours eip-right'],
    [OWN, [EIP], {}, 'settled ours eip-right'],
    [held, [{ ...EIP, session: null }], {}, 'settled ours eip-right'],
    [held, [EIP, { ...EIP, id: 'eip-2' }], {}, 'refused eip-twice'],
    [OWN, [], existing, 'refused eip-not-there'],
    [OWN, [theirs], existing, 'settled theirs eip-adopted'],
    [OWN, [{ ...theirs, boundTo: 'havip-1' }], existing, 'settled theirs eip-adopted'],
    [OWN, [{ ...theirs, boundTo: 'ins-9' }], existing, 'refused eip-in-use'],
  ];
  for (const [haVipThere, there, change, expected] of cases) {
    const all = seen(haVipThere ? [haVipThere] : [], there);
    const planned = elasticIp({ ...options, ...change }).plan(all, outputs);
    t.is(word(planned), expected, JSON.stringify([haVipThere, there, change]));
  }
  const bought = elasticIp(options).plan(seen([held]), outputs);
  t.like(bought, {
    summary: { code: 'eip-make', params: { bandwidth: 5, price: 0.8, idle: 0.2 } },
    actions: [{ token: 'iamha-0123456789ab-eip-2', bandwidth: 5 }],
  });
  const unpriced = elasticIp({ ...options, pricePerGigabyte: null }).plan(seen(), {});
  t.like(unpriced, { kind: 'later', summary: { code: 'eip-make-unpriced' } });
  const { bandwidth: _, ...legacy } = options;
  const old = elasticIp(legacy).plan(seen([held]), outputs);
  t.like(old, { summary: { code: 'eip-make-legacy' } });
  t.false('bandwidth' in (old.kind === 'change' ? old.actions[0]! : {}));
});

test('a binding waits for a holder, and takes nothing from anybody', (t) => {
  const resource = eipBinding({ network: 'vpc-1', haVip: 'ha-vip', elasticIp: 'eip', instances });
  const haVipOut = { 'ha-vip': { id: 'havip-1', address: '10.0.4.99' } };
  const both: Outputs = { ...haVipOut, eip: { id: 'eip-1', address: '203.0.113.1' } };
  const held = { ...OWN, holder: 'ins-1' };
  const cases: readonly (readonly [HaVipSeen | undefined, Outputs, string])[] = [
    [undefined, {}, 'later known-after cloud-part-missing'],
    [undefined, both, 'later known-after cloud-part-missing'],
    [OWN, both, 'later ha-vip-holder-awaited ha-vip-without-holder'],
    [{ ...OWN, holder: 'ins-9' }, both, 'later ha-vip-holder-awaited ha-vip-held-elsewhere'],
    [held, haVipOut, 'later known-after cloud-part-missing'],
    [held, both, 'bind; undo unbind'],
    [{ ...held, publicAddress: '203.0.113.1' }, both, 'settled ours eip-bound'],
    [{ ...OWN, publicAddress: '203.0.113.1' }, both, 'settled ours eip-bound'],
    [{ ...held, publicAddress: '203.0.113.9' }, both, 'refused ha-vip-bound-elsewhere'],
    [{ ...held, publicAddress: '203.0.113.9' }, haVipOut, 'refused ha-vip-bound-elsewhere'],
  ];
  for (const [there, outputs, expected] of cases) {
    const planned = resource.plan(seen(there ? [there] : [], [EIP]), outputs);
    t.is(word(planned), expected, JSON.stringify([there, outputs]));
  }
});

test('names and tokens are what a cloud takes, and follow from the session', (t) => {
  t.is(cloudName(session), NAME);
  const long = { ...session, cluster: 'c'.repeat(63) };
  t.is(cloudName(long).length, 60);
  t.true(cloudName(long).endsWith('-0123456789ab'));
  t.is(cloudToken(session, 'eip', 1), 'iamha-0123456789ab-eip-1');
  t.throws(() => cloudToken(session, 'x'.repeat(64), 1));
  t.true(isOwn({ name: 'renamed', session: session.id }, session));
  t.false(isOwn({ name: NAME, session: 'another' }, session));
});
