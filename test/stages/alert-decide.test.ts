import test from 'ava';
import { leftIn, webhook } from './helpers/alert-sender.ts';

/** Which changes of state people are told of. */

/** Told, for a course of states, where somebody answers at the VIP or nobody does. */
const COURSES: readonly (readonly [
  what: string,
  states: string,
  told: readonly string[],
  answers: boolean,
])[] = [
  ['the VIP comes here', 'BACKUP MASTER', ['BACKUP>MASTER'], true],
  ['the same again is nothing new', 'MASTER MASTER', ['INIT>MASTER'], true],
  ['it leaves: the new holder tells', 'MASTER|FAULT', ['INIT>MASTER'], true],
  ['keepalived stops: the new holder tells', 'MASTER|STOP', ['INIT>MASTER'], true],
  ['it leaves, and nobody has it', 'MASTER|FAULT', ['INIT>MASTER', 'MASTER>FAULT'], false],
  ['the other node is no help any more', 'BACKUP|FAULT', ['BACKUP>FAULT'], true],
  ['and it is well again', 'BACKUP|FAULT|BACKUP', ['BACKUP>FAULT', 'FAULT>BACKUP'], true],
  ['a restart of keepalived is nobody’s concern', 'BACKUP|STOP BACKUP', [], true],
  ['back and forth', 'MASTER|STOP BACKUP|MASTER', ['INIT>MASTER', 'BACKUP>MASTER'], true],
  ['nonsense is not told', 'DELETED ', [], true],
];

for (const [what, course, told, answers] of COURSES) {
  test(`told: ${what}`, async (t) => {
    const { receiver, sender } = await webhook(t, 'webhook', [[200, '']]);
    sender.vipAnswers(answers);
    for (const states of course.split('|')) {
      for (const state of states.trim().split(' ')) await sender.notify(state);
      await sender.run();
    }
    t.deepEqual(
      receiver.arrived.map(({ body }) => {
        const { previous, state } = JSON.parse(body);
        return `${previous}>${state}`;
      }),
      told,
    );
    t.deepEqual(leftIn(sender), []);
  });
}

test('a fault is told only when it lasts', async (t) => {
  const { receiver, sender } = await webhook(
    t,
    'webhook',
    [[200, '']],
    'settle=600 window=0 pause=1 limit=1',
  );
  await sender.notify('BACKUP');
  await sender.run();
  await sender.notify('FAULT');
  const running = sender.run();
  await sender.notify('BACKUP');
  await running;
  t.deepEqual(receiver.arrived, []);
});

test('two moves to one node in a moment are told once, and then the last state', async (t) => {
  const { receiver, sender } = await webhook(
    t,
    'webhook',
    [[200, '']],
    'settle=0 window=600 pause=1 limit=1',
  );
  sender.vipAnswers(true);
  await sender.notify('MASTER');
  await sender.run();
  await sender.notify('BACKUP');
  await sender.notify('MASTER');
  const running = sender.run();
  await sender.notify('BACKUP');
  await running;
  t.is(receiver.arrived.length, 1);
});
