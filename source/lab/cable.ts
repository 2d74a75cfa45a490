import { spawnSync } from 'node:child_process';
import { machineInit, markUnplugged } from './machines.ts';
import { networkPid } from './network.ts';
import { SYSTEM_PATH } from './places.ts';

/**
 * Pulls a machine's network cable (`plugged` false) or puts it back. It stays pulled over a reboot.
 * @throws Error when the lab is not up.
 */
export function setCable(lab: string, machine: string, plugged: boolean): void {
  markUnplugged(lab, machine, !plugged);
  const pid = networkPid(lab, 'switch');
  if (!pid) throw new Error(`lab ${lab} is not up`);
  const state = plugged ? 'up' : 'down';
  const ip = ['ip', 'link', 'set', 'dev', machine, state];
  const done = spawnSync('nsenter', [`--net=/proc/${pid}/ns/net`, ...ip], {
    env: { PATH: SYSTEM_PATH },
    encoding: 'utf8',
  });
  // A machine that is off has no cable; the mark is enough.
  if (done.status !== 0 && machineInit(lab, machine)) throw new Error(done.stderr);
}

/** Cuts a machine's power: all its processes end at once, nothing is written back. `labUp` starts it again. */
export function cutPower(lab: string, machine: string): void {
  const init = machineInit(lab, machine);
  if (init) process.kill(init, 'SIGKILL');
}
