import { factCheck } from '../checks/preflight-host.ts';
import { clearTextCheck, publicTlsCheck } from '../checks/public-tls.ts';
import { tlsCertificateCheck } from '../checks/tls-certificate.ts';
import { nodeTlsCheck, vipTlsCheck } from '../checks/tls-health.ts';
import { services, whereabouts } from '../cluster/index.ts';
import { type Check, message, type NodeName, problem, warned } from '../model/index.ts';
import { outsideVantage, publicAddress } from './cloud/witnessed.ts';
import type { StageInput } from './stage-input.ts';

/** Before anything is changed. */
export function tlsPreflight({ cluster, tls }: StageInput): readonly Check[] {
  return tls ? [tlsCertificateCheck(tls, whereabouts(cluster, 'tls.certificate'))] : [];
}

export function tlsHealthChecks({ cluster, tls }: StageInput, node: NodeName): readonly Check[] {
  if (!tls) return [];
  return services.map((service) => nodeTlsCheck(cluster, node, service, tls.fingerprint));
}

export function vipTlsChecks({ cluster, tls }: StageInput): readonly Check[] {
  if (!tls) return [];
  return services.map((service) => vipTlsCheck(cluster, service, tls.fingerprint));
}

/** Of a cluster whose public address is known, or will be. */
export function publicTlsChecks(input: StageInput): readonly Check[] {
  const { cluster, tls } = input;
  if (!tls) return [];
  const from = { outside: outsideVantage(input), publicAddress: publicAddress(input) };
  return services.map((service) => publicTlsCheck(cluster, service, tls.fingerprint, from));
}

/** Whether logins cross the Internet as anybody can read them: passed only where TLS was seen there. */
export function clearTextOutside(input: StageInput, isAddressKnown: boolean): Check {
  const { cluster, tls } = input;
  const title = message('check-clear-text');
  const warning = (code: string) =>
    factCheck('public-clear-text', null, title, warned(problem(code)));
  if (!tls) return warning('logins-in-clear-text');
  if (!isAddressKnown) return warning('logins-not-seen-encrypted');
  const from = { outside: outsideVantage(input), publicAddress: publicAddress(input) };
  return clearTextCheck(cluster, tls.fingerprint, from);
}
