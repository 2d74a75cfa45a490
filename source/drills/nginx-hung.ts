import { ports } from '../cluster/index.ts';
import type { Drill } from '../model/index.ts';
import { type DrillContext, processesOf } from './context.ts';
import { unitDrill } from './unit-drill.ts';

/** `timeout` says so when it had to end what it ran. */
const TIMED_OUT = 124;
/** Exits 0 when this nginx answers its own page, 124 when nobody does within a second, else 1. */
const ASK = `timeout 1 bash -c 'exec 3<>/dev/tcp/127.0.0.1/${ports.http} || exit 1
printf "GET /nginx-health HTTP/1.0\\r\\nHost: keepalived.local\\r\\n\\r\\n" >&3
IFS= read -r line <&3 || exit 1
[[ $line == HTTP/1.?" 200"* ]]'`;

/** Every process stands still, and whoever asks is neither refused nor answered. */
const HANGS = `${processesOf('nginx')}
for pid in $pids; do
  grep -q '^State:[[:space:]]*T' "/proc/$pid/status" || exit 1
done
${ASK}
[ $? = ${TIMED_OUT} ]`;

/** nginx hangs on the holder: its port is open and nobody answers, which only keepalived's own question finds. */
export function nginxHung(context: DrillContext): Drill {
  return unitDrill(context, {
    id: 'nginx-hung',
    unit: 'nginx',
    notifyLines: ({ victim, taker }) => ({
      [victim]: ['notify_fault'],
      [taker]: ['notify_master'],
    }),
    inject: 'systemctl kill -s STOP nginx',
    witness: HANGS,
    // one that died of it has to be started
    undo: 'systemctl kill -s CONT nginx; systemctl start nginx',
    works: `systemctl --quiet is-active nginx && ${ASK}`,
  });
}
