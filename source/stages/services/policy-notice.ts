import { NOTICE_UNIT, NOTICES } from '../../checks/policy-reload.ts';
import { encode } from '../../checks/redis-ask.ts';
import {
  type Content,
  mapSecret,
  type NodeName,
  type Resource,
  type UndoStep,
} from '../../model/index.ts';
import { configSet } from '../../resources/config-set.ts';
import { mapUndo } from '../../resources/map-undo.ts';
import type { DatabasePlaces } from '../database-places.ts';
import { renderFile } from '../render.ts';
import type { StageInput } from '../stage-input.ts';

/** The unit that is started whenever a database or an API server has come back. */
export const NOTICE = NOTICE_UNIT;

/** What any change of a policy is announced with; it makes the hearers read everything anew. */
const CHANGED = '{"command":"PolicyChanged"}';

/**
 * The one message that makes every authorization server read its policies again. What was published
 * while Redis was away is lost, and what could not be read while MariaDB or the node's API server was
 * away is not asked for again: a revoked right would stay allowed until the next change.
 */
export function policyNotice(input: StageInput, node: NodeName, data: DatabasePlaces): Resource {
  const request = `/etc/iam/${NOTICE}.request`;
  const { host, port } = data.redis;
  const unit = renderFile(input, `systemd/${NOTICE}.service`, { host, port, request });
  const set = configSet({
    node,
    name: 'policy-notice',
    files: [
      { path: request, content: said(input), mode: '0640', owner: 'root:iam' },
      {
        path: `/etc/systemd/system/${NOTICE}.service`,
        content: unit,
        mode: '0644',
        owner: 'root:root',
      },
    ],
    consents: input.consents,
    session: input.session,
  });
  return mapUndo(set, (undo) => [STOP, ...undo]);
}

/** It may be at work for a minute, and would hold on to its user. */
const STOP: UndoStep = {
  kind: 'script',
  resource: `unit:${NOTICE}`,
  script: `systemctl stop ${NOTICE} 2>/dev/null\nexit 0\n`,
};

/** Word for word what is said to Redis; without a log-in where it asks for none. */
function said({ secrets }: StageInput): Content {
  const publish = [['PUBLISH', NOTICES, CHANGED], ['QUIT']].map(encode).join('');
  return [
    mapSecret(secrets.redisPassword, (password) =>
      password === '' ? publish : `${encode(['AUTH', password])}${publish}`,
    ),
  ];
}
