import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { undoScript } from '../../source/engine/undo-script.ts';
import {
  type Change,
  type Content,
  type Planned,
  type Resource,
  revealContent,
  type ScriptOutput,
} from '../../source/model/index.ts';

/** Whether this process may make mount namespaces; without, the tests with a real shell are skipped. */
export function canUnshare(): boolean {
  return spawnSync('unshare', ['--mount', '--propagation', 'private', 'true']).status === 0;
}

/**
 * A machine in small: folders of its own lie over /srv and /var/lib in a mount namespace, and a
 * `systemctl` of its own stands for one daemon. It "loads" /srv/daemon/main.conf by copying it, and
 * refuses one that says "broken".
 */
export class World {
  readonly root = mkdtempSync(join(tmpdir(), 'iam-ha-world-'));

  constructor() {
    for (const folder of ['srv', 'lib', 'bin', 'run', 'state']) mkdirSync(join(this.root, folder));
    writeFileSync(join(this.root, 'bin/systemctl'), SYSTEMCTL, { mode: 0o755 });
    writeFileSync(join(this.root, 'bin/journalctl'), '#!/bin/bash\necho "daemon: what it said"\n', {
      mode: 0o755,
    });
  }

  run(script: Content | string, before = ''): ScriptOutput {
    const text = typeof script === 'string' ? script : revealContent(script);
    const setUp = `set -e
mount --bind ${this.root}/srv /srv
mount --bind ${this.root}/lib /var/lib
mount --bind ${this.root}/run /run
${before}
export PATH=${this.root}/bin:$PATH WORLD=${this.root}/state
exec bash -s`;
    const done = spawnSync(
      'unshare',
      ['--mount', '--propagation', 'private', 'bash', '-c', setUp],
      { input: text, encoding: 'utf8' },
    );
    return {
      kind: 'exited',
      exitCode: done.status ?? 128,
      stdout: done.stdout,
      stderr: done.stderr,
    };
  }

  plan(resource: Resource): Planned {
    return resource.plan(this.run(resource.probe));
  }

  /** Plans and performs the change's scripts. @throws Error when there is nothing to change */
  apply(resource: Resource): { readonly change: Change; readonly result: ScriptOutput } {
    const planned = this.plan(resource);
    if (planned.kind !== 'change') throw new Error(`nothing to do: ${JSON.stringify(planned)}`);
    let result: ScriptOutput | undefined;
    for (const action of planned.change.actions) {
      if (action.kind !== 'script') throw new Error(action.kind);
      result = this.run(action.script);
      if (result.exitCode !== 0) break;
    }
    return { change: planned.change, result: result! };
  }

  async undo(change: Change): Promise<string> {
    const originals = new Map(
      (change.originals ?? []).map(({ content }) => {
        const bytes = Buffer.from(content, 'base64');
        return [createHash('sha256').update(bytes).digest('hex'), bytes] as const;
      }),
    );
    const script = await undoScript(change.undo, async (hash) => originals.get(hash)!, false);
    const { stdout, stderr } = this.run(script);
    return stdout + stderr;
  }

  write(path: string, text: string | Buffer): void {
    const file = join(this.root, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /** What a manifest of the machine says: path, mode, owner, hash or target. */
  manifest(...folders: readonly string[]): readonly string[] {
    return (folders.length ? folders : ['srv', 'lib']).flatMap((one) => this.walk(one));
  }

  private walk(path: string): readonly string[] {
    const full = join(this.root, path);
    const stat = lstatSync(full);
    const head = `${path} ${(stat.mode & 0o7777).toString(8)} ${stat.uid}:${stat.gid}`;
    if (stat.isSymbolicLink()) return [`${head} -> ${readlinkSync(full)}`];
    if (!stat.isDirectory()) {
      return [`${head} ${createHash('sha256').update(readFileSync(full)).digest('hex')}`];
    }
    const inside = readdirSync(full).sort();
    return [head, ...inside.flatMap((name) => this.walk(`${path}/${name}`))];
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** `bash -n`. @throws Error with bash's words */
export function assertParses(script: Content | string): void {
  const text = typeof script === 'string' ? script : revealContent(script);
  execFileSync('bash', ['-n'], { input: text });
}

const SYSTEMCTL = `#!/bin/bash
echo "$*" >>"$WORLD/calls"
config=/srv/daemon/main.conf
loads() {
  if grep -q broken "$config" 2>/dev/null; then echo "daemon: broken configuration" >&2; return 1; fi
  cat "$config" >"$WORLD/loaded" 2>/dev/null || : >"$WORLD/loaded"
}
case $1 in
  is-active) [[ -e $WORLD/active ]] ;;
  start) loads && : >"$WORLD/active" ;;
  reload) [[ -e $WORLD/active ]] && loads ;;
  restart) rm -f "$WORLD/active"; loads && : >"$WORLD/active" ;;
  stop) rm -f "$WORLD/active" ;;
  enable) : >"$WORLD/enabled" ;;
  --quiet) : >"$WORLD/enabled" ;;
  show)
    echo "LoadState=$(cat "$WORLD/load" 2>/dev/null || echo loaded)"
    if [[ -e $WORLD/active ]]; then echo ActiveState=active; else echo ActiveState=inactive; fi
    if [[ -e $WORLD/enabled ]]; then echo UnitFileState=enabled; else echo UnitFileState=disabled; fi ;;
  daemon-reload | reset-failed) : ;;
  *) exit 1 ;;
esac
`;
