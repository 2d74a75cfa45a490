import type { SshOptions } from '../drivers/ssh/index.ts';
import { message, Secret } from '../model/index.ts';
import { renderMessage } from '../text/index.ts';
import type { GlobalOptions } from './invocation.ts';
import type { Io } from './io.ts';
import type { Prompter } from './prompts.ts';
import type { RunSession } from './run-session.ts';
import type { SignalStopper } from './stop.ts';

/** Nodes connect side by side; a person is asked one thing at a time. */
export function oneAtATime(): <Answer>(ask: () => Promise<Answer>) => Promise<Answer> {
  let queue: Promise<unknown> = Promise.resolve();
  return (ask) => {
    const mine = queue.then(ask);
    queue = mine.catch(() => undefined);
    return mine;
  };
}

/** How the nodes are reached, and how a person is asked where there is one. */
export function sshOptions(
  io: Io,
  options: GlobalOptions,
  session: Pick<RunSession, 'paths'>,
  stop: Pick<SignalStopper, 'signal'>,
) {
  return {
    sessionKnownHosts: session.paths.knownHosts,
    acceptNewHostKeys: options.acceptNewHostKeys,
    signal: stop.signal,
    environment: io.environment,
    ...(io.prompter && askingOptions(io, io.prompter)),
  };
}

function askingOptions(io: Io, prompter: Prompter): Pick<SshOptions, 'askHostKey' | 'askSecret'> {
  const inTurn = oneAtATime();
  return {
    askHostKey: (key) =>
      inTurn(() => {
        io.face.settle();
        const question = message('ask-host-key', { ...key });
        return prompter.askYesNo(renderMessage(question, io.language));
      }),
    askSecret: (what) =>
      inTurn(async () => {
        io.face.settle();
        const typed = await prompter.askSecret(renderMessage(what, io.language));
        return typed === null ? undefined : new Secret('typed', typed);
      }),
  };
}
