import {
  type Change,
  message,
  type NodeMarker,
  type NodeName,
  type Planned,
  problem,
  quote,
  type Resource,
} from '../model/index.ts';
import type { Consents } from './consents.ts';
import { maskedDiff } from './diff.ts';
import { settled } from './planned.ts';
import { STATE, sha256 } from './state.ts';

const PATH = `${STATE}/session.json`;

export interface MarkerOptions {
  readonly node: NodeName;
  readonly session: { readonly name: string; readonly id: string };
  readonly consents: Consents;
}

function markerText({ name, id }: MarkerOptions['session']): string {
  return `${JSON.stringify({ session: name, id } satisfies NodeMarker)}\n`;
}

/**
 * Says on the node which session manages it. It is the first thing that is written there and the
 * last that is taken back. A node of another session is refused, unless it is to be adopted.
 */
export function sessionMarker(options: MarkerOptions): Resource {
  return {
    id: 'session-marker',
    node: options.node,
    disturbsNothing: true,
    probe: [`cat ${PATH} 2>/dev/null || true\n`],
    plan: ({ stdout }) => planMarker(options, stdout),
  };
}

function planMarker({ node, session, consents }: MarkerOptions, found: string): Planned {
  const text = markerText(session);
  if (found === text) return settled('marker-right', { session: session.name });
  if (found !== '' && !consents.adopt) {
    const { session: other } = readMarker(found);
    return { kind: 'refused', problem: problem('other-session', { other }, { node, file: PATH }) };
  }
  return { kind: 'change', change: markerChange(node, text, found) };
}

function readMarker(text: string): NodeMarker {
  try {
    return JSON.parse(text) as NodeMarker;
  } catch {
    return { session: '?', id: '?' };
  }
}

function markerChange(node: NodeName, text: string, found: string): Change {
  const script = `set -euo pipefail
install -d -m 0700 -o root -g root ${STATE}
printf %s ${quote(text)} >${PATH}.new
chmod 0600 ${PATH}.new
mv -f ${PATH}.new ${PATH}
`;
  const before =
    found === ''
      ? ({ kind: 'absent' } as const)
      : ({ kind: 'file', sha256: sha256(found), mode: '0600', owner: 'root:root' } as const);
  return {
    parts: [
      {
        resource: `file:${PATH}`,
        summary: message('marker-written'),
        diff: maskedDiff(PATH, found === '' ? null : found, [text]),
        effect: 'none',
      },
    ],
    actions: [{ kind: 'script', node, script: [script], timeoutMs: 15_000 }],
    undo: [
      { kind: 'restore-file', path: PATH, written: sha256(text), before },
      ...(found === '' ? ['/sets', '/stage', ''].map(removeFolder) : []),
    ],
    ...(found === ''
      ? {}
      : { originals: [{ path: PATH, content: Buffer.from(found).toString('base64') }] }),
  };
}

function removeFolder(name: string) {
  return { kind: 'remove-directory', path: `${STATE}${name}` } as const;
}
