/** The languages that every text has. */
export type Language = 'en' | 'zh';

export const LANGUAGES: readonly Language[] = ['en', 'zh'];

export function isLanguage(text: string): text is Language {
  return text === 'en' || text === 'zh';
}

/**
 * The language to speak: the one asked for, else what the locale says, else English.
 * As POSIX has it, the first of LC_ALL, LC_MESSAGES and LANG that is not empty decides alone.
 */
export function chooseLanguage(
  asked: Language | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  if (asked) return asked;
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return /^zh(?:[_.@-]|$)/i.test(locale) ? 'zh' : 'en';
}
