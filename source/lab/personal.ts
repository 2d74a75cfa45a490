import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Crew } from './crew.ts';
import { HOST_KEY_TYPES, makeKey } from './keys.ts';
import type { LabSpec, MachineSpec } from './spec.ts';

/** A file that only this machine has: what a cloud's first boot would write. */
interface PersonalFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

/** The machine's own files. Pure. `authorized` is the operator's public key. */
export function personalFiles(
  spec: LabSpec,
  machine: MachineSpec,
  authorized: string,
  machineId: string,
): readonly PersonalFile[] {
  const files: PersonalFile[] = [
    { path: 'etc/hostname', text: `${machine.name}\n`, mode: 0o644 },
    { path: 'etc/hosts', text: hosts(machine.name), mode: 0o644 },
    { path: 'etc/machine-id', text: `${machineId}\n`, mode: 0o444 },
    { path: 'root/.ssh/authorized_keys', text: `${authorized}\n`, mode: 0o600 },
  ];
  if (!spec.user || machine.role !== 'node') return files;
  const sudo = spec.sudoPassword ? 'ALL' : 'NOPASSWD: ALL';
  return [
    ...files,
    { path: 'etc/ssh/sshd_config.d/50-cloud.conf', text: 'PermitRootLogin no\n', mode: 0o644 },
    {
      path: 'etc/sudoers.d/90-cloud-users',
      text: `${spec.user} ALL=(ALL:ALL) ${sudo}\n`,
      mode: 0o440,
    },
  ];
}

function hosts(name: string): string {
  return `127.0.0.1\tlocalhost\n127.0.1.1\t${name}\n::1\tlocalhost ip6-localhost ip6-loopback\n`;
}

/**
 * Writes what makes the machine different from the others into its folder, for its first boot.
 * Returns its public host keys. `password` is the sudo password of the lab's user.
 */
export async function writePersonal(
  spec: LabSpec,
  machine: MachineSpec,
  folder: string,
  authorized: string,
  password: string | undefined,
  crew: Crew,
): Promise<readonly string[]> {
  const personal = join(folder, 'personal');
  const files = personalFiles(spec, machine, authorized, randomBytes(16).toString('hex'));
  for (const file of files) {
    const path = join(personal, file.path);
    mkdirSync(dirname(path), {
      recursive: true,
      mode: file.path.startsWith('root/') ? 0o700 : 0o755,
    });
    writeFileSync(path, file.text);
    chmodSync(path, file.mode);
  }
  if (spec.user && password !== undefined && machine.role === 'node')
    writeFileSync(join(folder, 'password'), `${spec.user}:${password}\n`, { mode: 0o600 });
  return Promise.all(
    HOST_KEY_TYPES.map((type) =>
      makeKey(crew, join(personal, `etc/ssh/ssh_host_${type}_key`), type, `root@${machine.name}`),
    ),
  );
}
