// The prober itself in a lab with an applied pair: how late it is, and what it leaves behind in the
// kernel. Both domains at the VIP, each asked RATE times a second for SECONDS, from one vantage.
// Root, Linux. Usage:
//   node scripts/bench-prober.mjs LAB here|via|ssh|sshd RATE SECONDS
// `ssh`: our own program on the client outside; `sshd`: through its sshd. Prints the lag's p50, p99 and
// worst of all requests, their outcomes, and the sockets in TIME-WAIT before and after, where it asked.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [lab = 'demo', ...rest] = process.argv.slice(2);
const inside = ['node', '--import', 'tsx', join(root, 'scripts/bench-prober-inside.ts'), lab];
const run = ['lab', 'run', '--name', lab, '--', ...inside, ...rest];
const { status } = spawnSync(process.execPath, [join(root, 'bin/iam-ha-wizard.js'), ...run], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
