import test from 'ava';
import { hearSignals, listenForSignals } from '../../source/cli/stop.ts';

// SIGHUP: the test runner listens to the others itself.
const signal = () => process.emit('SIGHUP', 'SIGHUP');

test.serial('a signal that nobody else hears ends the command', (t) => {
  const told: number[] = [];
  const ear = hearSignals((code) => told.push(code));
  signal();
  ear.release();
  t.deepEqual([told, ear.exitCode], [[143], 143]);
});

test.serial('while a run listens it is the run that ends', (t) => {
  const ear = hearSignals(() => t.fail());
  const stop = listenForSignals(() => {});
  signal();
  t.deepEqual([stop.requested, stop.exitCode, ear.exitCode], [true, 143, 143]);
  t.false(stop.signal.aborted);
  signal();
  t.true(stop.signal.aborted);
  stop.release();
  ear.release();
});
