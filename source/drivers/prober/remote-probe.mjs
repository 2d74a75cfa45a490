/**
 * The prober on a third machine that has Node: JSON Lines on standard input and output, times by this
 * machine's monotonic clock in ms. It is sent over standard input and leaves nothing behind; it ends
 * with its standard input, or after its time. Plain JavaScript, and Node 18 has to understand it.
 */
import { connect } from './exchange.mjs';
import { raiseOwnPriority } from './raise.mjs';
import { epochMs, probeOnSchedule } from './schedule.mjs';

const BATCH_MS = 50;
/** The plan's own times count from the same moment as the clock's. */
const originMs = 0;

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function run(plan) {
  let ends = [];
  const flush = () => {
    if (ends.length > 0) say({ kind: 'ends', ends });
    ends = [];
  };
  const timer = setInterval(flush, BATCH_MS);
  const open = (target, _withinMs, opened) =>
    opened(undefined, connect(target.address, target.port));
  const probing = probeOnSchedule({ ...plan, originMs }, open, (end) => ends.push(end));
  return async () => {
    await probing.stop();
    clearInterval(timer);
    flush();
    say({ kind: 'stopped' });
  };
}

/** @param lines a readline interface over standard input */
export function main(lines) {
  let stop;
  lines.on('line', (line) => {
    const message = JSON.parse(line);
    if (message.kind === 'clock') say({ ...message, atMs: epochMs(originMs) });
    else if (message.kind === 'start') {
      setTimeout(() => process.exit(), message.endsAfterMs);
      stop = run(message.plan);
    } else if (message.kind === 'stop') void stop?.();
  });
  raiseOwnPriority();
  say({ kind: 'ready' });
}
