import {
  type Alert,
  type Cluster,
  type SecretRef,
  signingSecret,
  whereabouts,
} from '../cluster/index.ts';
import { type Problem, problem, Secret } from '../model/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface NamedAlertSecret {
  readonly ref: SecretRef;
  readonly field: string;
  /** What it must look like. */
  readonly as: 'url' | 'secret' | 'password';
}

function named(alert: Alert, index: number): readonly NamedAlertSecret[] {
  if (alert.kind !== 'email') {
    const url = { ref: alert.url, field: `alerts[${index}].url`, as: 'url' } as const;
    const ref = signingSecret(alert);
    return ref ? [url, { ref, field: `alerts[${index}].secret`, as: 'secret' }] : [url];
  }
  if (!alert.password) return [];
  return [{ ref: alert.password, field: `alerts[${index}].password`, as: 'password' }];
}

const CODES = {
  url: 'alert-url-invalid',
  secret: 'alert-secret-invalid',
  password: 'alert-password-invalid',
} as const;

/** What `alerts:` names by `env:X`, by variable. Those that are not set are told elsewhere. */
export function alertSecrets(
  cluster: Cluster,
  environment: Environment,
): ReadonlyMap<string, Secret> {
  return new Map(
    cluster.alerts.flatMap(named).flatMap(({ ref: { variable } }) => {
      const value = environment[variable];
      return value === undefined ? [] : [[variable, new Secret(variable, value)] as const];
    }),
  );
}

/** Values that no message could be sent with. The value itself is never repeated. */
export function alertProblems(cluster: Cluster, environment: Environment): readonly Problem[] {
  return cluster.alerts.flatMap(named).flatMap(({ ref: { variable }, field, as }) => {
    const value = environment[variable];
    if (value === undefined || (as === 'url' ? isWebhook(value) : isOneLine(value))) return [];
    return [problem(CODES[as], { variable }, whereabouts(cluster, field))];
  });
}

function isWebhook(value: string): boolean {
  if (!/^https?:\/\/[\x21-\x7e]+$/i.test(value)) return false;
  return URL.canParse(value);
}

/** In one line, for curl's configuration. */
function isOneLine(value: string): boolean {
  return /^[^\x00-\x1f\x7f]+$/.test(value);
}
