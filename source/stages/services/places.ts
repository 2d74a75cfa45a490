import type { Resource } from '../../model/index.ts';
import { configSet } from '../../resources/config-set.ts';
import { directory } from '../../resources/directory.ts';
import { systemUser } from '../../resources/system-user.ts';
import type { KnownNode } from '../data-tier.ts';
import { renderFile } from '../render.ts';
import type { StageInput } from '../stage-input.ts';
import { auditFiles, auditFilesTimer } from './audit-files.ts';
import { keeping } from './keeping.ts';

/**
 * The user that the daemons run as, their folders, and the rotation of their logs. What they write
 * (`/var/lib/iam`, `/var/log/iam`) systemd makes for them.
 */
export function placeResources(input: StageInput, known: KnownNode): readonly Resource[] {
  const node = known.node.name;
  const folder = (path: string, mode: string, owner: string) =>
    directory({ node, path, mode, owner });
  return [
    // Their data and logs outlive it.
    keeping(systemUser({ node, name: 'iam', home: '/var/lib/iam' }), [
      '/var/lib/iam',
      '/var/log/iam',
    ]),
    ...(input.iam.installed ? [] : [folder('/opt/iam/bin', '0755', 'root:root')]),
    // Passwords and keys lie in there: for root and the daemons only.
    folder('/etc/iam', '0750', 'root:iam'),
    folder('/etc/iam/cert', '0750', 'root:iam'),
    configSet({
      node,
      name: 'iam-logrotate',
      files: [
        {
          path: '/etc/logrotate.d/iam',
          content: renderFile(input, 'logrotate/iam'),
          mode: '0644',
          owner: 'root:root',
        },
        ...auditFiles(input),
      ],
      consents: input.consents,
      session: input.session,
    }),
    auditFilesTimer(node),
  ];
}
