import { appliedCheckId, type Resource } from '../../model/index.ts';
import { configSet } from '../../resources/config-set.ts';
import { unit } from '../../resources/unit.ts';
import { type KnownNode, shortUnit, wasActive } from '../data-tier.ts';
import type { DatabasePlaces } from '../database-places.ts';
import { renderFile } from '../render.ts';
import { NOTICE } from '../services/policy-notice.ts';
import type { StageInput } from '../stage-input.ts';
import { foreignRedis } from './foreign.ts';
import { redisString } from './redis-string.ts';

/** What is to be there, in the order in which it is made; nothing on a server that is not ours. */
export function redis(input: StageInput, places: DatabasePlaces): readonly Resource[] {
  const { via: data, isOurs } = places.redis;
  if (!isOurs) return [];
  const node = data.node.name;
  const name = shortUnit(data.platform.units.redis);
  const causes = [appliedCheckId(node, 'packages:database'), appliedCheckId(node, 'config:redis')];
  return [
    redisConfig(input, data),
    unit({ node, unit: name, downCode: 'unit-not-running', explainedBy: causes }),
  ];
}

/** A file of our own, which includes the distribution's; and the unit starts from ours. */
function redisConfig(input: StageInput, data: KnownNode): Resource {
  const { node, platform, facts } = data;
  const { redisConfig: distributionConfig, redisFolder, redisServer } = platform.paths;
  const name = shortUnit(platform.units.redis);
  const path = redisFolder === '/etc' ? '/etc/redis-iam-ha.conf' : `${redisFolder}/iam-ha.conf`;
  const config = renderFile(input, 'redis/iam-ha.conf', {
    distributionConfig,
    address: node.address,
    password: redisString(input.secrets.redisPassword),
  });
  const dropIn = renderFile(input, 'systemd/redis-iam-ha.conf', {
    redisServer,
    config: path,
    notice: NOTICE,
  });
  return configSet({
    node: node.name,
    name: 'redis',
    files: [
      { path, content: config, mode: '0640', owner: `root:${platform.users.redis}` },
      {
        path: `/etc/systemd/system/${name}.service.d/iam-ha.conf`,
        content: dropIn,
        mode: '0644',
        owner: 'root:root',
      },
    ],
    load: {
      unit: name,
      command: `systemctl restart ${name}`,
      effect: wasActive(facts, name) ? 'outage' : 'none',
      // Where the package has not started it, the unit's own start is the first.
      ifInactive: 'skip',
    },
    foreign: foreignRedis(distributionConfig, platform.clients.redis),
    consents: input.consents,
    session: input.session,
    explainedBy: [appliedCheckId(node.name, 'packages:database')],
  });
}
