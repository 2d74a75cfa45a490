import {
  appliedCheckId,
  type Check,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  quote,
  type Verdict,
} from '../model/index.ts';
import { exited, notMeasured, onNode } from './on-node.ts';

/** `keepalived -t` accepts the file in silence: what it only warns about it also ignores. */
export function keepalivedConfigCheck(node: NodeName, file: string): Check {
  const path = quote(file);
  const script = `[ -s ${path} ] || { echo missing; exit 0; }
said=$(keepalived -t -f ${path} 2>&1); echo "code $?"; printf "%s" "$said"\n`;
  return {
    id: `keepalived-config/${node}`,
    node,
    title: message('check-keepalived-config', { node }),
    measurements: [onNode(node, script)],
    judge: ([measured]) => judge(node, file, measured),
    explainedBy: [
      appliedCheckId(node, 'packages:keepalived'),
      `applied/${node}/config:keepalived*`,
    ],
    deadlineMs: 0,
    seeForYourself: `keepalived -t -f ${file}; echo $?`,
  };
}

function judge(node: NodeName, file: string, measured: Measured | undefined): Verdict {
  const output = exited(measured);
  if (output?.stdout === 'missing\n') {
    return failed(problem('keepalived-config-missing', { path: file }, { node }));
  }
  const match = output && /^code (\d+)\n([\s\S]*)$/.exec(output.stdout);
  if (!match) return notMeasured(measured);
  const [, code, detail = ''] = match;
  if (code === '0' && detail === '') return passed(message('silent', { command: 'keepalived -t' }));
  return failed(problem('keepalived-config-refused', { code: code ?? '' }, { node, detail }));
}
