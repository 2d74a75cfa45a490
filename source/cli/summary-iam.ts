import { type Params, quote } from '../model/index.ts';
import { prose, type Speech, say } from './faces/words.ts';

/** What the summary says of IAM itself. */
export interface Administration {
  /** The file that holds the password which IAM's administrator was given, if one was. */
  readonly adminPasswordFile: () => string | undefined;
  /** Whether anybody may register at the API's domain. */
  readonly openRegistration: boolean;
  readonly apiDomain: string;
  readonly standIn: boolean;
}

/** Where the administrator's password is (never what it is), who may register, what was not measured. */
export function iamLines(speech: Speech, about: Administration | undefined): readonly string[] {
  if (!about) return [];
  const { openRegistration, apiDomain, standIn } = about;
  const file = about.adminPasswordFile();
  const lines = (code: string, params: Params) => prose(speech, say(speech, code, params), 2);
  return [
    // the command is not broken, so that it can be copied
    ...(file === undefined
      ? []
      : [
          ...lines('summary-admin-password', { user: 'admin' }),
          `  grep adminPassword ${word(file)}`,
        ]),
    ...(openRegistration ? lines('summary-open-registration', { domain: apiDomain }) : []),
    ...(standIn ? lines('acceptance-not-measured', {}) : []),
  ].map((line) => `  ${line}`);
}

/** A path as a person would type it. */
function word(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : quote(path);
}
