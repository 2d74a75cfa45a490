import { restoreLabel } from '../model/index.ts';
import { ROLL_BACK } from './transaction-roll-back.ts';

const STEPS = `phase=prepare code_said='' loading='' was_active='' had_record=''
made=() renamed=()

# A problem's code on a line of its own, then the end.
fail() {
  printf '@problem %s\\n' "$1" >&2 || true
  code_said=1
  exit "$2"
}

# The name under which a file waits beside its target: no daemon's glob takes a dot file.
hidden() { REPLY=\${1%/*}/.\${1##*/}.iam-ha-wizard; }

state_of() {
  if [[ -L $1 ]]; then REPLY=link:$(readlink -n -- "$1")
  elif [[ -f $1 ]]; then REPLY=$(sha256sum <"$1") && REPLY=file:\${REPLY%% *}
  elif [[ -e $1 ]]; then REPLY=other
  else REPLY=absent; fi
}

# One rename. A shared file may be a mount of its own, where renames are refused: then its content is replaced.
swap() {
  if [[ -z $3 ]]; then mv -fT -- "$1" "$2"
  elif ! mv -fT -- "$1" "$2" 2>/dev/null; then
    [[ -f $2 && ! -L $2 ]] && cat -- "$1" >"$2" && rm -f -- "$1"
  fi
}

# A file's SELinux type follows its path, where there is SELinux.
label() { ${restoreLabel('"$1"')}; }

place() {
  cp -- "$STAGE/new/$1" "$2"
  chown -- "\${owners[$1]}" "$2"
  chmod -- "\${modes[$1]}" "$2"
}

write_record() {
  printf '%s' "$1" >"$RECORD.new"
  sync -d -- "$RECORD.new" 2>/dev/null || true
  mv -fT -- "$RECORD.new" "$RECORD"
}

clean_up() {
  local path
  for path in "\${paths[@]}"; do
    hidden "$path"
    rm -f -- "$REPLY"
  done
  rm -rf -- "$STAGE" "$RECORD.new"
  rmdir -- "\${STAGE%/*}" 2>/dev/null || true
}

prepare() {
  local index
  clean_up
  mkdir -p -- "$STAGE/new" "$STAGE/old" "\${RECORD%/*}"
  if [[ -f $RECORD ]]; then
    cp -a -- "$RECORD" "$STAGE/record"
    had_record=1
  fi
  stage_contents
  for index in "\${!paths[@]}"; do
    state_of "\${paths[index]}"
    if [[ $REPLY != "\${befores[index]}" && $REPLY != "\${afters[index]}" ]]; then
      printf '%s\\n' "\${paths[index]}" >&2
      fail changed-meanwhile 13
    fi
    state_of "$STAGE/new/$index"
    [[ $REPLY == "\${afters[index]}" ]] || fail config-write-failed 14
  done
}

make_folders() {
  local index folder
  for index in "\${!folders[@]}"; do
    folder=\${folders[index]}
    [[ -d $folder ]] && continue
    mkdir -- "$folder"
    made+=("$folder")
    chown -- "\${folder_owners[index]}" "$folder"
    chmod -- "\${folder_modes[index]}" "$folder"
    label "$folder"
  done
}

# Copies of the daemon's whole folders, with the new files in them.
stage_roots() {
  local at index root copy
  for at in "\${!roots[@]}"; do
    root=\${roots[at]} copy=$STAGE/root/$at
    mkdir -p -- "$copy"
    cp -a -- "$root/." "$copy/"
    for index in "\${!paths[@]}"; do
      [[ \${paths[index]} == "$root"/* ]] || continue
      rm -f -- "$copy/\${paths[index]#"$root"/}"
      [[ \${afters[index]} == absent ]] || place "$index" "$copy/\${paths[index]#"$root"/}"
    done
  done
}

# The copies lie over the real folders in a mount namespace that ends with the test.
run_test() {
  local command=$1 silent=$2 output='' code=0 at mounts=''
  for at in "\${!roots[@]}"; do
    printf -v mounts '%smount --bind -- %q %q\\n' "$mounts" "$STAGE/root/$at" "\${roots[at]}"
  done
  output=$(timeout 60 unshare --mount --propagation private \\
    bash -euo pipefail -c "$mounts$command" </dev/null 2>&1) || code=$?
  if ((code)) || [[ $silent && $output ]]; then
    printf '%s\\n' "$output" >&2 || true
    fail config-test-failed 10
  fi
}

commit() {
  local index temporary=() parents=()
  for index in "\${!paths[@]}"; do
    hidden "\${paths[index]}"
    if [[ \${afters[index]} != absent ]]; then
      place "$index" "$REPLY"
      temporary+=("$REPLY")
    fi
    parents+=("\${paths[index]%/*}")
    if [[ -e \${paths[index]} || -L \${paths[index]} ]]; then
      cp -a -- "\${paths[index]}" "$STAGE/old/$index"
    fi
  done
  if ((\${#temporary[@]})); then sync -d -- "\${temporary[@]}" 2>/dev/null || sync; fi
  phase=commit
  write_record "$RECORD_PENDING"
  for index in "\${!paths[@]}"; do
    renamed+=("$index")
    if [[ \${afters[index]} == absent ]]; then
      rm -f -- "\${paths[index]}"
      continue
    fi
    hidden "\${paths[index]}"
    swap "$REPLY" "\${paths[index]}" "\${shared[index]}"
    label "\${paths[index]}"
  done
  if ((\${#paths[@]})); then sync -- "\${parents[@]}" 2>/dev/null || sync; fi
}

# Called where "set -e" does not count: every step says for itself what its failure means.
load() {
  if [[ $DAEMON_RELOAD ]]; then systemctl daemon-reload || return 1; fi
  [[ $UNIT ]] || return 0
  # Several runs in a row must not meet the unit's start limit.
  systemctl reset-failed "$UNIT" 2>/dev/null
  if [[ $was_active ]]; then bash -euo pipefail -c "$LOAD" </dev/null
  elif [[ $IF_INACTIVE == start ]]; then systemctl start "$UNIT"; fi
}

load_new() {
  local output='' code=0 since
  since=$(date +%s)
  loading=1
  if [[ $UNIT ]] && systemctl is-active --quiet "$UNIT"; then was_active=1; fi
  output=$(load 2>&1) || code=$?
  ((code)) || return 0
  printf '%s\\n' "$output" >&2 || true
  if [[ $UNIT ]]; then
    { journalctl -u "$UNIT" --since "@$since" -o cat --no-pager 2>/dev/null | tail -n 30 >&2; } || true
  fi
  exit 11
}

`;

const COURSE = `# A lost connection must not end the script in the middle: a write to it fails, and no more.
trap '' HUP PIPE
trap finish EXIT
trap 'exit 143' TERM INT

prepare
make_folders
if ((\${#tests[@]})); then
  stage_roots
  for index in "\${!tests[@]}"; do run_test "\${tests[index]}" "\${silents[index]}"; done
fi
commit
load_new
phase=done
# The stage goes before the record says "loaded": what a kill leaves is always a pending load.
clean_up
write_record "$RECORD_DONE"
`;

/**
 * The body of every set's transaction, in bash. What stands before it (`transactionScript`) sets the
 * arrays `paths modes owners befores afters shared` (by file; what is to be `absent` goes), `folders folder_modes folder_owners`,
 * `roots tests silents`, the names `STATE STAGE RECORD`, the texts `RECORD_PENDING RECORD_DONE`,
 * `UNIT LOAD IF_INACTIVE DAEMON_RELOAD`, and defines `stage_contents`.
 *
 * Phases: `prepare` (a failure takes away what was staged: nothing has changed), `commit` (a failure
 * puts everything back and loads it again), `done`. A kill after the first rename leaves a record
 * without its `loaded` line: the next probe sees a pending load.
 *
 * Exit codes: 10 the test refused it, 11 the load failed and the old files are back, 12 they are
 * not, 13 a file is no longer what the probe saw, 14 the staged copy is broken.
 */
export const TRANSACTION = `${STEPS}${ROLL_BACK}${COURSE}`;
