import { EXIT, OperatorError, problem } from '../../model/index.ts';
import type { Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import type { Outcome } from '../outcome.ts';
import { isUtf8 } from './terminal.ts';

type GuideInvocation = Extract<Invocation, { command: 'home' | 'guide' }>;

/**
 * Opens the wizard on the full screen, or as lines where that is asked for or all that there is.
 *
 * @throws OperatorError "no-terminal", exit 64, where nobody could answer
 */
export async function beginGuide(io: Io, { command, options }: GuideInvocation): Promise<Outcome> {
  const { terminal } = io;
  if (!terminal || !io.prompter)
    throw new OperatorError(problem('no-terminal', { command }), EXIT.usage);
  verifyLocale(io);
  const begin = command === 'home' ? 'home' : 'session';
  if (options.plain || io.environment.TERM === 'dumb') {
    const { plainGuide } = await import('./plain-guide.ts');
    return plainGuide(io, io.prompter, options, begin);
  }
  // React's development build is several times slower
  process.env.NODE_ENV ??= 'production';
  const { guide } = await import('./guide.ts');
  const colour = options.color && !io.environment.NO_COLOR && io.environment.TERM !== 'dumb';
  return guide(io, options, { stdin: terminal.input, stdout: terminal.output, colour }, begin);
}

/** @throws OperatorError, exit 64, where Chinese is asked for and the locale has no signs for it */
function verifyLocale({ language, environment }: Io): void {
  if (language !== 'zh' || isUtf8(environment)) return;
  const { LC_ALL, LC_CTYPE, LANG } = environment;
  const locale = LC_ALL || LC_CTYPE || LANG || '';
  throw new OperatorError(problem('locale-not-utf8', { locale }), EXIT.usage);
}
