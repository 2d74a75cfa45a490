import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { undoScript } from '../../source/engine/undo-script.ts';
import { machineEntry } from '../../source/lab/index.ts';
import {
  type Change,
  type Content,
  type NodeName,
  type Planned,
  type Resource,
  revealContent,
} from '../../source/model/index.ts';

/** Does with one machine of a lab what the engine does with a node, without the engine. */
export function machine(lab: string, node: NodeName) {
  function run(script: Content | string) {
    const input = typeof script === 'string' ? script : revealContent(script);
    const { argv, env } = machineEntry(lab, node, ['bash', '-s'], process.env);
    const [program = '', ...rest] = argv;
    const done = spawnSync(program, rest, { env, input, encoding: 'utf8', timeout: 180_000 });
    const exitCode = done.status ?? 128;
    return { kind: 'exited', exitCode, stdout: done.stdout, stderr: done.stderr } as const;
  }

  function plan(resource: Resource): Planned {
    return resource.plan(run(resource.probe));
  }

  function apply(resource: Resource) {
    const planned = plan(resource);
    if (planned.kind !== 'change') throw new Error(JSON.stringify(planned));
    let result = run('true');
    for (const action of planned.change.actions) {
      if (action.kind === 'upload') throw new Error('upload');
      result = run(action.script);
      if (result.exitCode !== 0) break;
    }
    return { change: planned.change, result };
  }

  async function undo(change: Change): Promise<string> {
    const kept = new Map(
      (change.originals ?? []).map(({ content }) => {
        const bytes = Buffer.from(content, 'base64');
        return [createHash('sha256').update(bytes).digest('hex'), bytes] as const;
      }),
    );
    return run(await undoScript(change.undo, async (hash) => kept.get(hash)!, false)).stdout;
  }

  /** Path, kind, mode, owner, target and hash of everything that an undo must bring back. */
  function manifest(): string {
    return run(`cd /
find /etc /opt /usr/local /var/lib/iam-ha-wizard -printf '%p %y %m %U:%G %l\\n' 2>/dev/null | LC_ALL=C sort
find /etc /opt /usr/local /var/lib/iam-ha-wizard -type f -exec sha256sum {} + 2>/dev/null | LC_ALL=C sort -k 2`)
      .stdout;
  }

  function pidOf(name: string): string {
    return run(`systemctl show -p MainPID --value ${name}`).stdout.trim();
  }
  return { run, plan, apply, undo, manifest, pidOf };
}
