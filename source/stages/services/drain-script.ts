import { quote } from '../../model/index.ts';

export interface DrainOptions {
  /** nginx's unit. */
  readonly nginx: string;
  /** The files with the upstream's members: bash patterns. */
  readonly files: readonly string[];
  /** "10.0.4.20:8080", as its `server` line has it. */
  readonly member: string;
  readonly others: readonly {
    readonly member: string;
    /** A script that exits 0 when this backend answers. */
    readonly healthy: string;
  }[];
}

/** Should we die, the lock's next holder runs the script `run` in here (`at-work.ts`), as the timer does. */
const FOLDER = '/run/iam-ha-wizard/restore/drain';
const TIMER = 'iam-ha-drain.timer';

/** A restart with its wait for an answer. After that the backend is used again, whether we live or not. */
const ARMED_SECONDS = 45;

/** nginx's old workers end when they have answered what they had begun; some clients never finish. */
const RELOAD = `reload() {
  local old pid try
  old=$(<"/proc/$master/task/$master/children")
  systemctl reload "$nginx" || return 1
  for try in {1..100}; do
    for pid in $old; do
      if [[ -d /proc/$pid ]]; then sleep 0.1; continue 2; fi
    done
    return 0
  done
}
`;

/**
 * Read whole before it runs, as it removes itself: last, so that one that was killed can be run
 * again. The timer and we may come at the same time.
 */
const RESTORE = `{
exec 7<${FOLDER} || exit 0
flock 7
[[ -f ${FOLDER}/covered ]] || exit 0
nginx=$(<${FOLDER}/nginx)
master=$(systemctl show -p MainPID --value "$nginx")
${RELOAD}
uncover() { while "$@" umount --lazy -- "$path" 2>/dev/null; do :; done; }
while IFS= read -r path; do
  if ((master)); then uncover nsenter --target "$master" --mount --; fi
  uncover
done <${FOLDER}/covered
code=0
if ((master)); then reload || code=1; fi
rm -rf -- ${FOLDER}
rmdir -- ${FOLDER.slice(0, FOLDER.lastIndexOf('/'))} 2>/dev/null
exit "$code"
}
`;

/** Ends whatever drain there is on the node. */
export const BACK_SCRIPT = `if [[ -f ${FOLDER}/run ]]; then bash ${FOLDER}/run </dev/null || exit; fi
systemctl stop ${TIMER} 2>/dev/null
exit 0
`;

/** Armed before anything is covered. */
const ARM = `mkdir -p -- ${FOLDER}
printf '%s\\n' "$nginx" >${FOLDER}/nginx
: >${FOLDER}/covered
cat >${FOLDER}/run <<'IAMHA_RESTORE'
${RESTORE}IAMHA_RESTORE
unit=${TIMER.replace('.timer', '')}
systemctl stop $unit.timer $unit.service 2>/dev/null
systemctl reset-failed $unit.timer $unit.service 2>/dev/null
systemd-run --quiet --unit=$unit --on-active=${ARMED_SECONDS} --timer-property=AccuracySec=100ms \\
  /bin/bash ${FOLDER}/run || fail
`;

const COVER = `for file in "\${files[@]}"; do
  copy=${FOLDER}/\${file//\\//+}
  sed -E "s/^(\\s*server\\s+\${member//./\\\\.}(\\s[^;]*)?);/\\1 down;/" "$file" >"$copy"
  cmp -s -- "$file" "$copy" && continue
  chmod --reference="$file" -- "$copy"
  if [[ -e /sys/fs/selinux/enforce ]]; then chcon --reference="$file" -- "$copy"; fi
  printf '%s\\n' "$file" >>${FOLDER}/covered
  nsenter --target "$master" --mount -- mount --bind -- "$copy" "$file" || fail
done
nsenter --target "$master" --mount -- nginx -t -q || fail
reload || fail
`;

/**
 * Marks the member \`down\` in nginx's eyes only: where nginx reads it, a marked copy is mounted over
 * the file that names it, and nginx reloads. The files themselves stay as they are; a reboot ends
 * it, and so does a timer. The script ends when no worker is left that may still use the member.
 *
 * Where no other member of the upstream answers, nothing is done: nobody could take over.
 */
export function outScript({ nginx, files, member, others }: DrainOptions): string {
  const asked = others.map(
    (other) => `(
grep -qE ${quote(`^\\s*server\\s+${other.member.replaceAll('.', '\\.')}[ ;]`)} "\${files[@]}" || exit 1
${other.healthy})`,
  );
  return `umask 077
export LC_ALL=C
fail() {
  echo '@problem backend-not-drained' >&2
  bash ${FOLDER}/run </dev/null
  systemctl stop ${TIMER} 2>/dev/null
  exit 1
}
( ${BACK_SCRIPT}) || exit
nginx=${quote(nginx)} member=${quote(member)}
shopt -s nullglob
files=(${files.join(' ')})
master=$(systemctl show -p MainPID --value "$nginx")
((master)) || exit 0
${[...asked, 'exit 0'].join(' ||\n')}
${RELOAD}${ARM}${COVER}`;
}
