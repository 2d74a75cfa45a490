import { quote } from '../../model/index.ts';
import { pathsOf, placesOf, SESSIONS_FOLDER, valuedOptions } from './parts.ts';
import type { CompletedCommand, CompletedOption, CompletedWord, Values } from './tree.ts';

/** \`_describe\` splits at the first colon that no backslash is before. */
function described(name: string, about: string): string {
  return quote(`${name.replaceAll(':', '\\:')}:${about}`);
}

function offer(values: Values | undefined): string {
  switch (values?.kind) {
    case 'words':
      return `compadd -- ${values.words.map(quote).join(' ')}`;
    case 'files':
      return '_files';
    case 'folders':
      return '_files -/';
    case 'sessions':
      return '_iam_ha_wizard_sessions';
    default:
      return ':';
  }
}

function optionList(options: readonly CompletedOption[]): string {
  return options
    .flatMap(({ names, about }) => names.map((name) => described(name, about)))
    .join(' ');
}

function commandList(commands: readonly CompletedWord[]): string {
  const list = commands.map(({ name, about }) => described(name, about)).join(' ');
  return `found=(${list}); _describe -t commands command found`;
}

function placeCases(tree: readonly CompletedCommand[]): string {
  return placesOf(tree)
    .map(({ path, commands, allOptions, arguments: behind }) => {
      const rest = commands.length > 0 ? commandList(commands) : offer(behind);
      return `    ${quote(path)})
      if [[ $cur == -* ]]; then
        found=(${optionList(allOptions)}); _describe -o -t options option found
      else ${rest}; fi ;;`;
    })
    .join('\n');
}

function valueCases(tree: readonly CompletedCommand[]): string {
  return valuedOptions(tree)
    .map(([name, values]) => `    ${name}) ${offer(values)}; return ;;`)
    .join('\n');
}

/** For zsh 5; with descriptions. */
export function zshScript(tree: readonly CompletedCommand[]): string {
  const valued = valuedOptions(tree)
    .map(([name]) => name)
    .join('|');
  const paths = pathsOf(tree).map(quote).join('|');
  return `#compdef iam-ha-wizard
# zsh completion of iam-ha-wizard. In ~/.zshrc, after compinit: source <(iam-ha-wizard completion zsh)
_iam_ha_wizard_sessions() {
  local -a found
  found=("${SESSIONS_FOLDER}"/*/journal.jsonl(N:h:t))
  compadd -a found
}
_iam_ha_wizard() {
  local cur=\${words[CURRENT]} prev=\${words[CURRENT-1]} place='' skip='' word
  local -a found
  local -i at
  for ((at = 2; at < CURRENT; at++)); do
    word=\${words[at]}
    if [[ -n $skip ]]; then skip=''; continue; fi
    case $word in
      # what follows is another program's
      --) words=("\${(@)words[at + 1,-1]}"); ((CURRENT -= at)); _normal; return ;;
      ${valued}) skip=1 ;;
      -*) ;;
      *) case "\${place:+$place }$word" in
          ${paths}) place="\${place:+$place }$word" ;;
        esac ;;
    esac
  done
  if [[ $cur == --*=* ]]; then prev=\${cur%%=*}; compset -P '*='; fi
  case $prev in
${valueCases(tree)}
  esac
  case $place in
${placeCases(tree)}
  esac
}
if [[ $funcstack[1] == _iam_ha_wizard ]]; then _iam_ha_wizard "$@"
else compdef _iam_ha_wizard iam-ha-wizard; fi
`;
}
