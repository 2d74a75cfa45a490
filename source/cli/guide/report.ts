import { LANGUAGES, type Language, sanitize } from '../../text/index.ts';
import { report } from '../commands/report.ts';
import type { GlobalOptions } from '../invocation.ts';
import type { Io } from '../io.ts';
import type { Theatre } from './theatre.ts';

/** Writes the evidence into the session, and shows it. */
export async function readReport(theatre: Theatre, io: Io, options: GlobalOptions): Promise<void> {
  const { fields } = await report(io, { command: 'report', options });
  const texts = new Map<Language, readonly string[]>();
  for (const language of LANGUAGES) {
    let text = '';
    const write = (more: string) => {
      text += more;
    };
    await report({ ...io, language, write }, { command: 'report', options, output: '-' });
    texts.set(language, sanitize(text).split('\n'));
  }
  await theatre.ask({
    kind: 'reading',
    title: { code: 'tui-report-at', params: { file: fields.files?.[0] ?? '' } },
    lines: ({ language }) => texts.get(language) ?? [],
  });
}
