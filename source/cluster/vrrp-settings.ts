import { type Content, content, type Secret } from '../model/index.ts';

/** What all front ends must have alike: one that has it otherwise does not hear the others. */
export interface VrrpSettings {
  readonly version: 2 | 3;
  readonly vrid: number;
  readonly advertMs: number;
  /** Version 3 has none. */
  readonly password?: Secret;
}

/** As keepalived.conf says it: `VERSION VRID SECONDS PASSWORD`. */
export function settingsInFile({ version, vrid, advertMs, password }: VrrpSettings): Content {
  return content`${version} ${vrid} ${advertMs / 1000} ${password ?? ''}`;
}

/** As an advert says it: the interval in hundredths of a second. */
export function settingsInAdvert({ version, vrid, advertMs, password }: VrrpSettings): Content {
  return content`${version} ${vrid} ${advertMs / 10} ${password ?? ''}`;
}
