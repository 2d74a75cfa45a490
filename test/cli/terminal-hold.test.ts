import test from 'ava';
import { createTerminalHold } from '../../source/cli/terminal-hold.ts';

function keyboard(isRaw: boolean) {
  const modes: boolean[] = [];
  return { isTTY: true, isRaw, setRawMode: (on: boolean) => modes.push(on), modes };
}

test('what was taken is given back once, the last first, and raw keys go last', (t) => {
  const done: string[] = [];
  const keys = keyboard(true);
  const hold = createTerminalHold(keys);
  hold.take(() => done.push('screen'));
  hold.take(() => done.push('paste'));
  hold.giveBack();
  hold.giveBack();
  t.deepEqual(done, ['paste', 'screen']);
  t.is(keys.modes[0], false);
});

test('what was given back in the ordinary way is not given back again', (t) => {
  const done: string[] = [];
  const keys = keyboard(false);
  const hold = createTerminalHold(keys);
  hold.take(() => done.push('screen'))();
  hold.giveBack();
  t.deepEqual(done, []);
  t.deepEqual(keys.modes, []);
});

test('one that fails stops no other', (t) => {
  const done: string[] = [];
  const hold = createTerminalHold(keyboard(false));
  hold.take(() => done.push('screen'));
  hold.take(() => {
    throw new Error('the terminal has gone');
  });
  t.notThrows(() => hold.giveBack());
  t.deepEqual(done, ['screen']);
});
