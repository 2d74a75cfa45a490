import { readFileSync } from 'node:fs';

/** Whether a process in the network namespace of `pid` listens on the TCP port. */
export function isListening(pid: number, port: number): boolean {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return ['tcp', 'tcp6'].some((file) => {
    try {
      const text = readFileSync(`/proc/${pid}/net/${file}`, 'utf8');
      return new RegExp(`^ *\\d+: [0-9A-F]+:${hex} \\S+ 0A `, 'm').test(text);
    } catch {
      return false;
    }
  });
}
