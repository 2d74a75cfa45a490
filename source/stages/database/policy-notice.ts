import { NOTICES } from '../../checks/policy-reload.ts';
import { encode } from '../../checks/redis-ask.ts';
import { ports } from '../../cluster/index.ts';
import { mapSecret } from '../../model/index.ts';
import type { Platform } from '../../platforms/index.ts';
import type { DesiredFile } from '../../resources/config-set.ts';
import { renderFile } from '../render.ts';
import type { StageInput } from '../stage-input.ts';

/** The unit that the databases' units start when they have started. */
export const NOTICE = 'iam-ha-policy-notice';

/** What any change of a policy is announced with; it makes the hearers read everything anew. */
const CHANGED = '{"command":"PolicyChanged"}';

/**
 * After an outage of Redis the one message that makes every authorization server read its policies
 * again: those that were published meanwhile are lost, and IAM asks by itself at its start only.
 */
export function policyNotice(input: StageInput, platform: Platform): readonly DesiredFile[] {
  const { redisFolder } = platform.paths;
  const user = platform.users.redis;
  const request =
    redisFolder === '/etc' ? `/etc/redis-${NOTICE}.request` : `${redisFolder}/${NOTICE}.request`;
  const said = mapSecret(input.secrets.redisPassword, (password) =>
    [['AUTH', password], ['PUBLISH', NOTICES, CHANGED], ['QUIT']].map(encode).join(''),
  );
  const unit = renderFile(input, `systemd/${NOTICE}.service`, { user, port: ports.redis, request });
  return [
    { path: request, content: [said], mode: '0640', owner: `root:${user}` },
    {
      path: `/etc/systemd/system/${NOTICE}.service`,
      content: unit,
      mode: '0644',
      owner: 'root:root',
    },
  ];
}
