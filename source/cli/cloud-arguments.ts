import { type Command, Option } from 'commander';
import { isRegion } from '../model/index.ts';
import { withExample } from './help-example.ts';
import type { GlobalOptions, Invocation } from './invocation.ts';
import { usageError } from './option-values.ts';

interface Parts {
  readonly run: (invocation: Invocation) => void | Promise<void>;
  readonly words: (code: string) => string;
  readonly optionsOf: (command: Command) => GlobalOptions;
}

/** `cloud policy`. */
export function addCloud(cloud: Command, { run, words, optionsOf }: Parts): void {
  cloud.helpCommand(false);
  const policy = withExample(cloud.command('policy'), words)
    .description(words('help-cloud-policy'))
    .option('--security-groups', words('help-option-security-groups'));
  policy.action(({ securityGroups = false }: { securityGroups?: boolean }) =>
    run({ command: 'cloud', action: 'policy', securityGroups, options: optionsOf(policy) }),
  );
}

/** `sessions sweep`. */
export function addSweep(sessions: Command, { run, words, optionsOf }: Parts): void {
  const region = new Option('--region <region>', words('help-option-region'));
  const sweep = withExample(sessions.command('sweep'), words)
    .description(words('help-sessions-sweep'))
    .addOption(region.argParser(regionOf));
  sweep.action(({ region: regions = [] }: { region?: readonly string[] }) =>
    run({ command: 'sessions', action: 'sweep', regions, options: optionsOf(sweep) }),
  );
}

/** @throws OperatorError `cd-bad-region` */
function regionOf(found: string, before: readonly string[] | undefined): readonly string[] {
  if (!isRegion(found)) throw usageError('cd-bad-region', { found });
  return [...(before ?? []), found];
}
