/**
 * The prober's thread: it has nothing else to do, so that a busy screen cannot delay a request.
 * The build bundles it beside the program, as `prober-worker.mjs`.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { connect } from './exchange.mjs';
import { raiseOwnPriority } from './raise.mjs';
import { probeOnSchedule } from './schedule.mjs';

const BATCH_MS = 50;

function run(startMs) {
  let ends = [];
  const flush = () => {
    if (ends.length > 0) parentPort.postMessage({ kind: 'ends', ends });
    ends = [];
  };
  const timer = setInterval(flush, BATCH_MS);
  const open = (target, _withinMs, opened) =>
    opened(undefined, connect(target.address, target.port));
  const probing = probeOnSchedule({ ...workerData, startMs }, open, (end) => ends.push(end));
  return async () => {
    await probing.stop();
    clearInterval(timer);
    flush();
    parentPort.postMessage({ kind: 'stopped' });
    parentPort.close();
  };
}

raiseOwnPriority();
let stop;
parentPort.on('message', (message) => {
  if (message.kind === 'start') stop = run(message.startMs);
  else stop?.();
});
parentPort.postMessage({ kind: 'ready' });
