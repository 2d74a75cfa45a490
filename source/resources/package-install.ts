import { quote } from '../model/index.ts';
import type { PackageManager } from '../platforms/index.ts';

/** The script of a long step: it holds no secret, and what it prints last is what went wrong. */
export function installScript(manager: PackageManager, names: readonly string[]): string {
  const words = names.map(quote).join(' ');
  return manager === 'apt' ? aptScript(words) : dnfScript(manager, words);
}

/**
 * A package manager that is at work already (a fresh cloud machine updates itself) is waited for;
 * an installation that was interrupted is finished first; the lists are fetched only when they do
 * not know a package, or know one that its server no longer has.
 */
function aptScript(words: string): string {
  return `set -uo pipefail
export LC_ALL=C DEBIAN_FRONTEND=noninteractive APT_LISTCHANGES_FRONTEND=none NEEDRESTART_SUSPEND=1
names=(${words})
options=(-y -q --no-install-recommends -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 -o Acquire::Retries=3
  -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold)
# Only apt-get install waits for a lock by itself.
patiently() {
  local try output
  for try in {1..24}; do
    output=$("$@" 2>&1) && { printf '%s\\n' "$output"; return 0; }
    [[ $output == *[Ll]'ock'* ]] || break
    sleep 5
  done
  printf '%s\\n' "$output"
  return 1
}
# Prints the names that no source has.
unknown() {
  local line name=''
  declare -A has=()
  while IFS= read -r line; do
    case $line in
      [!\\ ]*:) name=\${line%:} ;;
      '  Candidate: ('*) ;;
      '  Candidate: '*) has[$name]=1 ;;
    esac
  done < <(apt-cache policy -- "\${names[@]}" 2>/dev/null)
  for name in "\${names[@]}"; do [[ \${has[$name]-} ]] || echo "$name"; done
}
if [[ $(dpkg --audit 2>/dev/null) ]]; then
  echo 'finishing an interrupted installation'
  patiently dpkg --configure -a --force-confdef --force-confold ||
    apt-get --fix-broken "\${options[@]}" install </dev/null || exit 21
fi
fresh=''
if [[ $(unknown) ]]; then
  patiently apt-get update -q || exit 22
  fresh=1
  missing=$(unknown)
  [[ ! $missing ]] || { printf 'no such package in the sources: %s\\n@problem package-unknown\\n' "$missing" >&2; exit 23; }
fi
apt-get install "\${options[@]}" -- "\${names[@]}" </dev/null && exit 0
[[ $fresh ]] && exit 24
echo 'the lists may be old: fetching them, and once more'
patiently apt-get update -q || exit 22
apt-get install "\${options[@]}" -- "\${names[@]}" </dev/null || exit 24
`;
}

/** dnf and yum wait for each other by themselves. */
function dnfScript(manager: 'dnf' | 'yum', words: string): string {
  const weak = manager === 'dnf' ? ' --setopt=install_weak_deps=False' : '';
  return `set -uo pipefail
export LC_ALL=C
${manager} -y${weak} install ${words} </dev/null || exit 24
`;
}
