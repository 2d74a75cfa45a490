import test, { type ExecutionContext } from 'ava';
import { content, type NodeName, Secret } from '../../source/model/index.ts';
import { type ConfigSetOptions, configSet } from '../../source/resources/config-set.ts';
import { canUnshare, World } from './world.ts';

export const password = new Secret('password', 'pa\'ss$(id)\\w`o"rd ✓');

export function daemon(more: Partial<ConfigSetOptions> = {}) {
  return configSet({
    node: 'iam-1' as NodeName,
    name: 'daemon/main',
    files: [
      { path: '/srv/daemon/main.conf', content: ['listen 80\n'], mode: '0644', owner: 'root:root' },
      {
        path: '/srv/daemon/secret/key.conf',
        content: content`password ${password}`,
        mode: '0600',
        owner: 'root:root',
      },
    ],
    directories: [{ path: '/srv/daemon/secret', mode: '0700', owner: 'root:root' }],
    tests: [
      {
        root: '/srv/daemon',
        command:
          'if grep -l syntax-error /srv/daemon/*.conf; then echo "daemon: a mistake"; exit 1; fi',
      },
    ],
    load: { unit: 'daemon', command: 'systemctl reload daemon', effect: 'reload' },
    consents: { adopt: false, overwrite: [] },
    session: { name: 'lab', id: 'id-1' },
    ...more,
  });
}

export function main(text: string, more: Partial<ConfigSetOptions> = {}) {
  return daemon({
    files: [{ path: '/srv/daemon/main.conf', content: [text], mode: '0644', owner: 'root:root' }],
    directories: [],
    ...more,
  });
}

/** Needs a mount namespace; where there is none, skipped by name. */
export const real = canUnshare() ? test : test.skip;

export function withWorld(run: (world: World, t: ExecutionContext) => unknown) {
  return async (t: ExecutionContext) => {
    const world = new World();
    try {
      await run(world, t);
    } finally {
      world.remove();
    }
  };
}
