/** `uname -m`'s words, of the machines that IAM is built for. */
export type Architecture = 'x86_64' | 'aarch64';

/** What the first bytes of a file say of the program in it; `unknown`: none that Linux would start. */
export type BinaryKind =
  | { readonly kind: 'linux'; readonly architecture: string }
  | { readonly kind: 'script' }
  | { readonly kind: 'unknown' };

/** `e_machine` of the ELF header; others are named by their number. */
const MACHINES: Readonly<Record<number, string>> = {
  3: 'i686',
  40: 'armv7l',
  62: 'x86_64',
  183: 'aarch64',
  243: 'riscv64',
  258: 'loongarch64',
};

/** Of the first 20 bytes or more. Pure. Source: the ELF specification, "ELF Header". */
export function binaryKind(head: Buffer): BinaryKind {
  if (head.toString('latin1', 0, 2) === '#!') return { kind: 'script' };
  const isElf = head.length >= 20 && head.readUInt32BE(0) === 0x7f_45_4c_46;
  // little-endian, as every machine above is
  if (!isElf || head[5] !== 1) return { kind: 'unknown' };
  const machine = head.readUInt16LE(18);
  return { kind: 'linux', architecture: MACHINES[machine] ?? `machine ${machine}` };
}
