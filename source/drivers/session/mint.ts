import { randomBytes, randomInt, webcrypto } from 'node:crypto';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

/** Letters and digits only: what a person may have to type, and no daemon has to quote. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';

export function randomPassword(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

const CLASSES = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789', '-_.+='];

/**
 * A password that IAM itself accepts: its rule wants 8 to 16 characters with an upper and a lower
 * case letter, a digit and a special one. No character that a shell or JSON would have to quote.
 */
export function randomAdminPassword(): string {
  const anywhere = CLASSES.join('');
  const wanted = Array.from({ length: 16 }, (_, index) => CLASSES[index] ?? anywhere);
  const characters = wanted.map((from) => from[randomInt(from.length)]!);
  for (let at = characters.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1);
    [characters[at], characters[other]] = [characters[other]!, characters[at]!];
  }
  return characters.join('');
}

/** PEM texts of a certificate and its PKCS #8 key. */
export interface PemPair {
  readonly certificate: string;
  readonly key: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
const CA_DAYS = 3650;
/** The longest that Apple and the CA/Browser Forum still accepted for private use. */
const LEAF_DAYS = 825;

x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

function validity(days: number) {
  // an hour back: a node whose clock is a little behind must not refuse it
  const notBefore = new Date(Date.now() - 3_600_000);
  return { notBefore, notAfter: new Date(notBefore.getTime() + days * DAY_MS) };
}

/** A certificate authority of its own for one session. */
export async function mintCa(): Promise<PemPair> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomBytes(16).toString('hex'),
    name: 'CN=iam-ca',
    ...validity(CA_DAYS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    certificate: `${certificate.toString('pem')}\n`,
    key: `${await exportKey(keys.privateKey)}\n`,
  };
}

async function importCaKey(ca: PemPair): Promise<webcrypto.CryptoKey> {
  const key = x509.PemConverter.decodeFirst(ca.key);
  return webcrypto.subtle.importKey('pkcs8', key, ALGORITHM, false, ['sign']);
}

/** Names that a daemon is reached by. Go ignores the common name: these are what counts. */
export interface SubjectNames {
  readonly dns: readonly string[];
  readonly ip: readonly string[];
}

/** A server (and client) certificate signed by `ca`. */
export async function mintLeaf(
  ca: PemPair,
  commonName: string,
  names: SubjectNames,
): Promise<PemPair> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const issuer = new x509.X509Certificate(ca.certificate);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: randomBytes(16).toString('hex'),
    subject: `CN=${commonName}`,
    issuer: issuer.subject,
    ...validity(LEAF_DAYS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: await importCaKey(ca),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([
        x509.ExtendedKeyUsage.serverAuth,
        x509.ExtendedKeyUsage.clientAuth,
      ]),
      new x509.SubjectAlternativeNameExtension([
        ...names.dns.map((value) => ({ type: 'dns' as const, value })),
        ...names.ip.map((value) => ({ type: 'ip' as const, value })),
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return {
    certificate: `${certificate.toString('pem')}\n`,
    key: `${await exportKey(keys.privateKey)}\n`,
  };
}
