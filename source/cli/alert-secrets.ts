import { type Alert, type Cluster, type SecretRef, whereabouts } from '../cluster/index.ts';
import { type Problem, problem, Secret } from '../model/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface NamedAlertSecret {
  readonly ref: SecretRef;
  readonly field: string;
  readonly isUrl: boolean;
}

function named(alert: Alert, index: number): readonly NamedAlertSecret[] {
  if (alert.kind !== 'email') {
    return [{ ref: alert.url, field: `alerts[${index}].url`, isUrl: true }];
  }
  if (!alert.password) return [];
  return [{ ref: alert.password, field: `alerts[${index}].password`, isUrl: false }];
}

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
  return cluster.alerts.flatMap(named).flatMap(({ ref: { variable }, field, isUrl }) => {
    const value = environment[variable];
    if (value === undefined || (isUrl ? isWebhook(value) : isPassword(value))) return [];
    const code = isUrl ? 'alert-url-invalid' : 'alert-password-invalid';
    return [problem(code, { variable }, whereabouts(cluster, field))];
  });
}

function isWebhook(value: string): boolean {
  if (!/^https?:\/\/[\x21-\x7e]+$/i.test(value)) return false;
  return URL.canParse(value);
}

/** In one line, for curl's configuration. */
function isPassword(value: string): boolean {
  return /^[^\x00-\x1f\x7f]+$/.test(value);
}
