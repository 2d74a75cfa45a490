import test from 'ava';
import { followNode, readSigns } from '../../source/drills/follow.ts';
import { revealContent } from '../../source/model/index.ts';

const VIP = '10.0.4.99';
const journal = (text: string) =>
  JSON.stringify({ MESSAGE: text, _SOURCE_REALTIME_TIMESTAMP: '1795644544924769' });
const at = 1795644544924.769;

/** Lines as a real pair printed them. */
const LINES: readonly (readonly [string, string, ReturnType<typeof readSigns>])[] = [
  ['the clock', 'clock 1795644544.886044', [{ kind: 'clock', atMs: 1795644544886.044 }]],
  ['the VIP is here', 'held 1795644544.5', [{ kind: 'address', held: true, atMs: 1795644544500 }]],
  [
    'the state so far',
    'last 1795644544.5 notify_fault',
    [{ kind: 'state', state: 'FAULT', atMs: 1795644544500 }],
  ],
  [
    'no state so far',
    'last 1795644544.5 ',
    [{ kind: 'state', state: 'unknown', atMs: 1795644544500 }],
  ],
  [
    'the address comes',
    '[2026-11-25T22:09:04.936828] 2: eth0    inet 10.0.4.99/32 scope global eth0\\       valid_lft forever',
    [{ kind: 'address', held: true, atMs: Date.UTC(2026, 10, 25, 22, 9, 4, 936) + 0.828 }],
  ],
  [
    'the address goes',
    '[2026-11-25T22:09:04.942596] Deleted 2: eth0    inet 10.0.4.99/32 scope global eth0',
    [{ kind: 'address', held: false, atMs: Date.UTC(2026, 10, 25, 22, 9, 4, 942) + 0.596 }],
  ],
  [
    'kept on lo: that is no holder',
    '[2026-11-25T22:09:04.942509] 1: lo    inet 10.0.4.99/32 scope global lo',
    [],
  ],
  [
    'another address',
    '[2026-11-25T22:09:04.942509] 2: eth0    inet 10.0.4.9/32 scope global eth0',
    [],
  ],
  [
    'a notify line',
    '[2026-11-25 22:09:04] notify_fault',
    [{ kind: 'log', line: '[2026-11-25 22:09:04] notify_fault', atMs: 0 }],
  ],
  ['somebody else’s line in that log', '[2026-11-25 22:09:04] rm -rf /', []],
  [
    'FAULT, and why',
    journal('(VI_1) Entering FAULT STATE'),
    [
      { kind: 'state', state: 'FAULT', atMs: at },
      { kind: 'evidence', of: 'own-fault', atMs: at },
    ],
  ],
  [
    'the tracked file',
    journal('(VI_1): tracked file nginx_state now FAULT state'),
    [{ kind: 'evidence', of: 'own-fault', atMs: at }],
  ],
  ['the tracked file again', journal('(VI_1): tracked file nginx_state leaving FAULT state'), []],
  [
    'the check script',
    journal('Script `check_nginx` now returning 1'),
    [{ kind: 'evidence', of: 'own-fault', atMs: at }],
  ],
  ['the check script again', journal('Script `check_nginx` now returning 0'), []],
  [
    'the peer says goodbye',
    journal('(VI_1) Backup received priority 0 advertisement'),
    [{ kind: 'evidence', of: 'peer-gone', atMs: at }],
  ],
  [
    'MASTER',
    journal('(VI_1) Entering MASTER STATE'),
    [
      { kind: 'state', state: 'MASTER', atMs: at },
      { kind: 'evidence', of: 'decided', atMs: at },
    ],
  ],
  [
    'announced',
    journal('Sending gratuitous ARP on eth0 for 10.0.4.99'),
    [{ kind: 'evidence', of: 'announced', atMs: at }],
  ],
  ['of its own address', journal('Sending gratuitous ARP on eth0 for 10.0.4.20'), []],
  [
    'stopped',
    journal('Stopping keepalived.service - Keepalive Daemon (LVS and VRRP)...'),
    [{ kind: 'state', state: 'STOP', atMs: at }],
  ],
  ['half a line of a journal', '{"MESSAGE":"(VI_1) Ent', []],
  ['nothing', '', []],
];

for (const [name, line, signs] of LINES)
  test(`reads: ${name}`, (t) => t.deepEqual(readSigns(VIP, line), signs));

test('the script says the clock before anything else', (t) => {
  const script = revealContent(followNode(VIP).script);
  t.true(script.indexOf('clock') < script.indexOf('held'));
  t.true(script.includes('TZ=UTC0'));
});
