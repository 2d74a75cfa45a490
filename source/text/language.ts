/** The languages that every text has. */
export type Language = 'en' | 'zh';

export const LANGUAGES: readonly Language[] = ['en', 'zh'];

export function isLanguage(text: string): text is Language {
  return text === 'en' || text === 'zh';
}

/**
 * The language to speak: the one asked for, else what the locale says, else English.
 * As POSIX has it, the first of LC_ALL, LC_MESSAGES and LANG that is not empty decides alone. Chinese
 * in another charset than UTF-8 would not be readable: English then.
 */
export function chooseLanguage(
  asked: Language | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  if (asked) return asked;
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  const charset = charsetOf(locale);
  return /^zh(?:[_.@-]|$)/i.test(locale) && (!charset || isUtf8(charset)) ? 'zh' : 'en';
}

/**
 * Whether the locale says that the terminal reads something else than UTF-8 (`C`, `zh_CN.GBK`). One
 * without a charset's name, and none at all, say nothing of it: most terminals do read it.
 */
export function isOtherCharset(environment: Readonly<Record<string, string | undefined>>): boolean {
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
  const charset = charsetOf(locale);
  return charset ? !isUtf8(charset) : locale === 'C' || locale === 'POSIX';
}

function charsetOf(locale: string): string | undefined {
  return /^[^.]*\.([^@]+)/.exec(locale)?.[1];
}

function isUtf8(charset: string): boolean {
  return /^utf-?8$/i.test(charset);
}
