import { type Speech, say } from '../text/index.ts';
import { type Canvas, words } from './canvas.ts';
import { BLANK, indent, type Line, line, padLine, paragraph, spread, toned } from './lines.ts';
import type { Bilingual, StageStory } from './scenes.ts';
import type { Room } from './screen.ts';

function told(speech: Speech, text: Bilingual): string {
  return text[speech.language];
}

/** Where it stands in the lecture: its part and lines. */
function place({ speech }: Canvas, { place }: StageStory): Line {
  if (!place) return BLANK;
  const [first, last] = place.lines;
  const params = { part: told(speech, place.part), first, last };
  return line(toned('quiet', say(speech, 'tui-lecture', params)));
}

function why(canvas: Canvas, story: StageStory, columns: number): readonly Line[] {
  return paragraph(told(canvas.speech, story.why), columns);
}

/** A stage's name and why there is it; where there is little room, its name. */
export function storyHead(canvas: Canvas, story: StageStory, room: Room): readonly Line[] {
  const { speech } = canvas;
  const title = line(toned('strong', told(speech, story.title)));
  const head = spread(title, place(canvas, story), room.columns);
  if (room.rows < 12) return [head];
  const count = story.departures.length;
  const departs =
    count === 0
      ? []
      : [
          line(
            toned(
              'quiet',
              say(speech, count === 1 ? 'tui-departures-one' : 'tui-departures', { count }),
            ),
          ),
        ];
  return [head, ...why(canvas, story, room.columns), ...departs, BLANK];
}

/** Everything that the runbook says of a stage: why, whose words those are, and each departure. */
export function storyInFull(canvas: Canvas, story: StageStory, columns: number): readonly Line[] {
  const { speech } = canvas;
  const whose = words(canvas, story.isLecture ? 'tui-lecture-words' : 'tui-our-words');
  const departures = story.departures.flatMap(({ lecture, here, because }) => [
    BLANK,
    ...labelled(canvas, 'tui-departure-lecture', told(speech, lecture), columns),
    ...labelled(canvas, 'tui-departure-here', told(speech, here), columns),
    ...labelled(canvas, 'tui-departure-because', told(speech, because), columns),
  ]);
  const title = line(toned('strong', told(speech, story.title)));
  return [
    spread(title, place(canvas, story), columns),
    ...why(canvas, story, columns),
    line(toned('quiet', whose)),
    ...departures,
  ];
}

const LABEL_CELLS = 14;

function labelled(canvas: Canvas, code: string, text: string, columns: number): readonly Line[] {
  const label = words(canvas, code);
  const rows = paragraph(text, columns - LABEL_CELLS);
  const [first = BLANK, ...rest] = rows;
  const head = padLine(line(toned('quiet', label)), LABEL_CELLS);
  return [line(...head, ...first), ...indent(rest, LABEL_CELLS)];
}
