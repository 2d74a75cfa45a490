import {
  ensureLabPossible,
  type InstallPolicy,
  type LabOptions,
  type LabUpResult,
  labSpec,
  labUp,
} from '../lab/index.ts';
import { EXIT, InterruptedError, message } from '../model/index.ts';
import type { LabIo } from './lab-command.ts';

/** May missing packages be installed: in CI yes, at a terminal after a yes, else no. */
function installPolicy(io: LabIo): InstallPolicy {
  if (io.environment.CI) return 'install';
  return io.confirm ? 'ask' : 'refuse';
}

/**
 * Makes the lab with what a command line has: missing packages by the policy, Ctrl-C ends it and
 * removes what was made. `policy` overrides the one that the environment gives (`lab demo` installs).
 * @throws OperatorError, or InterruptedError with the signal's exit code.
 */
export async function upLab(
  options: LabOptions,
  io: LabIo,
  policy: InstallPolicy = installPolicy(io),
): Promise<LabUpResult> {
  // A mistake in the options is told before anything is installed.
  labSpec(options);
  const abort = new AbortController();
  let exitCode: number = EXIT.interrupted;
  const onSignal = (signal: NodeJS.Signals) => {
    exitCode = signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated;
    abort.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  try {
    await ensureLabPossible(policy, io.progress, async (packages) => {
      const question = message('lab-ask-packages', { packages: packages.join(' ') });
      return (await io.confirm?.(question)) ?? false;
    });
    return await labUp(options, {
      report: io.progress,
      env: io.environment,
      signal: abort.signal,
    });
  } catch (error) {
    if (abort.signal.aborted) throw new InterruptedError(exitCode);
    throw error;
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}
