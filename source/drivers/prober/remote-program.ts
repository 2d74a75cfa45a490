import { readFileSync } from 'node:fs';
import { quote } from '../../model/index.ts';

/** What a third machine can run our prober with. */
export type Runtime = 'node' | 'python3';

function text(file: string): string {
  return readFileSync(new URL(`./${file}`, import.meta.url), 'utf8');
}

/** A module as a URL that holds it and all that it imports of ours. */
function moduleUrl(file: string): string {
  const whole = text(file).replaceAll(/from '\.\/([\w-]+\.mjs)'/g, (_, imported: string) => {
    return `from '${moduleUrl(imported)}'`;
  });
  return `data:text/javascript;base64,${Buffer.from(whole).toString('base64')}`;
}

/** The program, as its first line wants it: sent over standard input, so nothing is left on a disk. */
export function remoteProgram(runtime: Runtime): string {
  if (runtime === 'node') return moduleUrl('remote-probe.mjs');
  return ['remote-answer.py', 'remote-request.py', 'remote-probe.py'].map(text).join('\n');
}

const NODE = [
  'const lines = require("node:readline").createInterface({ input: process.stdin });',
  'lines.once("line", (line) => import(JSON.parse(line).text).then((probe) => probe.main(lines)));',
  'lines.once("close", () => process.exit());',
  'console.log(JSON.stringify({ kind: "wants", runtime: "node" }));',
].join('\n');

/** `import()` and sockets that can be reset. */
const NODE_IS_NEW = 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)';

const PYTHON = [
  'import json, sys',
  'print(json.dumps({"kind": "wants", "runtime": "python3"}), flush=True)',
  'exec(compile(json.loads(sys.stdin.readline())["text"], "prober", "exec"))',
].join('\n');

/**
 * Starts what there is: Node, else Python, whose standard library has TLS and epoll, and which every
 * server has whose packages come by apt or dnf (perl has no TLS of its own, and is not always there).
 * The first line says which; then the program is read from standard input.
 */
export function remoteCommand(): string {
  const script = `exec 2>/dev/null
if command -v node >/dev/null && node -e ${quote(NODE_IS_NEW)} </dev/null; then
  exec node -e ${quote(NODE)}
fi
for python in python3 /usr/libexec/platform-python; do
  if command -v "$python" >/dev/null; then exec "$python" -I -B -c ${quote(PYTHON)}; fi
done
echo '{"kind":"none"}'`;
  return `exec sh -c ${quote(script)}`;
}
