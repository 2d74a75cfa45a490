import { randomBytes, webcrypto } from 'node:crypto';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import type { PemPair } from '../source/drivers/session/mint.ts';

export const DAY_MS = 86_400_000;

const ALGORITHMS = {
  ecdsa: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  rsa: {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  },
} as const;

export interface SelfSignedOptions {
  readonly kind?: keyof typeof ALGORITHMS;
  /** Alternative names. */
  readonly names: readonly string[];
  /** "CN=operator" if absent; authorities leave it empty. */
  readonly subject?: string;
  /** From now on. 90 if absent. */
  readonly days?: number;
  /** From now on. A day ago if absent. */
  readonly fromDays?: number;
}

/** A certificate that nobody vouches for, as an operator might make one. */
export async function selfSigned(options: SelfSignedOptions): Promise<PemPair> {
  const { kind = 'ecdsa', names, days = 90, fromDays = -1, subject = 'CN=operator' } = options;
  const algorithm = ALGORITHMS[kind];
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);
  const at = (inDays: number) => new Date(Date.now() + inDays * DAY_MS);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomBytes(8).toString('hex'),
    name: subject,
    notBefore: at(fromDays),
    notAfter: at(days),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: 'dns', value }) as const),
      ),
    ],
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificate: `${certificate.toString('pem')}\n`,
    key: `${x509.PemConverter.encode(key, 'PRIVATE KEY')}\n`,
  };
}
