import { alertDeliveryCheck } from '../checks/alert-delivery.ts';
import {
  appliedCheckId,
  type Check,
  type Resource,
  type UndoStep,
  unitFacts,
} from '../model/index.ts';
import type { Platform } from '../platforms/index.ts';
import { configSet } from '../resources/config-set.ts';
import { directory } from '../resources/directory.ts';
import { mapUndo } from '../resources/map-undo.ts';
import { systemUser } from '../resources/system-user.ts';
import { unit } from '../resources/unit.ts';
import {
  ALERT_CONFIG,
  ALERT_STATE,
  ALERT_USER,
  alertFiles,
  EVENTS,
  receivers,
} from './alert-files.ts';
import type { Frontend } from './frontend.ts';
import type { StageInput } from './stage-input.ts';

const PATH_UNIT = 'iam-ha-alert.path';

/** What the sender needs beside bash; curl alone knows no certificate authority on Debian. */
export function alertPackages(input: StageInput, { packages }: Platform): readonly string[] {
  return input.cluster.alerts.length > 0 ? [packages.curl, packages.caCertificates] : [];
}

/**
 * The sender of alerts on a front end, where the cluster has any: a user of its own, its spool, its
 * files, and the unit that starts it when keepalived's notify script has left an event. Nothing of
 * keepalived's waits for it.
 */
export function alertResources(
  input: StageInput,
  frontend: Frontend,
  installed: string,
): readonly Resource[] {
  if (input.cluster.alerts.length === 0) return retired(input, frontend);
  const node = frontend.node.name;
  const { consents, session } = input;
  const folder = (path: string, owner: string) => directory({ node, path, mode: '0750', owner });
  const config = appliedCheckId(node, 'config:alerts');
  return [
    systemUser({ node, name: ALERT_USER, home: ALERT_STATE }),
    folder(ALERT_CONFIG, `root:${ALERT_USER}`),
    ...[ALERT_STATE, EVENTS, `${ALERT_STATE}/outbox`, `${ALERT_STATE}/status`].map((path) =>
      emptiedAtUndo(folder(path, `${ALERT_USER}:${ALERT_USER}`), path),
    ),
    configSet({
      node,
      name: 'alerts',
      files: alertFiles(input, frontend),
      load: {
        unit: PATH_UNIT,
        command: `systemctl restart ${PATH_UNIT}`,
        effect: 'none',
        ifInactive: 'skip',
      },
      consents,
      session,
      explainedBy: [installed],
    }),
    unit({ node, unit: PATH_UNIT, downCode: 'alerts-not-watched', explainedBy: [config] }),
  ];
}

/**
 * A node from which the alerts were taken away keeps a sender that is never woken and knows no
 * receiver: their secrets go. Its files go with an undo.
 */
function retired(input: StageInput, frontend: Frontend): readonly Resource[] {
  if (unitFacts(frontend.facts, 'iam-ha-alert').load !== 'loaded') return [];
  const { consents, session } = input;
  const files = alertFiles(input, frontend).slice(0, 1);
  return [configSet({ node: frontend.node.name, name: 'alerts', files, consents, session })];
}

/** What lies in there is the sender's own; it may still be at work, and would hold on to its user. */
function emptiedAtUndo(resource: Resource, path: string): Resource {
  const script = `systemctl stop iam-ha-alert.service 2>/dev/null\nrm -rf -- ${path}\n`;
  const emptied = (step: UndoStep): UndoStep =>
    step.kind === 'remove-directory' && step.path === path
      ? { kind: 'script', resource: resource.id, script }
      : step;
  return mapUndo(resource, (undo) => undo.map(emptied));
}

/** What became of the last message to each receiver, from each front end. */
export function alertChecks(
  input: StageInput,
  frontends: readonly Frontend[],
  installed: (frontend: Frontend) => string,
): readonly Check[] {
  if (input.cluster.alerts.length === 0) return [];
  return frontends.map((frontend) =>
    alertDeliveryCheck({
      node: frontend.node.name,
      receivers: receivers(input.cluster),
      user: ALERT_USER,
      config: `${ALERT_CONFIG}/alert.conf`,
      state: ALERT_STATE,
      explainedBy: [
        installed(frontend),
        appliedCheckId(frontend.node.name, 'config:alerts'),
        appliedCheckId(frontend.node.name, `directory:${ALERT_CONFIG}`),
        appliedCheckId(frontend.node.name, `unit:${PATH_UNIT}`),
      ],
    }),
  );
}
