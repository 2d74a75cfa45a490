#!/usr/bin/env node
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `iam-ha-wizard needs Node.js 20.19 or newer; this is ${process.version}. / iam-ha-wizard 需要 Node.js 20.19 或更高版本，当前为 ${process.version}。`,
  );
  process.exit(64);
}

// a checkout has source/: what runs is never older than it
if (existsSync(new URL('../source/', import.meta.url))) {
  const { buildIfStale } = await import('../scripts/build.mjs');
  try {
    await buildIfStale();
  } catch (error) {
    console.error(
      `iam-ha-wizard: dist/ is older than source/ and cannot be built (${error.code ?? error.message}). Run "npm run build" as the owner of this folder. / dist/ 比 source/ 旧，且无法构建。请以该目录的所有者运行 "npm run build"。`,
    );
    process.exit(1);
  }
}
module.enableCompileCache?.();
const { main } = await import('../dist/main.js');
const { stdin, stdout, stderr, env: environment, argv } = process;
// a reader that goes away (| head), or a full disk, ends a run like Ctrl-C: what is in hand is finished
stdout.on('error', (error) => {
  if (!process.emit('SIGPIPE', 'SIGPIPE')) process.exit(error.code === 'EPIPE' ? 0 : 1);
});
const script = fileURLToPath(import.meta.url);
process.exitCode = await main(argv.slice(2), { stdin, stdout, stderr, environment, script });
if (process.exitCode !== undefined) {
  stdout.write('', () => process.exit());
}
