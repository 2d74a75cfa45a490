import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labPlaces } from '../../source/lab/index.ts';
import { onNode } from './_lab.ts';

/** Runs SQL as root on the node that has MariaDB; @returns the rows, columns apart by tabs */
export function sql(lab: string, statements: string, node = 'iam-1'): string {
  const client = 'mariadb --batch --skip-column-names --default-character-set=utf8mb4';
  return onNode(lab, node, `${client} <<'SQL'\n${statements}\nSQL`);
}

/**
 * What people would lose: every column of every row. IAM itself notes when its administrator logged
 * in, and which policies were deleted: those of our own acceptance are nobody's loss.
 */
export function rowsOf(lab: string, node = 'iam-1'): string {
  return sql(
    lab,
    `SELECT * FROM iam.user WHERE name <> 'admin' ORDER BY id;
SELECT id, instanceID, name, status, password, email, isAdmin FROM iam.user WHERE name = 'admin';
SELECT * FROM iam.secret ORDER BY id;
SELECT * FROM iam.policy ORDER BY id;
SELECT * FROM iam.policy_audit WHERE name <> 'iam-ha-acceptance' ORDER BY id;`,
    node,
  );
}

/** As IAM keeps one: its daemons read every row. */
const POLICY = JSON.stringify({
  subjects: ['users:ada'],
  actions: ['delete'],
  effect: 'allow',
  resources: ['resources:a'],
});

/** A user of the operator's with a secret and a policy, as IAM's API would store them. */
export function addRows(lab: string, name: string, node = 'iam-1'): void {
  sql(
    lab,
    `USE iam;
INSERT INTO user (instanceID, name, nickname, password, email, extendShadow) VALUES ('user-${name}', '${name}', '昵称', 'x', '${name}@example.com', '{}');
INSERT INTO secret (instanceID, name, username, secretID, secretKey, description, extendShadow) VALUES ('secret-${name}', 's', '${name}', 'id-${name}', 'key', '密钥', '{}');
INSERT INTO policy (instanceID, name, username, policyShadow, extendShadow) VALUES ('policy-${name}', 'p', '${name}', '${POLICY}', '{}');`,
    node,
  );
}

/** The secrets of a session that is made already, with some of them replaced before they are used. */
export function replaceSecrets(
  lab: string,
  session: string,
  some: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const file = join(labPlaces(lab).state, 'iam-ha-wizard', session, 'secrets.json');
  const stored = { ...JSON.parse(readFileSync(file, 'utf8')), ...some };
  writeFileSync(file, JSON.stringify(stored), { mode: 0o600 });
  return stored;
}

/**
 * The lock that a pump could not give back because it, its node or Redis went in between: it ends by
 * itself after ten minutes, or so, as the check `audit-drain` says.
 */
export function forgetPumpLock(lab: string): void {
  onNode(
    lab,
    'iam-1',
    `export REDISCLI_AUTH=$(sed -n 's/^requirepass "\\(.*\\)"$/\\1/p' /etc/redis/iam-ha.conf)
redis-cli -h 10.0.4.20 DEL iam-pump`,
  );
}

/** A node's processes are looked at again and again, for arguments that hold one of `patterns`. */
export interface Watch {
  /** Each command line that held one, once; and how often was looked. */
  end(): { readonly found: readonly string[]; readonly looks: number };
}

export function watchArguments(lab: string, node: string, patterns: readonly string[]): Watch {
  // The patterns lie in a file: in arguments they would find themselves.
  onNode(
    lab,
    node,
    `rm -rf /run/watch; mkdir /run/watch
cat >/run/watch/patterns <<'P'
${patterns.join('\n')}
P
cat >/run/watch/loop <<'L'
while [ ! -e /run/watch/stop ]; do
  grep -aFh -f /run/watch/patterns /proc/[0-9]*/cmdline 2>/dev/null
  echo >>/run/watch/looks
done >/run/watch/found
echo >/run/watch/ended
L
setsid bash /run/watch/loop </dev/null >/dev/null 2>&1 &`,
  );
  return {
    end() {
      const said = onNode(
        lab,
        node,
        `touch /run/watch/stop
until [ -e /run/watch/ended ]; do sleep 0.1; done
wc -l </run/watch/looks; tr '\\0' ' ' </run/watch/found | sort -u; rm -rf /run/watch`,
      );
      const [looks = '0', ...found] = said.trimEnd().split('\n');
      return { found: found.filter(Boolean), looks: Number(looks) };
    },
  };
}
