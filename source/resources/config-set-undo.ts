import { quote, type UndoStep } from '../model/index.ts';
import type { ConfigSetOptions } from './config-set-options.ts';
import type { SetFound } from './config-set-probe.ts';
import { needsDaemonReload } from './config-set-script.ts';
import { recordPath, STATE, stagePath } from './state.ts';

/** The steps that take a set's change back: the daemon gets its old files, or is stopped again. */
export function setUndo(
  options: ConfigSetOptions,
  set: SetFound,
  files: readonly UndoStep[],
): readonly UndoStep[] {
  const folders = [...set.missingDirectories].reverse();
  return [
    ...stopAgain(options, set),
    ...[...files].reverse(),
    ...folders.map((path): UndoStep => ({ kind: 'remove-directory', path })),
    forgetRecord(options, set),
    ...(files.length > 0 ? loadAgain(options, set) : []),
  ];
}

/** A unit that was not running before the load started it. Before its files go. */
function stopAgain({ load }: ConfigSetOptions, set: SetFound): readonly UndoStep[] {
  if (!load || set.active || load.ifInactive === 'skip') return [];
  const unit = quote(load.unit);
  const script = `systemctl is-active --quiet ${unit} || exit 0\nsystemctl stop ${unit}`;
  return [{ kind: 'script', resource: `unit:${load.unit}`, script }];
}

/** The record as it was; where there was none, none, and our folders go when they are empty. */
function forgetRecord(options: ConfigSetOptions, set: SetFound): UndoStep {
  const record = quote(recordPath(options.name));
  const back =
    set.recordText === null
      ? `rm -f -- ${record} || exit 1`
      : // no folder any more: what the record told of has been taken back since
        `[[ ! -d ${STATE}/sets ]] || (umask 077; printf '%s' ${quote(set.recordText)} >${record}) || exit 1`;
  const script = `rm -rf -- ${quote(stagePath(options.name))} || exit 1
${back}
rmdir -- ${STATE}/stage ${STATE}/sets ${STATE} 2>/dev/null
exit 0`;
  return { kind: 'script', resource: `config:${options.name}`, script };
}

function loadAgain(options: ConfigSetOptions, { obsolete }: SetFound): readonly UndoStep[] {
  const { load } = options;
  const reload = needsDaemonReload(options, obsolete) ? 'systemctl daemon-reload || exit 1\n' : '';
  if (!load && !reload) return [];
  const again = load
    ? `systemctl is-active --quiet ${quote(load.unit)} || exit 0
systemctl reset-failed ${quote(load.unit)} 2>/dev/null
bash -euo pipefail -c ${quote(load.command)} </dev/null`
    : '';
  const resource = load ? `unit:${load.unit}` : `config:${options.name}`;
  return [{ kind: 'script', resource, script: `${reload}${again}` }];
}
