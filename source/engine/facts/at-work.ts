import type { Content } from '../../model/index.ts';

/** On a node: what lasts no longer than a run, as the lock and the long steps at work. */
export const RUN_FOLDER = '/run/iam-ha-wizard';

/**
 * A script that changes something, with a mark that it is at work. A script outlives the wizard
 * that sent it: a run that begins meanwhile must neither look at half of what it does nor do the
 * same beside it. The mark is a shared lock on a folder, which ends with the script whatever its end is.
 */
export function markedAtWork(script: Content): Content {
  return [`if [[ -d ${RUN_FOLDER} ]]; then exec 8<${RUN_FOLDER}; flock -s 8; fi\n`, ...script];
}

/**
 * Bash for the holder of the node's lock: prints a line for each step of an earlier run that is
 * still at work. A long step that ended while nobody listened is cleared away: what it came to, the
 * probes will see. When no script is at work, what a dead run held changed for a moment is put back
 * by its own scripts `restore/NAME/run`: else the probes would take that for an edit by hand.
 *
 * @param isOurs a test that is true when the lock is held by this run
 */
export function atWorkSnippet(isOurs: string): string {
  return `(
${isOurs} || exit 0
exec 8<${RUN_FOLDER} || exit 0
if flock -n -x 8; then
  for run in ${RUN_FOLDER}/restore/*/run; do
    [[ ! -e $run ]] || bash "$run" </dev/null >/dev/null 2>&1
  done
else echo script; fi
for script in ${RUN_FOLDER}/iam-ha-*.sh; do
  [[ -e $script ]] || continue
  unit=\${script##*/} unit=\${unit%.sh}
  case $(systemctl show "$unit.service" -p SubState --value) in
    exited | failed | dead)
      systemctl stop "$unit.service"
      systemctl reset-failed "$unit.service"
      rm -f -- "$script" ${RUN_FOLDER}/"$unit".{log,follower} ;;
    *) printf '%s\\n' "$unit" ;;
  esac
done
)`;
}

/** What {@link atWorkSnippet} printed: the names of steps. */
export function parseAtWork(section: string): readonly string[] {
  return section.split('\n').filter((line) => line.trim() !== '');
}

/** The folder goes when nothing is in it and nothing at work: the mark of a script is on it. */
export const REMOVE_RUN_FOLDER = `if { exec 8<${RUN_FOLDER} && flock -n -x 8; } 2>/dev/null; then rmdir -- ${RUN_FOLDER} 2>/dev/null; fi`;
