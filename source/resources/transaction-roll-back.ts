/**
 * What a transaction does when a step fails: the old files and the old record come back, and the
 * daemon gets them, or is as stopped as it was. Runs in the trap of the script's end, without
 * "set -e". There bash's bare `return` gives the status from before the trap: none is used.
 */
export const ROLL_BACK = `# The old files are in place again: the daemon gets them back, or is as stopped as it was.
load_old() {
  if [[ $DAEMON_RELOAD ]]; then systemctl daemon-reload || return 1; fi
  [[ $UNIT ]] || return 0
  if [[ ! $was_active ]]; then
    systemctl stop "$UNIT" 2>/dev/null
    systemctl reset-failed "$UNIT" 2>/dev/null
    return 0
  fi
  systemctl reset-failed "$UNIT" 2>/dev/null
  if systemctl is-active --quiet "$UNIT"; then bash -euo pipefail -c "$LOAD" </dev/null
  else systemctl start "$UNIT"; fi
}

# Every step is tried, whatever became of the one before.
roll_back() {
  local at index bad=0
  for ((at = \${#renamed[@]} - 1; at >= 0; at--)); do
    index=\${renamed[at]}
    hidden "\${paths[index]}"
    if [[ ! -e $STAGE/old/$index && ! -L $STAGE/old/$index ]]; then rm -f -- "\${paths[index]}" || bad=1
    elif cp -a -- "$STAGE/old/$index" "$REPLY" && swap "$REPLY" "\${paths[index]}" "\${shared[index]}"; then label "\${paths[index]}"
    else bad=1; fi
  done
  if [[ $had_record ]]; then cp -a -- "$STAGE/record" "$RECORD" || bad=1
  else rm -f -- "$RECORD" || bad=1; fi
  if [[ $loading ]] && ! load_old; then
    bad=1
    if [[ $had_record ]]; then sed -i '/^loaded /d' "$RECORD"; fi
  fi
  return "$bad"
}

remove_made() {
  local at
  for ((at = \${#made[@]} - 1; at >= 0; at--)); do rmdir -- "\${made[at]}" 2>/dev/null; done
}

finish() {
  local code=$? word=config-write-failed
  trap - EXIT TERM INT
  set +e
  if [[ $phase == commit ]]; then
    [[ $loading ]] && word=config-load-failed
    # What could not be put back stays in the stage, for whoever mends it.
    if ! roll_back >&2; then
      printf '@problem config-not-restored\\n%s\\n' "$STAGE/old" >&2
      exit 12
    fi
  fi
  clean_up
  if [[ $phase != done ]]; then
    remove_made
    [[ $code_said ]] || printf '@problem %s\\n' "$word" >&2
  fi
  rmdir -- "\${RECORD%/*}" "$STATE" 2>/dev/null
  exit "$code"
}
`;
