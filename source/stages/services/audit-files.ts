import { AUDIT_FOLDER } from '../../checks/audit-records.ts';
import { appliedCheckId, type NodeName, type Resource } from '../../model/index.ts';
import type { DesiredFile } from '../../resources/config-set.ts';
import { unit } from '../../resources/unit.ts';
import { renderFile } from '../render.ts';
import type { StageInput } from '../stage-input.ts';

/** How long audit records stay on the node that stored them. */
const DAYS = 14;
/** How many bytes of them stay there, whatever their age. */
export const MOST_BYTES = 1 << 30;
/** A file is full with so many, even within its hour: else it could not be removed without its last records. */
export const PART_BYTES = 64 << 20;

const UNIT = 'iam-ha-audit-files';
const SCRIPT = `/usr/local/sbin/${UNIT}`;

/** What keeps the files of audit records small: by age, once a day, and by size, every five minutes. */
export function auditFiles(input: StageInput): readonly DesiredFile[] {
  const folder = AUDIT_FOLDER;
  const sizes = { folder, script: SCRIPT, most: MOST_BYTES, part: PART_BYTES };
  const file = (path: string, asset: string, values = {}, mode = '0644') => ({
    path,
    content: renderFile(input, asset, values),
    mode,
    owner: 'root:root',
  });
  return [
    file('/etc/tmpfiles.d/iam-audit.conf', 'systemd/iam-audit-tmpfiles.conf', {
      folder,
      days: DAYS,
    }),
    file(SCRIPT, 'iam/audit-files', {}, '0755'),
    file(`/etc/systemd/system/${UNIT}.service`, `systemd/${UNIT}.service`, sizes),
    file(`/etc/systemd/system/${UNIT}.timer`, `systemd/${UNIT}.timer`),
  ];
}

/** The timer of {@link auditFiles}, in force now and at every boot. */
export function auditFilesTimer(node: NodeName): Resource {
  return unit({
    node,
    unit: `${UNIT}.timer`,
    downCode: 'unit-not-running',
    explainedBy: [appliedCheckId(node, 'config:iam-logrotate')],
  });
}
