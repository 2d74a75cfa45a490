import { type Message, message } from '../model/index.ts';
import { choicesOf } from './choices.ts';
import { cloudNotes, cloudQuestions } from './cloud-part.ts';
import { VARIABLES } from './draft.ts';
import type { Journey, QuestionId, ReviewRow, Step } from './types.ts';
import { defaultOf, seenNodes, settled } from './values.ts';

function rowIds(journey: Journey): readonly QuestionId[] {
  const isElsewhere = settled(journey, 'data') === 'elsewhere';
  const source = settled(journey, 'source');
  return [
    ...(['name', 'nodes', 'login'] as const),
    ...(settled(journey, 'key') ? (['key'] as const) : []),
    ...(['vip', 'cloud'] as const),
    ...cloudQuestions(journey),
    'data',
    ...(isElsewhere ? (['mariadb', 'mariadbAdmin', 'redis'] as const) : []),
    ...(['api', 'authz', 'source'] as const),
    ...(source === 'go' ? [] : (['sourcePath'] as const)),
    ...(source === 'archive' ? (['sha256'] as const) : []),
    ...(['profile', 'firewall', 'adminPassword', 'alerts'] as const),
  ];
}

/** `iam-1 10.0.4.20, iam-2 10.0.4.21`: what was found behind what was typed. */
function nodesText(journey: Journey): string {
  return seenNodes(journey)
    .map(({ name, address, way }) =>
      way.host === address ? `${name} ${address}` : `${name} ${address} (${way.host})`,
    )
    .join(', ');
}

function row(journey: Journey, id: QuestionId): ReviewRow {
  const value = settled(journey, id);
  const chosen = choicesOf(journey, id)?.find((choice) => choice.value === value)?.title;
  const because = journey.answers[id] === undefined ? defaultOf(journey, id)?.because : undefined;
  return {
    id,
    title: message(`init-row-${id.toLowerCase()}`),
    value: chosen ?? (id === 'nodes' ? nodesText(journey) : value),
    ...(because && { because }),
  };
}

function notesOf(journey: Journey): readonly Message[] {
  const nodes = seenNodes(journey);
  const sessions = journey.seen.here?.sessions ?? [];
  const name = settled(journey, 'name');
  const other = nodes.find(({ session }) => session !== null && session !== name);
  const alert = settled(journey, 'alerts') !== 'none';
  return [
    ...cloudNotes(journey),
    ...(sessions.includes(name) ? [message('init-note-session', { name })] : []),
    ...(other
      ? [message('init-note-other', { node: other.name, other: other.session ?? '' })]
      : []),
    ...(alert ? [message('init-note-alerts', { variable: VARIABLES.alerts })] : []),
  ];
}

/** Everything that the file will say, whether it was asked or not. */
export function reviewOf(journey: Journey): Extract<Step, { kind: 'review' }> {
  const rows = rowIds(journey).map((id) => row(journey, id));
  return { kind: 'review', rows, notes: notesOf(journey) };
}
