import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { checkoutFolder } from '../places.ts';

/** A gratuitous ARP: whose card sent it, and for which address. */
export interface Heard {
  readonly mac: string;
  readonly vip: string;
}

const RESTART_MS = 200;

/** What the listener printed: an announcement, or undefined for anything else. Pure. */
export function readHeard(line: string): Heard | undefined {
  const [, mac, vip] = /^([0-9a-f]{2}(?::[0-9a-f]{2}){5}) (\d+(?:\.\d+){3})$/.exec(line) ?? [];
  return mac && vip ? { mac, vip } : undefined;
}

/**
 * Listens on the router's side of the nodes' subnet, where every broadcast arrives: what a cloud's
 * network sees. Begins again when the program ends. Resolves once it listens; with how to stop.
 */
export function hearAnnouncements(told: (heard: Heard) => void): Promise<() => void> {
  const script = join(checkoutFolder(), 'assets/lab/announcements.pl');
  return new Promise((resolve) => {
    let stop = () => {};
    let isOver = false;
    const end = () => {
      isOver = true;
      stop();
    };
    const begin = () => {
      const child = spawn('perl', [script, 'lan'], { stdio: ['pipe', 'pipe', 'inherit'] });
      stop = () => child.kill();
      child.stdin.on('error', () => {});
      child.on('error', (error) => console.error(error));
      createInterface({ input: child.stdout }).on('line', (line) => {
        const heard = readHeard(line);
        if (heard) told(heard);
        else if (line === 'ready') resolve(end);
      });
      child.on('close', () => {
        if (!isOver) setTimeout(begin, RESTART_MS);
      });
    };
    begin();
  });
}
