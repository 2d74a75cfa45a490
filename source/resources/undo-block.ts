import { quote } from '../model/index.ts';
import { blockMarks } from './block.ts';

export interface BlockUndo {
  readonly path: string;
  readonly set: string;
  /** The lines of the block that stood there before; null if there was none. */
  readonly present: readonly string[] | null;
  /** Otherwise we added a line's end before our block, which goes with it. */
  readonly endedInNewline: boolean;
  readonly existed: boolean;
}

/**
 * Takes exactly our block out of a shared file (or puts the former one back), and leaves every other
 * line as it is now. A file that only we made goes when nothing else is in it.
 */
export function stripBlockScript(undo: BlockUndo): string {
  const [begin, end] = blockMarks(undo.set);
  const former = undo.present?.map((line) => `${line}\n`).join('') ?? '';
  const put = undo.present
    ? `out+=${quote(`${begin}\n`)}${quote(former)}${quote(`${end}\n`)}`
    : ':';
  return `export LC_ALL=C
path=${quote(undo.path)} begin=${quote(begin)} end=${quote(end)}
[[ -f $path ]] || exit 0
out='' inside='' seen='' after=''
while IFS= read -r line || { [[ $line ]] && line+=x && last=1; }; do
  if [[ \${last-} ]]; then text=\${line%x}; else text=$line$'\\n'; fi
  bare=\${text%$'\\n'}
  if [[ ! $inside && ! $seen && $bare == "$begin" ]]; then inside=1 seen=1
    ${put}
  elif [[ $inside ]]; then [[ $bare == "$end" ]] && inside=''
  else out+=$text; [[ $seen ]] && after=1; fi
  [[ \${last-} ]] && break
done <"$path"
[[ $seen ]] || exit 0
[[ ! $inside ]] || exit 1
${undo.endedInNewline || undo.present ? '' : "[[ $after ]] || out=${out%$'\\n'}\n"}${undo.existed ? '' : '[[ $out ]] || { rm -f -- "$path"; exit; }\n'}fresh=\${path%/*}/.\${path##*/}.iam-ha-wizard
rm -f -- "$fresh"
(umask 077; printf '%s' "$out" >"$fresh") && chown --reference="$path" -- "$fresh" &&
  chmod --reference="$path" -- "$fresh" || exit 1
mv -fT -- "$fresh" "$path" 2>/dev/null || { cat -- "$fresh" >"$path" && rm -f -- "$fresh"; }
`;
}
