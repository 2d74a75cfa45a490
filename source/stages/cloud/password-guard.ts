import {
  type AdminSecrets,
  ASK,
  loginCauses,
  readAdminState,
  whichPassword,
} from '../../checks/iam-login.ts';
import {
  type Action,
  type Change,
  type Content,
  content,
  message,
  type NodeName,
  type Planned,
  problem,
  type Resource,
  type ScriptOutput,
} from '../../model/index.ts';
import { LIMITED } from '../../platforms/limited.ts';
import { MARIADB } from '../../platforms/sql-script.ts';
import { settled, unreadable } from '../../resources/planned.ts';

export interface PasswordGuardOptions {
  /** A node that runs the API server. */
  readonly node: NodeName;
  readonly dataNode: NodeName;
  readonly secrets: AdminSecrets;
  /** The stage `services` leaves the password as it is: waiting for it is no use. */
  readonly kept: () => boolean;
}

/** The resource's id: once in the cluster. */
export const PASSWORD_GUARD = 'published-password';

/**
 * Nothing is put on the Internet while everybody can read the administrator's password. It changes
 * nothing: it is a resource because it has to hold before what comes after it is made, and because a
 * log-in is what proves it. Where `services` is about to change the password, or IAM does not answer
 * yet, it is due; in its place it then holds, or stops the run.
 */
export function passwordGuard(options: PasswordGuardOptions): Resource {
  const { node, dataNode, secrets } = options;
  return {
    id: PASSWORD_GUARD,
    node,
    probe: askScript(secrets),
    plan: (output) => plan(options, output),
    explainedBy: loginCauses(node, dataNode),
  };
}

function askScript(secrets: AdminSecrets): Content {
  // With a database that does not answer a log-in takes its whole limit, and says no more than this.
  const away = `if is_silent ${MARIADB}; then echo 'admin away'; exit 0; fi\n`;
  return content`${LIMITED}${away}${ASK}${whichPassword(secrets)}`;
}

function plan({ node, kept, secrets }: PasswordGuardOptions, output: ScriptOutput): Planned {
  const state = readAdminState(output.stdout);
  if (!state) return unreadable(node, PASSWORD_GUARD, output.stderr);
  if (state === 'wanted' || state === 'other') return settled('password-not-published');
  if (state === 'published' && kept()) return { kind: 'refused', problem: refusal(node) };
  return { kind: 'change', change: change(node, secrets, state === 'published') };
}

function refusal(node: NodeName) {
  return problem('public-password-published', {}, { node });
}

function change(node: NodeName, secrets: AdminSecrets, isPublished: boolean): Change {
  const drift = isPublished ? refusal(node) : problem('admin-password-not-asked', {}, { node });
  const resource = PASSWORD_GUARD;
  return {
    parts: [{ resource, summary: message('password-guard'), effect: 'none' }],
    actions: [untilChanged(node, secrets)],
    undo: [],
    drift,
  };
}

/** A log-in with a password that is not the published one; a published one does not go away by itself. */
function untilChanged(node: NodeName, secrets: AdminSecrets): Action {
  return {
    kind: 'await',
    node,
    script: content`${askScript(secrets)}case $admin in wanted | other) exit 0 ;; esac; exit 1\n`,
    deadlineMs: 15_000,
    what: message('password-guard'),
    explain: (output) =>
      readAdminState(output) === 'published'
        ? { problem: refusal(node), lasting: true }
        : undefined,
  };
}
