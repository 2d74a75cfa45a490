import { EXIT, type Stopper } from '../model/index.ts';

export interface SignalStopper extends Stopper {
  /** The exit code of the signal that came; undefined while none has. */
  readonly exitCode: number | undefined;
  /** Aborted by the first signal: for what runs on this computer, and may end at any moment. */
  readonly asked: AbortSignal;
  /** Stops listening. */
  release(): void;
}

/**
 * Ctrl-C or SIGTERM once: finish the action in hand. Twice: leave at once, what runs on the nodes
 * runs on. A reader that goes away (`| head`) is heard like the first Ctrl-C.
 *
 * @param onFirst told once, so that a person knows that they were heard
 */
export function listenForSignals(onFirst: () => void): SignalStopper {
  const controller = new AbortController();
  const asked = new AbortController();
  let exitCode: number | undefined;
  const hear = (code: number) => () => {
    if (exitCode !== undefined) {
      controller.abort();
      return;
    }
    exitCode = code;
    asked.abort();
    onFirst();
  };
  const onInterrupt = hear(EXIT.interrupted);
  const onTerminate = hear(EXIT.terminated);
  // sent by the launcher with every write that fails: the second one insists on nothing
  const onUnread = () => {
    if (exitCode === undefined) hear(EXIT.unread)();
  };
  process.on('SIGPIPE', onUnread);
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  process.on('SIGHUP', onTerminate);
  return {
    get requested() {
      return exitCode !== undefined;
    },
    get exitCode() {
      return exitCode;
    },
    signal: controller.signal,
    asked: asked.signal,
    release() {
      process.off('SIGPIPE', onUnread);
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
      process.off('SIGHUP', onTerminate);
    },
  };
}

/** What a whole command heard. */
export interface SignalEar {
  /** The exit code of the first signal; undefined while none has come. */
  readonly exitCode: number | undefined;
  release(): void;
}

/**
 * Hears the signals from a command's first moment to its last. While a run listens, it says what
 * is to be done; while nobody does, nothing is at work that had to be finished.
 *
 * @param onAlone told where nobody else listens: the command ends at once
 */
export function hearSignals(onAlone: (exitCode: number) => void): SignalEar {
  let exitCode: number | undefined;
  const hear = (signal: NodeJS.Signals) => {
    exitCode ??= signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated;
    if (process.listenerCount(signal) === 1) onAlone(exitCode);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, hear);
  return {
    get exitCode() {
      return exitCode;
    },
    release() {
      for (const signal of signals) process.off(signal, hear);
    },
  };
}
