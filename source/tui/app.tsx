import { useApp, useInput, useIsScreenReaderEnabled, usePaste, useWindowSize } from 'ink';
import { useEffect, useSyncExternalStore } from 'react';
import { graphemes } from '../text/index.ts';
import { draw, isTyping, press, type Step, type as typeText } from './brain.ts';
import { type Canvas, canvasOf } from './canvas.ts';
import { Frame } from './frame.tsx';
import { fieldKeyOf, type Piece, piecesOf, pressOf } from './input.ts';
import type { Intent } from './scenes.ts';
import type { Snapshot, Store } from './store.ts';
import { edit } from './text-field.ts';

export interface AppProps {
  readonly store: Store;
  /** The wiring is told what the operator wants. */
  readonly send: (intent: Intent) => void;
  /** Stops this program until it is brought back (Ctrl-Z, then fg). */
  readonly stopped: () => Promise<void>;
  /** Is given the way to lend the terminal to another program. */
  readonly onTerminal?: (suspend: (use: () => Promise<void>) => Promise<void>) => void;
}

function canvasFor(
  snapshot: Snapshot,
  size: { columns: number; rows: number },
  spoken: boolean,
): Canvas {
  const { language, style, now } = snapshot;
  return canvasOf({ ...size, language, style, now, spoken });
}

/** The full-screen face: draws the store, and turns keys into intents. */
export function App({ store, send, stopped, onTerminal }: AppProps) {
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot);
  const size = useWindowSize();
  const spoken = useIsScreenReaderEnabled();
  const { suspendTerminal } = useApp();
  useEffect(() => onTerminal?.(suspendTerminal), [onTerminal, suspendTerminal]);
  // asked anew for every key: several may come before the next frame
  const canvas = () => canvasFor(store.snapshot(), size, spoken);
  const carryOut = ({ local, helpChanged, help, language, intent }: Step) => {
    if (language) store.speak(store.snapshot().language === 'en' ? 'zh' : 'en');
    if (local) store.remember({ local });
    if (helpChanged) store.remember({ help });
    if (intent) send(intent);
  };
  const onPiece = (piece: Piece) => {
    const now = store.snapshot();
    if ('press' in piece) return carryOut(press(now, canvas(), piece.press));
    if (!isTyping(now)) {
      const text = 'text' in piece ? piece.text : '';
      for (const one of graphemes(text)) carryOut(press(store.snapshot(), canvas(), one));
      return;
    }
    if ('text' in piece) return carryOut(typeText(now, piece.text));
    carryOut({ local: { ...now.local, field: edit(now.local.field, piece.fieldKey) } });
  };
  useInput((input, key) => {
    if (key.ctrl && input === 'z') return void suspendTerminal(stopped);
    const fieldKey = isTyping(store.snapshot()) ? fieldKeyOf(input, key) : undefined;
    if (fieldKey) return onPiece({ fieldKey });
    const named = pressOf(input, key);
    if (named) return onPiece({ press: named });
    for (const piece of piecesOf(input)) onPiece(piece);
  });
  usePaste((text) => carryOut(typeText(store.snapshot(), text)));
  const drawn = canvasFor(snapshot, size, spoken);
  return <Frame rows={draw(snapshot, drawn).rows} style={snapshot.style} />;
}
