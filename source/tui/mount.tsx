import { render } from 'ink';
import { App } from './app.tsx';
import type { Intent } from './scenes.ts';
import type { Store } from './store.ts';

export interface MountOptions {
  readonly store: Store;
  readonly send: (intent: Intent) => void;
  /** Stops this program until it is brought back to the foreground (Ctrl-Z, then fg). */
  readonly stopped: () => Promise<void>;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly screenReader: boolean;
}

/** The full-screen face on a terminal. */
export interface Mounted {
  /** Gives the terminal back as it was. */
  unmount(): void;
  /** Settles when it has gone; rejects when drawing failed. */
  readonly gone: Promise<unknown>;
  /** Lends the terminal to another program. */
  lend(use: () => Promise<void>): Promise<void>;
}

export function mount(options: MountOptions): Mounted {
  const { store, send, stopped, stdin, stdout, screenReader } = options;
  let lend: Mounted['lend'] = (use) => use();
  const app = render(
    <App
      store={store}
      send={send}
      stopped={stopped}
      onTerminal={(suspend) => {
        lend = suspend;
      }}
    />,
    {
      stdin,
      stdout,
      exitOnCtrlC: false,
      // what is read aloud stays on the primary screen, in its order
      alternateScreen: !screenReader,
      isScreenReaderEnabled: screenReader,
      incrementalRendering: true,
      interactive: true,
      // the store says when there is something to draw; Ink's own pauses, of which there are two one
      // behind the other, would only come between a key and its frame
      maxFps: 250,
    },
  );
  return { unmount: app.unmount, gone: app.waitUntilExit(), lend: (use) => lend(use) };
}
