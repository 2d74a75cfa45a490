import { createPrivateKey, X509Certificate } from 'node:crypto';
import { type Problem, problem, Secret } from '../model/index.ts';
import { whereabouts } from './derived.ts';
import type { Cluster, TlsFiles } from './types.ts';

/** The operator's certificate and key, as nginx is to serve them. */
export interface ServedTls {
  /** PEM: the certificate, and those that lead to its authority. Nothing else that the file held. */
  readonly certificate: string;
  /** PEM. */
  readonly key: Secret;
  /** SHA-256 of the certificate, as `AB:CD:…`. */
  readonly fingerprint: string;
  readonly subject: string;
  /** Its last day: `2027-01-31`. */
  readonly expires: string;
  /** Whole days that are left; below 0 when it has expired. */
  readonly daysLeft: number;
}

/** The two files' text. */
export interface TlsTexts {
  readonly certificate: string;
  readonly key: string;
}

export type ReadTls =
  | { readonly ok: true; readonly tls: ServedTls; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const DAY_MS = 24 * 60 * 60 * 1000;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const KEY = /-----BEGIN ((?:[A-Z]+ )*PRIVATE KEY)-----[\s\S]+?-----END \1-----/;

/**
 * What the files hold, and all that is wrong with it: `ok` with problems is a pair that fits, at the
 * wrong time (`tls-expired`, `tls-not-yet-valid`).
 *
 * @param files where they were read, for the problems
 */
export function readTls(
  cluster: Cluster,
  files: TlsFiles,
  texts: TlsTexts,
  nowMs: number,
): ReadTls {
  const at = (field: keyof TlsFiles) => whereabouts(cluster, `tls.${field}`);
  const refuse = (code: string, field: keyof TlsFiles): ReadTls => ({
    ok: false,
    problems: [problem(code, { found: files[field] }, at(field))],
  });
  const chain = [...normal(texts.certificate).matchAll(CERTIFICATE)].map(([one]) => one);
  const certificate = attempt(() => chain.map((one) => new X509Certificate(one))[0]);
  if (!certificate) return refuse('tls-no-certificate', 'certificate');
  const [pem, kind = ''] = KEY.exec(normal(texts.key)) ?? [];
  if (pem === undefined) return refuse('tls-no-key', 'key');
  if (kind.startsWith('ENCRYPTED') || /^Proc-Type: .*ENCRYPTED/m.test(pem))
    return refuse('tls-key-encrypted', 'key');
  const key = attempt(() => createPrivateKey(pem));
  if (!key) return refuse('tls-no-key', 'key');
  if (!certificate.checkPrivateKey(key)) return refuse('tls-key-mismatch', 'key');
  const missing = missingDomains(cluster, certificate);
  if (missing.length > 0) return { ok: false, problems: missing };
  const tls = {
    certificate: `${chain.join('\n')}\n`,
    key: new Secret("the certificate's key", `${pem}\n`),
    ...describe(certificate, nowMs),
  };
  return { ok: true, tls, problems: untimely(cluster, certificate, nowMs) };
}

/** Whoever wrote the file, on whatever system. */
function normal(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function attempt<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

function describe(certificate: X509Certificate, nowMs: number) {
  const endsMs = Date.parse(certificate.validTo);
  // Its domains are there, and a subject need not be.
  const subject = certificate.subject || certificate.subjectAltName || '-';
  return {
    fingerprint: certificate.fingerprint256,
    subject: subject.replaceAll('\n', ', '),
    expires: dayOf(endsMs),
    daysLeft: Math.floor((endsMs - nowMs) / DAY_MS),
  };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** By its alternative names, wildcards included: clients have not looked at the subject for years. */
function missingDomains(cluster: Cluster, certificate: X509Certificate): readonly Problem[] {
  const names = certificate.subjectAltName?.replaceAll('DNS:', '') ?? '-';
  return [cluster.domains.api, cluster.domains.authz]
    .filter((domain) => certificate.checkHost(domain, { subject: 'never' }) === undefined)
    .map((domain) =>
      problem('tls-domain-missing', { domain, names }, whereabouts(cluster, 'tls.certificate')),
    );
}

function untimely(
  cluster: Cluster,
  certificate: X509Certificate,
  nowMs: number,
): readonly Problem[] {
  const where = whereabouts(cluster, 'tls.certificate');
  const [from, to] = [certificate.validFrom, certificate.validTo].map((text) => Date.parse(text));
  if (to! < nowMs) return [problem('tls-expired', { expires: dayOf(to!) }, where)];
  if (from! > nowMs) return [problem('tls-not-yet-valid', { begins: dayOf(from!) }, where)];
  return [];
}
