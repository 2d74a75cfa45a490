import {
  appliedCheckId,
  type Check,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  type Verdict,
  warned,
} from '../model/index.ts';
import { exited, notMeasured, onNode } from './on-node.ts';

const SCRIPT = 'said=$(nginx -t -q 2>&1); echo "code $?"; printf "%s" "$said"\n';

/** `nginx -t` accepts the whole configuration, ours and everybody else's, in silence. */
export function nginxConfigCheck(node: NodeName): Check {
  return {
    id: `nginx-config/${node}`,
    node,
    title: message('check-nginx-config', { node }),
    measurements: [onNode(node, SCRIPT)],
    judge: ([measured]) => judge(node, measured),
    explainedBy: [appliedCheckId(node, 'packages:reverse-proxy'), `applied/${node}/config:nginx/*`],
    deadlineMs: 0,
    seeForYourself: 'nginx -t',
  };
}

function judge(node: NodeName, measured: Measured | undefined): Verdict {
  const output = exited(measured);
  const match = output && /^code (\d+)\n([\s\S]*)$/.exec(output.stdout);
  if (!match) return notMeasured(measured);
  const detail = match[2] ?? '';
  if (match[1] !== '0') return failed(problem('nginx-config-refused', {}, { node, detail }));
  if (detail !== '') return warned(problem('nginx-config-warns', {}, { node, detail }));
  return passed(message('silent', { command: 'nginx -t' }));
}
