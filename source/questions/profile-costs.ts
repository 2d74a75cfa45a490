import { type OutageScenario, predictOutage } from '../cluster/index.ts';
import { type Message, message } from '../model/index.ts';
import { formatRange } from '../text/index.ts';

/** In the order in which they are offered. */
export const PROFILES = ['balanced', 'fast', 'lecture'] as const;
export type ProfileName = (typeof PROFILES)[number];

/** What may happen to a pair, and is answered by the timers; the last one is done on purpose. */
const SCENARIOS = [
  'keepalived-stopped',
  'nginx-stopped',
  'nginx-hung',
  'node-unplugged',
  'keepalived-killed',
  'switch-over',
] as const satisfies readonly OutageScenario[];

const range = (scenario: OutageScenario, profile: ProfileName, frontends: number) =>
  formatRange(predictOutage(scenario, profile, { frontends }));

/** What each thing that may happen costs with a profile, by the arithmetic of the timers. */
export function profileOutages(profile: ProfileName, frontends: number) {
  return {
    stopped: range('keepalived-stopped', profile, frontends),
    nginx: range('nginx-stopped', profile, frontends),
    hung: range('nginx-hung', profile, frontends),
    machine: range('node-unplugged', profile, frontends),
    killed: range('keepalived-killed', profile, frontends),
    planned: range('switch-over', profile, frontends),
  };
}

/** The same of all profiles beside each other: a row for each thing, a column for each profile. */
export function profileTable(frontends: number): readonly (readonly Message[])[] {
  return [
    [message('init-cost-what'), ...PROFILES.map((one) => message(`init-choice-${one}`))],
    ...SCENARIOS.map((scenario) => [
      message(`init-cost-${scenario}`),
      ...PROFILES.map((profile) =>
        message('init-cost', { range: range(scenario, profile, frontends) }),
      ),
    ]),
  ];
}
