import type { ClusterNode } from '../cluster/index.ts';
import {
  appliedCheckId,
  type Check,
  failed,
  message,
  type NodeName,
  passed,
  type Verdict,
} from '../model/index.ts';
import { exited, notMeasured, onNode } from './on-node.ts';
import { type Daemon, healthyScript } from './service-daemons.ts';
import { diagnose } from './service-diagnosis.ts';
import { evidenceScript, readEvidence } from './service-evidence.ts';

/** Causes that lie in what a daemon reads: its configuration, certificates and keys. */
const SETTINGS =
  /^(?:daemon-(?:config|certificate|key|jwt|settings|address)-.*|grpc-(?:wrong-ca|name-missing|certificate-expired)|pump-mongo-url-bad)$/;

/**
 * A daemon can use what it reads. Where it cannot, this says what is wrong with it, which is more
 * than that somebody has changed a file; where it fails for another reason, this claims nothing.
 */
export function daemonSettingsCheck(
  node: Pick<ClusterNode, 'name' | 'address'>,
  daemon: Daemon,
  dataNode: NodeName,
): Check {
  const script = `healthy() {
${healthyScript(daemon)}}
healthy || ${evidenceScript(daemon)}echo end
`;
  return {
    id: `settings/${node.name}/${daemon}`,
    node: node.name,
    title: message('check-daemon-settings', { node: node.name, daemon }),
    measurements: [onNode(node.name, script)],
    judge: ([measured]): Verdict => {
      const stdout = exited(measured)?.stdout ?? '';
      if (!/^end$/m.test(stdout)) return notMeasured(measured);
      const evidence = readEvidence(stdout);
      const subject = { node: node.name, address: node.address, daemon, dataNode };
      const found = evidence && diagnose(evidence, subject)?.problem;
      if (found && SETTINGS.test(found.code)) return failed(found);
      return passed(message('daemon-settings-used', { daemon }));
    },
    explainedBy: [
      appliedCheckId(node.name, 'directory:*'),
      appliedCheckId(node.name, 'system-user:iam'),
    ],
    deadlineMs: 30_000,
    seeForYourself: `journalctl -u ${daemon} -n 20; tail -n 20 /var/log/iam/${daemon}.log`,
  };
}
