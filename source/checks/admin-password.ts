import {
  type Check,
  content,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  unknown,
  type Verdict,
  warned,
} from '../model/index.ts';
import { type AdminSecrets, ASK, loginCauses, readAdminState, whichPassword } from './iam-login.ts';
import { exited, notMeasured, onNode } from './on-node.ts';

export interface AdminPasswordCheck {
  readonly node: NodeName;
  readonly dataNode: NodeName;
  readonly secrets: AdminSecrets;
}

/**
 * Nobody who can read is administrator. Claimed where the password is left alone; where it is
 * changed, the change itself is the claim.
 */
export function adminPasswordCheck({ node, dataNode, secrets }: AdminPasswordCheck): Check {
  return {
    id: 'admin-password',
    node: null,
    title: message('check-admin-password'),
    measurements: [onNode(node, content`${ASK}${whichPassword(secrets)}`, 30_000)],
    judge: ([measured]) => judge(node, measured),
    explainedBy: loginCauses(node, dataNode),
    deadlineMs: 20_000,
  };
}

function judge(node: NodeName, measured: Measured | undefined): Verdict {
  const state = readAdminState(exited(measured)?.stdout ?? '');
  switch (state) {
    case 'wanted':
      return passed(message('admin-password-right'));
    case 'other':
      return passed(message('admin-password-kept'));
    case 'published':
      return warned(problem('admin-password-published', {}, { node }));
    case undefined:
      return notMeasured(measured);
    default:
      return unknown(message('admin-password-not-seen', { node }));
  }
}
