import {
  type Check,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  type Verdict,
  warned,
} from '../model/index.ts';
import { AUDIT_FOLDER } from './audit-records.ts';
import { mongodbCauses } from './mongo-causes.ts';
import { exited, notMeasured, onNode } from './on-node.ts';
import { daemonCauses } from './service-daemons.ts';

/**
 * Prints the last that the running pump said of what it wrote to MongoDB, after `said`, and `end`.
 * It says that it writes, and then only what went wrong.
 */
const SCRIPT = `export LC_ALL=C
started=$(systemctl show -p ActiveEnterTimestamp --value iam-pump 2>/dev/null)
started=$(date -d "$started" '+%F %T' 2>/dev/null)
line=$(tail -c 1048576 /var/log/iam/iam-pump.log 2>/dev/null |
  grep -aE 'Purging [0-9]+ records|Problem inserting to mongo' | tail -n 1)
if [[ $started && $line > $started ]]; then printf 'said %s\\n' "\${line:0:300}"; fi
echo end
`;

/**
 * What the pump of a node took out of Redis last has reached MongoDB. IAM's pump does not try again:
 * what it could not store there is lost to MongoDB, and no health check says so.
 */
export function auditWritesCheck(node: NodeName, dataNode: NodeName): Check {
  return {
    id: `audit-writes/${node}`,
    node,
    title: message('check-audit-writes', { node }),
    measurements: [onNode(node, SCRIPT)],
    judge: ([measured]) => judge(node, measured),
    explainedBy: [...mongodbCauses(dataNode, node), ...daemonCauses(node, 'iam-pump')],
    deadlineMs: 0,
    seeForYourself: `grep -E 'Purging|inserting' /var/log/iam/iam-pump.log | tail -n 3`,
  };
}

function judge(node: NodeName, measured: Measured | undefined): Verdict {
  const stdout = exited(measured)?.stdout ?? '';
  if (!/^end$/m.test(stdout)) return notMeasured(measured);
  const said = /^said (.*)$/m.exec(stdout)?.[1];
  if (said?.includes('Problem inserting')) {
    const where = { node, detail: said };
    return warned(problem('audit-not-in-mongodb', { folder: AUDIT_FOLDER }, where));
  }
  return passed(message(said ? 'audit-writes-ok' : 'audit-writes-none', { node }));
}
