import {
  type Check,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  type Verdict,
} from '../model/index.ts';
import { exited, linesByKey, notMeasured, onNode } from './on-node.ts';
import { daemonCauses } from './service-daemons.ts';

/** Where the pump of a node writes its files, one an hour. */
export const AUDIT_FOLDER = '/var/lib/iam/iam-pump/analytics-data';

/**
 * Prints `row SECONDS TIME USER` of the last record that the running pump wrote, or `none`. What an
 * earlier one wrote proves nothing about this one. Who asked for what stays on the node.
 */
const SCRIPT = `export LC_ALL=C
started=$(systemctl show -p ActiveEnterTimestamp --value iam-pump 2>/dev/null)
started=$(date -d "$started" +%s 2>/dev/null) || started=0
# the newest two: one that was begun just now for lack of room has no record yet
row=
while IFS= read -r file; do
  if (( $(stat -c %Y "$file") < started )); then continue; fi
  row=$(tail -n 1 "$file")
  if [[ $row && $row != TimeStamp,* ]]; then break; fi
  row=
done < <(ls -t ${AUDIT_FOLDER}/*.csv 2>/dev/null | head -n 2)
if [[ -z $row ]]; then echo none; exit 0; fi
IFS=, read -r time user _ <<<"$row"
[[ $time =~ ^[0-9]+$ ]] || { echo none; exit 0; }
echo "row $(( $(date +%s) - $(stat -c %Y "$file") )) $time \${user:+named}"
`;

/**
 * The audit records that the pump of a node has stored are whole. IAM's own pump of v1.6.2 cannot
 * read what its authorization server writes, and stores an empty record for each, without an error
 * that a health check would see.
 */
export function auditRecordsCheck(node: NodeName): Check {
  return {
    id: `audit-records/${node}`,
    node,
    title: message('check-audit-records', { node }),
    measurements: [onNode(node, SCRIPT)],
    judge: ([measured]) => judge(node, measured),
    explainedBy: daemonCauses(node, 'iam-pump'),
    deadlineMs: 0,
    seeForYourself: `tail -n 1 $(ls -t ${AUDIT_FOLDER}/*.csv | head -n 1)`,
  };
}

function judge(node: NodeName, measured: Measured | undefined): Verdict {
  const output = exited(measured);
  const lines = linesByKey(output?.stdout ?? '');
  if (lines.has('none')) return passed(message('audit-no-record-yet', { node }));
  const [seconds, time, user] = lines.get('row')?.[0]?.split(' ') ?? [];
  if (seconds === undefined) return notMeasured(measured);
  if (time === '0' || !user) {
    return failed(problem('audit-records-empty', { folder: AUDIT_FOLDER }, { node }));
  }
  return passed(message('audit-record-whole', { node, seconds: Number(seconds) }));
}
