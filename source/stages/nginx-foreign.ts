import { quote } from '../model/index.ts';

/**
 * Prints `FILE<TAB>WHAT` for each server_name or upstream of ours in a file that is not ours.
 * nginx says itself what it reads; where its configuration is broken, or it is not installed (a
 * removed package leaves its configuration), the folder is searched.
 *
 * @param domains names that must be ours alone
 * @param own files of ours: their text is not compared
 */
export function foreignNginx(
  root: string,
  domains: readonly string[],
  own: readonly string[],
): string {
  const offered = `${root}/*-available/*`;
  return `{ nginx -T 2>/dev/null || find -L ${quote(root)} -type f ! -path ${quote(offered)} -exec sh -c '
  for file; do echo "# configuration file $file:"; cat "$file"; done' sh {} + 2>/dev/null; } |
awk -v names=${quote(domains.join(' '))} -v own=${quote(own.join(' '))} '
  function flush(  count, i, words, n, k) {
    count = split(text, statements, /[;{}]/)
    for (i = 1; i <= count; i++) {
      n = split(statements[i], words, /[ \\t]+/); k = words[1] == "" ? 2 : 1
      if (words[k] != "server_name" && words[k] != "upstream") continue
      for (word = k + 1; word <= n; word++)
        if (words[word] in ours) print file "\\t" words[k] " " words[word]
    }
    text = ""
  }
  BEGIN { split(names, list, " "); for (i in list) ours[list[i]]
          split(own, list, " "); for (i in list) mine[list[i]] }
  /^# configuration file / { flush(); file = $4; sub(/:$/, "", file); skip = file in mine; next }
  skip { next }
  { sub(/(^|[ \\t])#.*/, ""); text = text " " $0 }
  END { flush() }'
`;
}
