// Starts the program: a checkout's dist/ is never older than its source/.
import { existsSync, statSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const isCheckout = existsSync(new URL('../source/', import.meta.url));

async function buildCheckout() {
  const { buildIfStale } = await import('../scripts/build.mjs');
  try {
    await buildIfStale();
  } catch (error) {
    const isBare = error.code === 'ERR_MODULE_NOT_FOUND';
    const why = error.code ?? error.message;
    console.error(
      isBare
        ? 'iam-ha-wizard: this checkout has no node_modules. Run "npm ci" in it. / 此检出目录没有 node_modules，请在其中运行 "npm ci"。'
        : `iam-ha-wizard: dist/ is older than source/ and cannot be built (${why}). Run "npm run build" as the owner of this folder. / dist/ 比 source/ 旧，且无法构建。请以该目录的所有者运行 "npm run build"。`,
    );
    process.exit(1);
  }
}

/**
 * Compiled code is kept where only this user can write. Node's own choice is a folder in /tmp: there
 * another user may have put code in its place. Under sudo HOME may be somebody else's: no cache then.
 */
function keepCompiled() {
  try {
    const { XDG_CACHE_HOME: cache } = process.env;
    const home = homedir();
    if (statSync(home).uid !== process.getuid()) return;
    const base = cache && isAbsolute(cache) ? cache : join(home, '.cache');
    module.enableCompileCache?.(join(base, 'iam-ha-wizard', 'compiled'));
  } catch {
    // no home folder: the start takes a little longer
  }
}

if (isCheckout) await buildCheckout();
// each build has other files: nothing of a checkout's would be used for long, and nobody clears it away
else keepCompiled();
const { main } = await import('../dist/main.js');
const { stdin, stdout, stderr, env: environment, argv } = process;
// a reader that goes away (| head), or a full disk, ends a run like Ctrl-C: what is in hand is finished
stdout.on('error', (error) => {
  if (!process.emit('SIGPIPE', 'SIGPIPE')) process.exit(error.code === 'EPIPE' ? 0 : 1);
});
const script = fileURLToPath(new URL('iam-ha-wizard.js', import.meta.url));
process.exitCode = await main(argv.slice(2), { stdin, stdout, stderr, environment, script });
if (process.exitCode !== undefined) {
  stdout.write('', () => process.exit());
}
