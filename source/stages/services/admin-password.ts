import {
  type AdminSecrets,
  type AdminState,
  ASK,
  loginCauses,
  readAdminState,
  whichPassword,
} from '../../checks/iam-login.ts';
import { healthyScript } from '../../checks/service-daemons.ts';
import type { AdminPassword } from '../../cluster/index.ts';
import {
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
import { changeScript } from './admin-password-script.ts';
import { type SchemaPlace, tablesScript } from './schema-tables.ts';

export interface AdminPasswordOptions {
  /** A node that runs the API server: the password is the same behind all of them. */
  readonly node: NodeName;
  /** Absent: generated where this session imported the schema, kept otherwise. */
  readonly choice?: Exclude<AdminPassword, { readonly kind: 'keep' }>;
  readonly secrets: AdminSecrets;
  /** Where IAM's tables are, as the services log in there. */
  readonly schema: SchemaPlace;
  readonly schemaImported: () => boolean;
}

/** The resource's id: once in the cluster. */
export const ADMIN_PASSWORD = 'admin-password';

const READY_MS = 30_000;

/**
 * The resource `admin-password`: IAM's administrator does not keep the password that everybody can
 * read in IAM's documentation. A password that is neither that one nor ours is somebody's, and stays.
 */
export function adminPassword(options: AdminPasswordOptions): Resource {
  const { node, schema } = options;
  return {
    id: ADMIN_PASSWORD,
    node,
    probe: probe(options),
    plan: (output) => plan(options, output),
    explainedBy: loginCauses(node, schema.node),
  };
}

/** Whose the tables are matters only by default, and only before IAM answers. */
function probe({ choice, secrets, schema }: AdminPasswordOptions): Content {
  // With a database that does not answer a log-in takes its whole limit, and says no more than this.
  const away = `if is_silent ${MARIADB}; then echo 'admin away'; exit 0; fi\n`;
  const ask = content`${LIMITED}${away}${ASK}${whichPassword(secrets)}`;
  if (choice) return ask;
  return content`${ask}case $admin in away | ill) ${tablesScript(schema)} ;; esac\n`;
}

function plan(options: AdminPasswordOptions, output: ScriptOutput): Planned {
  const { node, choice } = options;
  const state = readAdminState(output.stdout);
  if (!state) return unreadable(node, ADMIN_PASSWORD, output.stderr);
  if (state === 'wanted') return settled('admin-password-right');
  if (state === 'other') {
    // asked for by name, and not to be had: nobody knows the password to change it from
    if (choice) return { kind: 'refused', problem: problem('admin-password-other', {}, { node }) };
    return settled('admin-password-kept');
  }
  if (!choice && !options.schemaImported()) {
    const isTheirs = state === 'published' || /^tables [1-9]/m.test(output.stdout);
    if (isTheirs) return settled('admin-password-kept');
  }
  return { kind: 'change', change: change(options, state) };
}

function change({ node, choice, secrets }: AdminPasswordOptions, state: AdminState): Change {
  const own = choice?.kind === 'env';
  const drift = state === 'published' ? 'admin-password-published' : 'admin-password-not-asked';
  return {
    parts: [
      {
        resource: ADMIN_PASSWORD,
        summary: message(own ? 'admin-password-set' : 'admin-password-generate'),
        effect: 'none',
      },
    ],
    actions: [
      {
        kind: 'await',
        node,
        script: [healthyScript('iam-apiserver')],
        deadlineMs: READY_MS,
        what: message('service-answers', { daemon: 'iam-apiserver', node }),
      },
      { kind: 'script', node, script: changeScript(secrets), timeoutMs: 30_000 },
    ],
    undo: [{ kind: 'keep', resource: ADMIN_PASSWORD }],
    drift: problem(drift, {}, { node }),
  };
}
