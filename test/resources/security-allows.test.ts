import test from 'ava';
import type { SecurityRule } from '../../source/model/index.ts';
import { allows, type Traffic } from '../../source/resources/security-allows.ts';

/** "accept tcp 80 0.0.0.0/0": a rule for what comes in; "@sg-1" is a group, "?" a template. */
function rule(text: string, direction: 'in' | 'out' = 'in'): SecurityRule {
  const [verdict, protocol, ports = '', peer = ''] = text.split(' ');
  const isRange = !peer.startsWith('@') && peer !== '?';
  return {
    direction,
    protocol: protocol as SecurityRule['protocol'],
    ports: ports === '?' ? '' : ports,
    peer: isRange ? peer : null,
    peerGroup: peer.startsWith('@') ? peer.slice(1) : null,
    verdict: verdict as SecurityRule['verdict'],
    description: '',
  };
}

const CLIENTS: Traffic = {
  direction: 'in',
  protocol: 'tcp',
  ports: '80',
  peer: '0.0.0.0/0',
  peerGroup: null,
};
const VRRP: Traffic = {
  direction: 'in',
  protocol: 'all',
  ports: 'all',
  peer: '10.0.4.21/32',
  peerGroup: null,
};
const PORTS: Traffic = { ...VRRP, protocol: 'tcp', ports: '3306,6379,8000-8010' };

type Case = readonly [Traffic, readonly string[], boolean];

const CASES: readonly Case[] = [
  // nothing is let in by itself
  [CLIENTS, [], false],
  [CLIENTS, ['accept tcp 80 0.0.0.0/0'], true],
  [CLIENTS, ['accept all all 0.0.0.0/0'], true],
  [CLIENTS, ['accept tcp 443 0.0.0.0/0'], false],
  [CLIENTS, ['accept udp 80 0.0.0.0/0'], false],
  [CLIENTS, ['accept tcp 80 10.0.4.0/24'], false],
  [CLIENTS, ['accept tcp 1-1024 0.0.0.0/0'], true],
  [CLIENTS, ['accept tcp 22,80,443 0.0.0.0/0'], true],
  [CLIENTS, ['accept other ? 0.0.0.0/0'], false],
  [CLIENTS, ['accept tcp 80 ?'], false],
  [CLIENTS, ['accept tcp 80 @sg-1'], false],
  [CLIENTS, ['accept tcp 80 ::/0'], false],
  // the first one that fits decides
  [CLIENTS, ['drop tcp 80 0.0.0.0/0', 'accept tcp 80 0.0.0.0/0'], false],
  [CLIENTS, ['accept tcp 80 0.0.0.0/0', 'drop tcp 80 0.0.0.0/0'], true],
  [CLIENTS, ['drop all all 0.0.0.0/0', 'accept tcp 80 0.0.0.0/0'], false],
  [CLIENTS, ['drop tcp 1-1024 0.0.0.0/0', 'accept tcp 80 0.0.0.0/0'], false],
  [CLIENTS, ['drop tcp 443 0.0.0.0/0', 'accept tcp 80 0.0.0.0/0'], true],
  [CLIENTS, ['drop udp 80 0.0.0.0/0', 'accept tcp 80 0.0.0.0/0'], true],
  [CLIENTS, ['drop other all 0.0.0.0/0', 'accept tcp 80 0.0.0.0/0'], true],
  [CLIENTS, ['drop other ? 0.0.0.0/0', 'accept tcp 80 0.0.0.0/0'], false],
  [CLIENTS, ['drop tcp 80 ::/0', 'accept tcp 80 0.0.0.0/0'], true],
  // unwanted guests stay out, and are nobody's mistake
  [CLIENTS, ['drop all all 198.51.100.0/24', 'accept tcp 80 0.0.0.0/0'], true],
  [CLIENTS, ['drop tcp 80 ?', 'accept tcp 80 0.0.0.0/0'], true],
  // VRRP has no ports: only a rule for everything lets it in
  [VRRP, ['accept all all 10.0.4.21'], true],
  [VRRP, ['accept all all 10.0.4.21/32'], true],
  [VRRP, ['accept all all 10.0.4.0/24'], true],
  [VRRP, ['accept all all 10.0.4.20/32'], false],
  [VRRP, ['accept tcp all 0.0.0.0/0', 'accept udp all 0.0.0.0/0'], false],
  [VRRP, ['drop tcp 22 0.0.0.0/0', 'accept all all 10.0.4.0/24'], false],
  [VRRP, ['drop other all 0.0.0.0/0', 'accept all all 10.0.4.0/24'], false],
  [VRRP, ['drop all all 10.0.5.0/24', 'accept all all 10.0.4.0/24'], true],
  [VRRP, ['drop all all ?', 'accept all all 10.0.4.0/24'], false],
  // by group
  [VRRP, ['accept all all @sg-1'], false],
  [{ ...VRRP, peerGroups: ['sg-1'] }, ['accept all all @sg-1'], true],
  [{ ...VRRP, peerGroups: ['sg-2'] }, ['accept all all @sg-1'], false],
  [{ ...VRRP, peer: null, peerGroup: 'sg-1' }, ['accept all all @sg-1'], true],
  [{ ...VRRP, peer: null, peerGroup: 'sg-1' }, ['accept all all 0.0.0.0/0'], true],
  [{ ...VRRP, peer: null, peerGroup: 'sg-1' }, ['accept all all 10.0.4.0/24'], false],
  [VRRP, ['drop all all @sg-1', 'accept all all 10.0.4.21'], false],
  [{ ...VRRP, peerGroups: ['sg-2'] }, ['drop all all @sg-1', 'accept all all 10.0.4.21'], true],
  [{ ...VRRP, peerGroups: ['sg-1'] }, ['drop all all @sg-1', 'accept all all 10.0.4.21'], false],
  [
    { ...VRRP, peer: null, peerGroup: 'sg-1' },
    ['drop all all 10.0.4.0/24', 'accept all all @sg-1'],
    false,
  ],
  [{ ...VRRP, peer: null, peerGroup: 'sg-1' }, ['drop all all ::/0', 'accept all all @sg-1'], true],
  // ports by several rules
  [PORTS, ['accept tcp 3306 10.0.4.0/24', 'accept tcp 6379,8000-8010 10.0.4.21'], true],
  [PORTS, ['accept tcp 3306 10.0.4.0/24', 'accept tcp 6379 10.0.4.21'], false],
  [PORTS, ['accept tcp 3306 10.0.4.21', 'accept tcp 6000-8005 10.0.4.21'], false],
  [PORTS, ['accept tcp 3306,6379,8000-8005,8006-9000 10.0.4.21'], true],
  [PORTS, ['drop tcp 8003 10.0.4.21', 'accept tcp all 10.0.4.21'], false],
  [
    PORTS,
    ['accept tcp 8000-8010 10.0.4.21', 'drop tcp 8003 10.0.4.21', 'accept tcp all 10.0.4.0/24'],
    true,
  ],
];

test('what a group lets through', (t) => {
  for (const [wanted, rules, expected] of CASES) {
    const list = rules.map((one) => rule(one));
    t.is(allows(list, wanted), expected, JSON.stringify([wanted, rules]));
    // the other direction's rules say nothing
    const outward = list.map((one): SecurityRule => ({ ...one, direction: 'out' }));
    t.false(allows(outward, wanted));
    t.is(allows(outward, { ...wanted, direction: 'out' }), expected);
  }
});
