import { pathsOf, placesOf, valuedOptions } from './parts.ts';
import type { CompletedCommand, CompletedOption, Values } from './tree.ts';

/** fish knows two escapes inside single quotes. */
function fishQuote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

const COMPLETE = 'complete -c iam-ha-wizard';

function source(values: Values | undefined): string {
  switch (values?.kind) {
    case 'words':
      return `-f -a ${fishQuote(values.words.join(' '))}`;
    case 'files':
      return '-F';
    case 'folders':
      return "-f -a '(__fish_complete_directories)'";
    case 'sessions':
      return "-f -a '(__iam_ha_wizard_sessions)'";
    default:
      return '-f';
  }
}

const at = (path: string) => `-n ${fishQuote(`__iam_ha_wizard_at ${fishQuote(path)}`)}`;

function optionLine(condition: string, { names, about, values }: CompletedOption): string {
  const flags = names.map((name) =>
    name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  );
  const value = values ? ` -r ${source(values)}` : '';
  return `${COMPLETE}${condition} ${flags.join(' ')}${value} -d ${fishQuote(about)}`;
}

function placeLines(tree: readonly CompletedCommand[]): readonly string[] {
  return placesOf(tree).flatMap(({ path, commands, options, arguments: behind }) => [
    ...commands.map(
      ({ name, about }) => `${COMPLETE} ${at(path)} -f -a ${name} -d ${fishQuote(about)}`,
    ),
    ...(behind ? [`${COMPLETE} ${at(path)} ${source(behind)}`] : []),
    // those of the program itself are valid everywhere
    ...options
      .filter(({ names }) => path === '' || !names.includes('--help'))
      .map((option) => optionLine(path === '' ? '' : ` ${at(path)}`, option)),
  ]);
}

/** For fish 3; with descriptions. */
export function fishScript(tree: readonly CompletedCommand[]): string {
  const valued = valuedOptions(tree)
    .map(([name]) => name)
    .join(' ');
  const paths = pathsOf(tree).map(fishQuote).join(' ');
  return `# fish completion of iam-ha-wizard: iam-ha-wizard completion fish > ~/.config/fish/completions/iam-ha-wizard.fish
function __iam_ha_wizard_sessions
    set -l base $HOME/.local/state
    test -n "$XDG_STATE_HOME"; and set base $XDG_STATE_HOME
    for journal in $base/iam-ha-wizard/*/journal.jsonl
        basename (dirname $journal)
    end
end
function __iam_ha_wizard_at --argument-names wanted
    set -l place ''
    set -l skip
    for word in (commandline -opc)[2..-1]
        if test -n "$skip"
            set skip
            continue
        end
        if contains -- $word ${valued}
            set skip 1
        else if not string match -q -- '-*' $word
            set -l deeper (string trim -- "$place $word")
            contains -- $deeper ${paths}; and set place $deeper
        end
    end
    test "$place" = "$wanted"
end
${COMPLETE} -f
${placeLines(tree).join('\n')}
`;
}
