import { EXIT, OperatorError, type Params, problem } from '../model/index.ts';
import { isLanguage, type Language } from '../text/index.ts';
import type { GlobalOptions } from './invocation.ts';

/** A mistake in the command line itself: nothing has been touched. */
export function usageError(code: string, params: Params): OperatorError {
  return new OperatorError(problem(code, params), EXIT.usage);
}

/** Commander's values of the global options, before anything is checked. */
export interface RawOptions {
  readonly session?: string;
  readonly cluster?: string;
  readonly stage?: readonly string[];
  readonly lang?: string;
  readonly plain?: boolean;
  readonly json?: boolean;
  readonly color?: boolean;
  readonly stateDir?: string;
  readonly yes?: boolean;
  readonly overwrite?: readonly string[];
  readonly adopt?: boolean;
  readonly breakLock?: readonly string[];
  readonly acceptNewHostKeys?: boolean;
  readonly runbook?: string;
  readonly confirm?: readonly string[];
}

/** `value` if it is one of `known`. @throws OperatorError `unknownCode` */
export function oneOf(value: string, known: readonly string[], unknownCode: string): string {
  if (known.includes(value)) return value;
  throw usageError(unknownCode, { found: value, known: known.join(', ') });
}

/** A whole number from `min` to `max`. @throws OperatorError `bad-number` */
export function wholeNumber(option: string, text: string, min: number, max: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw usageError('bad-number', { option, found: text, min, max });
}

/** @throws OperatorError `unknown-language` */
export function languageOption(text: string | undefined): Language | undefined {
  if (text === undefined || isLanguage(text)) return text;
  throw usageError('unknown-language', { found: text });
}

/** The global options, checked; `stage` narrows a stage's name to one that there is. */
export function globalOptions(raw: RawOptions, stage: (id: string) => string): GlobalOptions {
  const language = languageOption(raw.lang);
  return {
    ...(raw.session !== undefined && { session: raw.session }),
    ...(raw.cluster !== undefined && { cluster: raw.cluster }),
    stages: (raw.stage ?? []).map(stage),
    ...(language && { language }),
    plain: raw.plain ?? false,
    json: raw.json ?? false,
    color: raw.color ?? true,
    ...(raw.stateDir !== undefined && { stateDir: raw.stateDir }),
    yes: raw.yes ?? false,
    overwrite: raw.overwrite ?? [],
    adopt: raw.adopt ?? false,
    breakLocks: raw.breakLock ?? [],
    acceptNewHostKeys: raw.acceptNewHostKeys ?? false,
    ...(raw.runbook !== undefined && { runbook: raw.runbook }),
    ...(raw.confirm !== undefined && { confirmed: raw.confirm }),
  };
}
