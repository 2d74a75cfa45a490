import { quote } from '../../model/index.ts';

/** Settings that lead MariaDB's clients elsewhere: ours would override somebody's decision. */
const MARIADB_SETTINGS = 'bind[-_]address|skip[-_]networking|port|socket';

/**
 * Bash that prints `file<TAB>setting` for each setting of somebody else's that ours would override.
 * What the packages ship is nobody's.
 */
export function foreignMariadb(own: string): string {
  return `grep -rsHE --include='*.cnf' '^[[:space:]]*(${MARIADB_SETTINGS})[[:space:]]*(=|$)' /etc/mysql /etc/my.cnf /etc/my.cnf.d |
while IFS=: read -r file line; do
  [ "$file" = ${quote(own)} ] && continue
  value=\${line#*=}
  value=\${value%%#*}
  case \${value//[[:space:]]/} in
  127.0.0.1 | localhost | 3306 | /run/mysqld/mysqld.sock | /var/run/mysqld/mysqld.sock | /var/lib/mysql/mysql.sock) ;;
  *) printf '%s\\t%s\\n' "$file" "$line" ;;
  esac
done
`;
}

const REDIS_SETTINGS =
  'bind|port|requirepass|masterauth|user|aclfile|replicaof|slaveof|cluster-enabled|rename-command|tls-port';

/** What IAM itself leaves there: audit records that wait, the pump's lock. After an undo they are ours. */
const IAM_KEYS = 'analytics-iam-system-analytics|iam-pump|redis-test-[0-9a-f-]+';

/**
 * As {@link foreignMariadb}, for Redis; and keys in a Redis without our password are somebody's.
 * @param client the client's name on the node
 */
export function foreignRedis(config: string, client: string): string {
  const file = quote(config);
  return `grep -sE '^[[:space:]]*(${REDIS_SETTINGS})[[:space:]]' ${file} | while IFS= read -r line; do
  case $line in 'bind 127.0.0.1' | 'bind 127.0.0.1 -::1' | 'bind 127.0.0.1 ::1' | 'port 6379') ;;
  *) printf '%s\\t%s\\n' ${file} "\${line%% *} …" ;;
  esac
done
keys=$(timeout 3 ${client} dbsize 2>/dev/null)
case $keys in '' | 0 | *[!0-9]*) keys=0 ;; esac
if ((keys > 0)); then
  own=$(timeout 3 ${client} --scan 2>/dev/null | grep -cxE '${IAM_KEYS}')
  ((keys <= own)) || printf '%s\\t%s keys\\n' ${file} "$((keys - own))"
fi
`;
}
