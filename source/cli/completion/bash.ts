import { quote } from '../../model/index.ts';
import { pathsOf, placesOf, SESSIONS_FOLDER, valuedOptions } from './parts.ts';
import type { CompletedCommand, Values } from './tree.ts';

function offer(values: Values | undefined): string {
  switch (values?.kind) {
    case 'words':
      return `offer ${quote(values.words.join(' '))}`;
    case 'files':
      return 'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$cur")';
    case 'folders':
      return 'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$cur")';
    case 'sessions':
      return 'offer "$(_iam_ha_wizard_sessions)"';
    default:
      return ':';
  }
}

/** By path: sub-commands and arguments, and options where a dash was typed. */
function placeCases(tree: readonly CompletedCommand[]): string {
  return placesOf(tree)
    .map(({ path, commands, allOptions, arguments: behind }) => {
      const options = allOptions.flatMap(({ names }) => names).join(' ');
      const names = commands.map(({ name }) => name).join(' ');
      const rest = names ? `offer ${quote(names)}` : offer(behind);
      return `    ${quote(path)})
      if [[ $cur == -* ]]; then offer ${quote(options)}; else ${rest}; fi ;;`;
    })
    .join('\n');
}

function valueCases(tree: readonly CompletedCommand[]): string {
  return valuedOptions(tree)
    .map(([name, values]) => `    ${name}) ${offer(values)}; return ;;`)
    .join('\n');
}

/** For bash 4 and later; needs nothing of the bash-completion package. */
export function bashScript(tree: readonly CompletedCommand[]): string {
  const valued = valuedOptions(tree)
    .map(([name]) => name)
    .join('|');
  const paths = pathsOf(tree).map(quote).join('|');
  return `# bash completion of iam-ha-wizard. In ~/.bashrc: source <(iam-ha-wizard completion bash)
_iam_ha_wizard_sessions() {
  local journal
  for journal in "${SESSIONS_FOLDER}"/*/journal.jsonl; do
    [[ -e $journal ]] || continue
    journal=\${journal%/journal.jsonl}
    printf '%s\\n' "\${journal##*/}"
  done
}
_iam_ha_wizard() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path='' skip='' word
  local -i at
  COMPREPLY=()
  offer() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur"); }
  # bash makes three words of --lang=zh
  if [[ $cur == '=' ]]; then cur=''
  elif [[ $prev == '=' ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    [[ $word != '=' ]] || continue
    if [[ $skip ]]; then skip=''; continue; fi
    case $word in
      # what follows is another program's
      --) compopt -o default; return ;;
      ${valued}) skip=1 ;;
      -*) ;;
      *) case "\${path:+$path }$word" in
          ${paths}) path="\${path:+$path }$word" ;;
        esac ;;
    esac
  done
  case $prev in
${valueCases(tree)}
  esac
  case $path in
${placeCases(tree)}
  esac
}
complete -F _iam_ha_wizard iam-ha-wizard
`;
}
