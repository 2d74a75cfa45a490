import { createHash } from 'node:crypto';
import type { Content, LongAction } from '../model/index.ts';
import { RUN_FOLDER } from './facts/at-work.ts';

/**
 * The unit's name says what it does: the same step has the same name in every run, so a resumed
 * run finds one that is still going, and never starts it twice.
 */
export function longStepUnit(action: LongAction): string {
  const hash = createHash('sha256').update(action.script).digest('hex').slice(0, 12);
  return `iam-ha-${action.name}-${hash}`;
}

/**
 * Starts the step as a transient unit, or joins the one that runs, and follows its output until
 * it ends. Output goes to a file as well: the journal loses lines printed at a unit's very start.
 * A script goes on when its connection is lost: of several that follow one step only the last that
 * came, the one that somebody listens to, takes its exit code and clears it away.
 * Exit code: the step's own; 98 when systemd could not start it, or another follows it now.
 */
export function longStepScript(action: LongAction): Content {
  const unit = longStepUnit(action);
  const base = `${RUN_FOLDER}/${unit}`;
  const marker = `IAMHA_${createHash('sha256').update(action.script).digest('hex').slice(0, 16)}`;
  return [
    `install -d -m 0700 ${RUN_FOLDER}
unit=${unit}.service
log=${base}.log
state() { systemctl show "$unit" -p "$1" --value; }
exec 9</run
flock 9
echo $BASHPID >${base}.follower
if [ "$(state LoadState)" = not-found ]; then
  cat >${base}.sh <<'${marker}'
${action.script}
${marker}
  : >"$log"
  systemd-run --quiet --unit=${unit} --no-block --property=Type=oneshot --property=RemainAfterExit=yes \\
    --property=StandardOutput=append:"$log" --property=StandardError=append:"$log" \\
    /bin/bash ${base}.sh </dev/null || exit 98
fi
flock -u 9
seen=0
show() { size=$(stat -c %s "$log" 2>/dev/null || echo 0); if [ "$size" -gt "$seen" ]; then tail -c +$((seen + 1)) "$log" | head -c $((size - seen)); seen=$size; fi; }
while :; do
  sub=$(state SubState)
  show
  # at the very start it is dead as well: on a busy machine its job may still wait for its turn
  case $sub in exited|failed) break ;; dead) [ -n "$(state Job)" ] || break ;; esac
  sleep 0.2
done
flock 9
[ "$(cat ${base}.follower 2>/dev/null)" = $BASHPID ] || exit 98
code=$(state ExecMainStatus)
[ "$(state LoadState)" = not-found ] && code=98
[ "$(state ExecMainStartTimestampMonotonic)" = 0 ] && code=98
systemctl stop "$unit" 2>/dev/null
systemctl reset-failed "$unit" 2>/dev/null
rm -f "$log" ${base}.sh ${base}.follower
exit "$code"
`,
  ];
}
