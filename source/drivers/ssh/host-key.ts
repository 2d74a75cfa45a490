import { type KnownKey, keyType } from './known-hosts.ts';

export type HostKeyVerdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'changed'; readonly recorded: KnownKey }
  | { readonly kind: 'revoked'; readonly recorded: KnownKey };

/**
 * What the known_hosts files say about the key that a host shows. A host that is known only by
 * keys of other algorithms counts as changed: else whoever stands in between could offer an
 * algorithm that nobody has seen, and pass for a new host.
 */
export function judgeHostKey(known: readonly KnownKey[], shown: Buffer): HostKeyVerdict {
  const revoked = known.find((one) => one.marker === '@revoked' && one.key.equals(shown));
  if (revoked) return { kind: 'revoked', recorded: revoked };
  const plain = known.filter((one) => one.marker === '');
  if (plain.some((one) => one.key.equals(shown))) return { kind: 'known' };
  const recorded = plain.find((one) => one.type === keyType(shown)) ?? plain[0];
  return recorded ? { kind: 'changed', recorded } : { kind: 'unknown' };
}

/** Host key algorithms, best first. */
const ALGORITHMS = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
  'ssh-rsa',
] as const;

export type HostKeyAlgorithm = (typeof ALGORITHMS)[number];

/** Those of known keys first, as OpenSSH does: a server with several keys then shows a known one. */
export function hostKeyAlgorithms(known: readonly KnownKey[]): HostKeyAlgorithm[] {
  const types = new Set(known.filter((one) => one.marker === '').map((one) => one.type));
  const isKnown = (name: HostKeyAlgorithm) =>
    types.has(name) || (name.startsWith('rsa-') && types.has('ssh-rsa'));
  return [...ALGORITHMS.filter(isKnown), ...ALGORITHMS.filter((name) => !isKnown(name))];
}
