import { talkTo } from '../../checks/tcp-talk.ts';
import { ports } from '../../cluster/index.ts';
import { content, type DrillStep } from '../../model/index.ts';
import { knownNodes } from '../data-tier.ts';
import type { StageInput } from '../stage-input.ts';
import { adminToken, requestText, SEEN } from './requests.ts';

const TIMEOUT_MS = 15_000;

/** Exit 0 when each node's API server answers what it has to ask the database for. */
export function wholeAgain(input: StageInput): readonly DrillStep[] {
  const request = {
    method: 'GET',
    path: '/v1/users/admin',
    token: adminToken(input.secrets.jwtKey),
  } as const;
  const talk = talkTo('127.0.0.1', ports.apiserver, requestText('127.0.0.1', request));
  return knownNodes(input)
    .filter(({ node }) => node.roles.includes('backend'))
    .map(({ node }) => ({
      node: node.name,
      script: content`${SEEN}said=$({ ${talk}} | seen user)\n[ "$said" = 'seen user 200' ]\n`,
      timeoutMs: TIMEOUT_MS,
    }));
}
