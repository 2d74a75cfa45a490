import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** For programs that run where the lab's operator sits: how IAM's administrator logs in there. */
export function loginBody(): string {
  const { XDG_STATE_HOME: state = '', IAM_HA_WIZARD_LAB: lab = '' } = process.env;
  const file = join(state, 'iam-ha-wizard', lab, 'secrets.json');
  const { adminPassword } = JSON.parse(readFileSync(file, 'utf8'));
  return JSON.stringify({ username: 'admin', password: adminPassword });
}
