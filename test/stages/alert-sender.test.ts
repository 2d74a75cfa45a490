import { createHmac } from 'node:crypto';
import test, { type ExecutionContext } from 'ava';
import { type Answer, httpReceiver, smtpReceiver } from './helpers/alert-receivers.ts';
import { alertInput, alertSender, leftIn, webhook } from './helpers/alert-sender.ts';

/** The very script that runs on a node, with real receivers on this computer. */

const TEXT = /^\[iam-test\] The VIP 10\.0\.4\.99 is now on iam-1 \(INIT -> MASTER\) at 20\d\d-/;

/** As the services say that they have taken a message. */
const TAKEN: Readonly<Record<string, string>> = {
  wecom: '{"errcode":0,"errmsg":"ok"}',
  dingtalk: '{"errcode":0,"errmsg":"ok"}',
  feishu: '{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}',
  slack: 'ok',
  webhook: '',
};

for (const [kind, answer] of Object.entries(TAKEN)) {
  test(`${kind}: the service's own shape, at its whole address`, async (t) => {
    const { receiver, sender } = await webhook(t, kind, [[kind === 'webhook' ? 204 : 200, answer]]);
    await sender.notify('MASTER');
    const log = await sender.run();
    const [first, ...others] = receiver.arrived;
    t.deepEqual(others, [], log);
    t.is(first?.contentType, 'application/json; charset=utf-8');
    t.true(first?.path.startsWith('/cgi-bin/webhook/send?key=s3cr3t-{}[]'), first?.path);
    t.true(first?.path.endsWith('$(x)%20'), first?.path);
    verifyShape(t, kind, JSON.parse(first?.body ?? ''));
    t.regex(sender.status(`1-${kind}`), /^sent \d{10} 20[04] 0 (0|-)$/);
    t.deepEqual(leftIn(sender), []);
    t.false(log.includes('s3cr3t'), log);
  });
}

function verifyShape(t: ExecutionContext, kind: string, body: Record<string, unknown>): void {
  const string = (value: unknown) => t.regex(String(value), TEXT);
  if (kind === 'wecom' || kind === 'dingtalk') {
    const { content } = body.text as { content: string };
    t.deepEqual(body, { msgtype: 'text', text: { content } });
    string(content);
  } else if (kind === 'feishu') {
    const { text } = body.content as { text: string };
    t.deepEqual(body, { msg_type: 'text', content: { text } });
    string(text);
  } else if (kind === 'slack') {
    t.deepEqual(Object.keys(body), ['text']);
    string(String(body.text).replaceAll('&gt;', '>'));
    t.true(String(body.text).includes('INIT -&gt; MASTER'));
  } else {
    t.like(body, { cluster: 'iam-test', node: 'iam-1', vip: '10.0.4.99' });
    t.like(body, { state: 'MASTER', previous: 'INIT' });
    t.regex(String(body.at), /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    t.true(Math.abs(Date.parse(String(body.at)) - Date.now()) < 60_000, String(body.at));
    t.deepEqual(Object.keys(body), ['cluster', 'node', 'vip', 'state', 'previous', 'at', 'text']);
    string(body.text);
  }
}

function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64');
}

/** What each service computes for the timestamp that came with the message. */
const SIGNED = [
  {
    kind: 'dingtalk',
    read: (path: string) => {
      const query = new URL(path, 'http://x').searchParams;
      return { stamp: query.get('timestamp') ?? '', sign: query.get('sign') ?? '' };
    },
    expected: (stamp: string, secret: string) => hmac(secret, `${stamp}\n${secret}`),
    digits: /^\d{13}$/,
  },
  {
    kind: 'feishu',
    read: (_path: string, body: string) => {
      const { timestamp, sign } = JSON.parse(body);
      return { stamp: timestamp, sign };
    },
    expected: (stamp: string, secret: string) => hmac(`${stamp}\n${secret}`, ''),
    digits: /^\d{10}$/,
  },
] as const;

/** Short; longer than a block of the hash; with everything that a shell could trip over. */
const SIGNING_SECRETS = [
  'SECabc',
  'SEC'.padEnd(67, '0123456789abcdef'),
  `S\\E"C'$(x)\`% %s\\x41 密`,
];

/** A busy computer needs more than a second for an attempt. */
const PATIENT = 'settle=0 window=0 pause=1 limit=8';

for (const { kind, read, expected, digits } of SIGNED) {
  for (const secret of SIGNING_SECRETS) {
    test(`${kind}: a message that is signed, as the service checks it, with ${secret}`, async (t) => {
      const [refusal, taken]: readonly Answer[] = [
        [200, '{"errcode":310000,"code":19021}'],
        [200, '{"errcode":0,"code":0}'],
      ];
      const { receiver, sender } = await webhook(t, kind, [refusal!, taken!], PATIENT, secret);
      await sender.notify('MASTER');
      const log = await sender.run();
      t.is(receiver.arrived.length, 2, log);
      const seen = receiver.arrived.map(({ path, body }) => read(path, body));
      for (const { stamp, sign } of seen) {
        t.regex(stamp, digits);
        t.is(sign, expected(stamp, secret));
      }
      t.not(seen[0]?.stamp, seen[1]?.stamp, 'signed anew for each attempt');
      t.true(receiver.arrived[0]?.path.includes('$(x)%20'), 'the address is whole');
      const { timestamp: _t, sign: _s, ...message } = JSON.parse(receiver.arrived[1]?.body ?? '');
      verifyShape(t, kind, message);
      t.false(log.includes(secret));
    });
  }
}

const REFUSALS: readonly (readonly [
  kind: string,
  answer: Answer,
  taken: Answer,
  status: RegExp,
])[] = [
  [
    'wecom',
    [200, '{"errcode":93000,"errmsg":"invalid webhook url"}'],
    [200, '{"errcode": 0}'],
    /200 0 93000$/,
  ],
  [
    'dingtalk',
    [200, '{"errcode":310000,"errmsg":"keywords not in content"}'],
    [200, '{"errcode":0}'],
    /200 0 310000$/,
  ],
  [
    'feishu',
    [200, '{"code":19001,"data":{},"msg":"param invalid"}'],
    [200, '{"code":0}'],
    /200 0 19001$/,
  ],
  ['slack', [404, 'no_service'], [200, 'ok'], /404 0 -$/],
  ['slack', [200, 'invalid_payload'], [200, 'ok'], /200 0 -$/],
  ['wecom', [200, '<html>a portal</html>'], [200, '{"errcode":0}'], /200 0 -$/],
  ['webhook', [503, ''], [202, 'queued'], /503 0 -$/],
];

for (const [kind, refusal, taken, status] of REFUSALS) {
  test(`${kind} says no, ${JSON.stringify(refusal)}: tried again until it is taken`, async (t) => {
    const { receiver, sender } = await webhook(t, kind, [refusal, taken]);
    await sender.notify('MASTER');
    const log = await sender.run();
    t.is(receiver.arrived.length, 2, log);
    t.is(receiver.arrived[0]?.body, receiver.arrived[1]?.body, 'the same message');
    t.regex(sender.status(`1-${kind}`), /^sent /);
    t.regex(log, /failed: http=/);

    const impatience = 'settle=0 window=0 pause=1 limit=1 give_up=0';
    const { receiver: never, sender: impatient } = await webhook(t, kind, [refusal], impatience);
    await impatient.notify('MASTER');
    t.regex(await impatient.run(), /given up/);
    t.regex(impatient.status(`1-${kind}`), status);
    t.is(never.arrived.length, 1);
    t.deepEqual(leftIn(impatient), []);
  });
}

test('one that hangs and one that refuses delay nobody, and are given up', async (t) => {
  const hangs = await httpReceiver('hang');
  const works = await httpReceiver([200, 'ok']);
  const gone = await httpReceiver('hang');
  await gone.close();
  const url = (port: number) => `http://127.0.0.1:${port}/x`;
  const input = alertInput(
    ['{ kind: wecom, url: env:A }', '{ kind: feishu, url: env:B }', '{ kind: slack, url: env:C }'],
    { A: url(hangs.port), B: url(gone.port), C: url(works.port) },
  );
  const sender = alertSender(input, 'settle=0 window=0 pause=1 limit=2 give_up=3');
  t.teardown(async () => {
    await sender.remove();
    await Promise.all([hangs.close(), works.close()]);
  });
  await sender.notify('MASTER');
  const log = await sender.run();
  const lines = log.split('\n');
  const sent = lines.findIndex((line) => line.includes('receiver=3-slack state=MASTER sent'));
  const timedOut = lines.findIndex((line) => line.includes('receiver=1-wecom state=MASTER failed'));
  t.true(sent >= 0 && sent < timedOut, log);
  t.regex(sender.status('1-wecom'), /^failed \d+ 000 28 -$/);
  t.regex(sender.status('2-feishu'), /^failed \d+ 000 7 -$/);
  t.regex(sender.status('3-slack'), /^sent /);
  t.regex(log, /receiver=1-wecom given up/);
  t.regex(log, /receiver=2-feishu given up/);
  t.is(works.arrived.length, 1);
  t.deepEqual(leftIn(sender), []);
});

test('what was not yet sent when the machine stopped is sent when it is back', async (t) => {
  const receiver = await httpReceiver([200, '{"errcode":0}']);
  const gone = await httpReceiver('hang');
  await gone.close();
  const make = (port: number) =>
    alertInput(['{ kind: wecom, url: env:HOOK }'], { HOOK: `http://127.0.0.1:${port}/` });
  const sender = alertSender(make(gone.port), 'settle=0 window=0 pause=60 limit=1');
  t.teardown(async () => {
    await sender.remove();
    await receiver.close();
  });
  await sender.notify('MASTER');
  const first = sender.run();
  while (!sender.status('1-wecom')) await new Promise((resolve) => setTimeout(resolve, 20));
  sender.kill();
  await first;
  t.is(leftIn(sender).length, 1);
  sender.configure(make(receiver.port));
  await sender.run();
  t.is(receiver.arrived.length, 1);
  t.deepEqual(leftIn(sender), []);
});

test('a receiver that is no longer in the file gets nothing more', async (t) => {
  const gone = await httpReceiver('hang');
  await gone.close();
  const url = `http://127.0.0.1:${gone.port}/`;
  const sender = alertSender(
    alertInput(['{ kind: wecom, url: env:A }', '{ kind: slack, url: env:A }'], { A: url }),
    'settle=0 window=0 pause=60 limit=1',
  );
  t.teardown(sender.remove);
  await sender.notify('MASTER');
  const running = sender.run();
  while (!sender.status('2-slack')) await new Promise((resolve) => setTimeout(resolve, 20));
  sender.kill();
  await running;
  const input = alertInput(['{ kind: wecom, url: env:A }'], { A: url });
  sender.configure(input, 'settle=0 window=0 pause=1 limit=1 give_up=0');
  t.regex(await sender.run(), /1-wecom given up/);
  t.deepEqual(leftIn(sender), []);
});

test('a mail: envelope, header fields, text; in Chinese too', async (t) => {
  const server = await smtpReceiver();
  const line = `{ kind: email, smtp: '127.0.0.1:${server.port}', from: ha@example.com, to: [a@example.com, b@example.com] }`;
  const sender = alertSender(alertInput([line], {}, 'zh'));
  t.teardown(async () => {
    await sender.remove();
    await server.close();
  });
  await sender.notify('MASTER');
  const log = await sender.run();
  t.is(server.arrived.length, 1, log);
  for (const one of [
    'MAIL FROM:<ha@example.com>',
    'RCPT TO:<a@example.com>',
    'RCPT TO:<b@example.com>',
  ])
    t.true(
      server.heard.some((heard) => heard.startsWith(one)),
      server.heard.join('\n'),
    );
  const [head = '', body = ''] = (server.arrived[0]?.body ?? '').split('\n\n');
  t.regex(head, /^From: <ha@example\.com>$/m);
  t.regex(head, /^To: <a@example\.com>, <b@example\.com>$/m);
  t.regex(head, /^Subject: \[iam-test\] iam-1 MASTER, VIP 10\.0\.4\.99$/m);
  t.regex(head, /^Date: \w{3}, \d\d \w{3} 20\d\d \d\d:\d\d:\d\d [+-]\d{4}$/m);
  t.regex(head, /^Message-ID: <\d{10}\.MASTER\.iam-1@iam-test\.iam-ha>$/m);
  const text = Buffer.from(body, 'base64').toString('utf8');
  t.regex(text, /^\[iam-test\] VIP 10\.0\.4\.99 已漂移到 iam-1（INIT -> MASTER），时间 20/);
  t.regex(sender.status('1-email'), /^sent /);
});

test('a mail server without TLS never hears the password', async (t) => {
  const server = await smtpReceiver();
  const line = `{ kind: email, smtp: '127.0.0.1:${server.port}', from: ha@example.com, to: a@example.com, user: ha, password: env:MAIL }`;
  const sender = alertSender(
    alertInput([line], { MAIL: 'p"w\\ord' }),
    'settle=0 window=0 pause=1 limit=2 give_up=0',
  );
  t.teardown(async () => {
    await sender.remove();
    await server.close();
  });
  await sender.notify('MASTER');
  await sender.run();
  t.deepEqual(server.arrived, []);
  t.false(
    server.heard.some((line) => /AUTH/i.test(line)),
    server.heard.join('\n'),
  );
  t.regex(sender.status('1-email'), /^failed \d+ \S+ 64 -$/);
});

test('a test message is sent when it is asked for', async (t) => {
  const { receiver, sender } = await webhook(t, 'webhook', [[200, '']]);
  await sender.run('test');
  t.deepEqual(receiver.arrived, [], 'the path unit starts the sender, not the question');
  await sender.run();
  t.like(JSON.parse(receiver.arrived[0]?.body ?? ''), { state: 'TEST', node: 'iam-1' });
});
