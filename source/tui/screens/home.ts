import { type Speech, say, sayCount } from '../../text/index.ts';
import { type Canvas, listMark, words } from '../canvas.ts';
import { BLANK, type Line, line, padLine, paragraph, spread, toned, widthOf } from '../lines.ts';
import { chosen, moved } from '../lists.ts';
import type { HomeEntry, Scene, SessionRow } from '../scenes.ts';
import type { Drawn, Props, Screen } from '../screen.ts';
import { glyph, type Span } from '../theme.ts';

type Home = Extract<Scene, { kind: 'home' }>;

/** A line that can be opened: an entry of the menu, or a session. */
type Choice =
  | { readonly kind: 'entry'; readonly entry: HomeEntry }
  | { readonly kind: 'session'; readonly session: SessionRow };

function choices({ scene }: Props<Home>): readonly Choice[] {
  return [
    ...scene.entries.map((entry) => ({ kind: 'entry', entry }) as const),
    ...scene.sessions.map((session) => ({ kind: 'session', session }) as const),
  ];
}

/** `12 minutes ago`. */
export function ago(speech: Speech, ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000);
  if (minutes < 1) return say(speech, 'tui-ago-now');
  if (minutes < 60) return sayCount(speech, 'tui-ago-minutes', minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return sayCount(speech, 'tui-ago-hours', hours);
  return sayCount(speech, 'tui-ago-days', Math.floor(hours / 24));
}

function progressOf(canvas: Canvas, { done, total, problem, holder }: SessionRow): Span {
  if (problem) return { text: words(canvas, 'tui-session-unreadable'), tone: 'bad' };
  if (holder)
    return { text: words(canvas, 'tui-session-held', { user: holder.user }), tone: 'warn' };
  if (done >= total) return { text: words(canvas, 'tui-session-done'), tone: 'good' };
  return { text: words(canvas, 'tui-step', { k: done, n: total }) };
}

/** What the first entry goes on with. */
function continueLine(canvas: Canvas, [session]: readonly SessionRow[]): Line {
  if (!session) return BLANK;
  const { speech } = canvas;
  const next = session.next?.[speech.language];
  const parts = [
    ...(next ? [next] : []),
    progressOf(canvas, session).text,
    ago(speech, canvas.now - session.lastMs),
    sayCount(speech, 'tui-nodes', session.addresses.length),
  ];
  return line(toned('strong', session.name), '  ', toned('quiet', parts.join(' · ')));
}

function entryLine(props: Props<Home>, entry: HomeEntry, isChosen: boolean, width: number): Line {
  const { canvas, scene } = props;
  const name = {
    text: words(canvas, `tui-home-${entry}`),
    tone: isChosen ? ('strong' as const) : undefined,
  };
  const what =
    entry === 'continue'
      ? continueLine(canvas, scene.sessions)
      : line(toned('quiet', words(canvas, `tui-home-${entry}-what`)));
  return line(...padLine(line(name), width), '  ', ...what);
}

function sessionLine({ canvas }: Props<Home>, session: SessionRow, columns: number): Line {
  const { addresses, vip, name, lastMs } = session;
  const { style } = canvas.speech;
  const where =
    addresses.length > 0
      ? line('  ', addresses.join(' '), ' ', glyph(style, 'arrow'), ' ', vip)
      : BLANK;
  const right = line(
    progressOf(canvas, session),
    '  ',
    toned('quiet', ago(canvas.speech, canvas.now - lastMs)),
  );
  return spread(line(...padLine(line(toned('strong', name)), 12), ...where), right, columns);
}

function mark({ canvas }: Props<Home>, isChosen: boolean, index: number, what: Line): Line {
  return line(listMark(canvas, isChosen, index), ' ', ...what);
}

/** Where one begins: go on, begin anew, or look at what there is. */
export const home: Screen<Home> = {
  keys: () => 'home',
  offers: () => ['open', 'up', 'down'],
  react: (props, action) => {
    const all = choices(props);
    const at = chosen(props.local, all.length);
    if (action === 'open') return { intent: opened(props, all[at]) };
    const next = moved({ ...props.local, selected: at }, action, all.length);
    return next ? { local: next } : {};
  },
  draw: (props, room) => drawHome(props, room.columns),
};

function opened({ scene }: Props<Home>, choice: Choice | undefined) {
  if (choice?.kind === 'session')
    return { kind: 'enter', entry: 'continue', session: choice.session.name } as const;
  const entry = choice?.entry ?? 'new';
  const session = scene.sessions[0]?.name;
  return session === undefined || entry === 'new' || entry === 'lab'
    ? ({ kind: 'enter', entry } as const)
    : ({ kind: 'enter', entry, session } as const);
}

function drawHome(props: Props<Home>, columns: number): Drawn {
  const { canvas, scene, local } = props;
  const all = choices(props);
  const at = chosen(local, all.length);
  const names = scene.entries.map((entry) => line(words(canvas, `tui-home-${entry}`)));
  const width = Math.max(...names.map(widthOf));
  const entries = scene.entries.map((entry, index) =>
    mark(props, at === index, index, entryLine(props, entry, at === index, width)),
  );
  const sessions = scene.sessions.map((session, index) =>
    mark(
      props,
      at === scene.entries.length + index,
      scene.entries.length + index,
      sessionLine(props, session, columns - 2),
    ),
  );
  const heading =
    sessions.length > 0
      ? [BLANK, line('  ', toned('strong', words(canvas, 'tui-home-sessions')))]
      : [];
  const note = scene.note
    ? [...paragraph(words(canvas, scene.note.code, scene.note.params), columns, 'warn'), BLANK]
    : [];
  const claim = paragraph(words(canvas, 'tui-home-claim'), columns - 2).map((one) =>
    line('  ', ...one),
  );
  return {
    title: [
      line(toned('strong', 'iam-ha-wizard')),
      line(
        'English ',
        glyph(canvas.speech.style, 'swap'),
        canvas.speech.style.latin ? ' Chinese' : ' 中文',
      ),
    ],
    head: canvas.rows < 16 ? note : [BLANK, ...claim, BLANK, ...note],
    body: [...entries, ...heading, ...sessions],
    focus: at < scene.entries.length ? at : at + heading.length,
  };
}
