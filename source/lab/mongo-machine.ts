import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkoutFolder } from './places.ts';

/** The variable in the operator's environment that has the password. */
export const MONGODB_PASSWORD = 'LAB_MONGODB_PASSWORD';

const DATABASE = 'iam_audit';
const USER = 'iam';

/** `databases.mongodb` of the lab's cluster file: as for any server that is there already. */
export function mongodbEntry(host: string) {
  return { host, database: DATABASE, user: USER, password: `env:${MONGODB_PASSWORD}` };
}

const PROGRAM = 'usr/local/bin/mongo-stand-in';
/** On the machine. */
export const MONGODB_SETTINGS = '/etc/mongo-stand-in.json';

const UNIT = `[Unit]
Description=STAND-IN for MongoDB, not MongoDB
After=network.target

[Service]
ExecStart=/${PROGRAM} \${CREDENTIALS_DIRECTORY}/settings
LoadCredential=settings:${MONGODB_SETTINGS}
DynamicUser=yes
StateDirectory=mongo-stand-in
Restart=on-failure
RestartSec=1
`;

/** What the stand-in reads: where it listens, what it keeps where, and who may do what. */
export function mongodbSettings(
  password: string,
  role: 'readWrite' | 'read' = 'readWrite',
): string {
  const settings = {
    address: '0.0.0.0',
    port: 27_017,
    folder: '/var/lib/mongo-stand-in',
    database: DATABASE,
    accounts: { [USER]: { password, role } },
  };
  return `${JSON.stringify(settings)}\n`;
}

/** Puts the stand-in among the machine's own files, to be started at each boot. */
export function writeMongodb(folder: string, password: string): void {
  const at = (path: string) => {
    const full = join(folder, 'personal', path);
    mkdirSync(dirname(full), { recursive: true, mode: 0o755 });
    return full;
  };
  copyFileSync(join(checkoutFolder(), 'assets/stand-in/mongo-stand-in'), at(PROGRAM));
  chmodSync(at(PROGRAM), 0o755);
  writeFileSync(at(MONGODB_SETTINGS.slice(1)), mongodbSettings(password), { mode: 0o600 });
  writeFileSync(at('etc/systemd/system/mongo-stand-in.service'), UNIT);
  const wants = '[Unit]\nWants=mongo-stand-in.service\n';
  writeFileSync(at('etc/systemd/system/multi-user.target.d/mongo-stand-in.conf'), wants);
}
