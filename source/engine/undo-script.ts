import { type Content, quote, restoreLabel, type UndoStep } from '../model/index.ts';

/** Every step prints one line: `undone|left|kept <what>`. */
const HELPERS = `
umask 077 # an original may hold a secret until it has its own mode
say() { printf '%s %s\\n' "$1" "$2"; }
sum() { if [ -L "$1" ]; then printf 'link:%s' "$(readlink "$1")"; elif [ -f "$1" ]; then sha256sum <"$1" | cut -c 1-64; elif [ -e "$1" ]; then printf other; else printf absent; fi; }
# path, what we wrote, what was there before; then the body puts it back
mine() { now=$(sum "$1"); if [ "$now" = "$3" ]; then say undone "file:$1"; return 1; fi; if [ "$now" = "$2" ]; then return 0; fi; say left "file:$1"; return 1; }
`;

/** The files of `before` are fetched from the backups by their sha256. */
export type ReadBackup = (sha256: string) => Promise<Buffer>;

/**
 * One script that takes a change back, step by step, in the order given. A file that somebody else
 * has edited since stays, and is said to be left; a step that was taken back already is undone.
 *
 * @param removePackages also removes the packages that we installed
 */
export async function undoScript(
  steps: readonly UndoStep[],
  readBackup: ReadBackup,
  removePackages: boolean,
): Promise<Content> {
  const parts: string[] = [HELPERS];
  for (const step of steps) parts.push(await stepScript(step, readBackup, removePackages));
  return parts;
}

async function stepScript(
  step: UndoStep,
  readBackup: ReadBackup,
  removePackages: boolean,
): Promise<string> {
  switch (step.kind) {
    case 'restore-file':
      return restoreFile(step, readBackup);
    case 'remove-directory':
      return removeDirectory(step.path);
    case 'restore-unit':
      return restoreUnit(step);
    case 'script':
      return `if (\n${step.script}\n) </dev/null >/dev/null 2>&1; then say undone ${quote(step.resource)}; else say left ${quote(step.resource)}; fi\n`;
    case 'keep':
      return keep(step, removePackages);
  }
}

async function restoreFile(
  step: Extract<UndoStep, { kind: 'restore-file' }>,
  readBackup: ReadBackup,
): Promise<string> {
  const { before } = step;
  const path = quote(step.path);
  const fresh = quote(`${step.path}.iam-ha-undo`);
  const guard = (expected: string, body: string) =>
    `if mine ${path} ${quote(step.written)} ${quote(expected)}; then\n${body} && say undone ${quote(`file:${step.path}`)} || say left ${quote(`file:${step.path}`)}\nfi\n`;
  if (before.kind === 'absent') return guard('absent', `rm -f -- ${path}`);
  if (before.kind === 'link') {
    return guard(
      `link:${before.target}`,
      `ln -sfn -- ${quote(before.target)} ${fresh} && mv -fT -- ${fresh} ${path}`,
    );
  }
  const content = (await readBackup(before.sha256)).toString('base64');
  // a disk that is full has half of it: that never takes the file's place
  const restore = [
    `if base64 -d <<'IAMHA_B64' >${fresh}\n${content}\nIAMHA_B64\n`,
    `then [ "$(sum ${fresh})" = ${quote(before.sha256)} ] && chown ${quote(before.owner)} ${fresh} && chmod ${quote(before.mode)} ${fresh} && mv -fT -- ${fresh} ${path} && { ${restoreLabel(path)}; } || { rm -f -- ${fresh}; false; }\n`,
    `else rm -f -- ${fresh}; false; fi`,
  ];
  return guard(before.sha256, restore.join(''));
}

function removeDirectory(path: string): string {
  const name = quote(`directory:${path}`);
  return `if [ ! -d ${quote(path)} ] || rmdir -- ${quote(path)} 2>/dev/null; then say undone ${name}; else say left ${name}; fi\n`;
}

function restoreUnit(step: Extract<UndoStep, { kind: 'restore-unit' }>): string {
  const unit = quote(step.unit);
  const enable = step.enabled ? 'enable' : 'disable';
  const start = step.active ? 'start' : 'stop';
  return `if [ "$(systemctl show ${unit} -p LoadState --value)" = not-found ]; then say undone ${quote(`unit:${step.unit}`)}
elif systemctl --quiet ${enable} ${unit} 2>/dev/null; systemctl ${start} ${unit}; then say undone ${quote(`unit:${step.unit}`)}; else say left ${quote(`unit:${step.unit}`)}; fi\n`;
}

function keep(step: Extract<UndoStep, { kind: 'keep' }>, removePackages: boolean): string {
  const name = quote(step.resource);
  if (!removePackages || !step.removePackages?.length) return `say kept ${name}\n`;
  const packages = step.removePackages.map(quote).join(' ');
  return `if (command -v apt-get >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get purge -y -q ${packages} || dnf -y remove ${packages}) </dev/null >/dev/null 2>&1; then say undone ${name}; else say left ${name}; fi\n`;
}
