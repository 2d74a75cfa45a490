import { words } from '../canvas.ts';
import { checkLines } from '../check-rows.ts';
import { BLANK, type Line, line, toned } from '../lines.ts';
import type { Scene } from '../scenes.ts';
import type { Screen } from '../screen.ts';
import { storyHead } from '../story.ts';
import { doneLines, workLines } from '../work-rows.ts';

type Work = Extract<Scene, { kind: 'work' }>;

/** A stage at work: each node, what it is at and for how long; then the checks as they speak. */
export const work: Screen<Work> = {
  keys: () => 'work',
  offers: ({ scene }) => (scene.stopping ? [] : ['stop']),
  react: (_, action) => (action === 'stop' ? { intent: { kind: 'stop' } } : {}),
  draw: ({ scene, run, canvas, local }, room) => {
    const stage = run.stages.find(({ id }) => id === scene.story.id);
    const nodes = workLines(canvas, run, scene.story.id, room.columns);
    const stopping: readonly Line[] = scene.stopping
      ? [line(toned('warn', words(canvas, 'tui-stopping'))), BLANK]
      : [];
    const [title = BLANK] = storyHead(canvas, scene.story, { ...room, rows: 1 });
    const checks = stage ? checkLines(canvas, stage.checks, run, room.columns) : [];
    const done = stage ? doneLines(canvas, stage, room.columns) : [];
    const heading = (code: string) => [BLANK, line(toned('strong', words(canvas, code)))];
    const body = [
      ...(done.length > 0 ? [...heading('tui-heading-done'), ...done] : []),
      ...(checks.length > 0 ? [...heading('tui-heading-checks'), ...checks] : []),
    ];
    // follows what is new until it is scrolled back
    const follow = local.scroll === 0 ? { focus: body.length - 1 } : {};
    return { head: [title, BLANK, ...stopping, ...nodes], body, ...follow };
  },
};
