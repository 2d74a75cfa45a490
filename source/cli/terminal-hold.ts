/** Who has changed the terminal (a full screen, raw keys), and how to give it back as it was. */
export interface TerminalHold {
  /**
   * @param giveBack undoes it, at once: a crash has no time to wait
   * @returns to be called when it was undone in the ordinary way
   */
  take(giveBack: () => void): () => void;
  /** Undoes all of it, the last taken first. Never throws: there is something to be told. */
  giveBack(): void;
}

type Keyboard = Pick<NodeJS.ReadStream, 'isTTY' | 'isRaw'> & {
  setRawMode?(on: boolean): unknown;
};

export function createTerminalHold(stdin: Keyboard): TerminalHold {
  const taken: (() => void)[] = [];
  return {
    take(giveBack) {
      taken.push(giveBack);
      return () => {
        const index = taken.lastIndexOf(giveBack);
        if (index >= 0) taken.splice(index, 1);
      };
    },
    giveBack() {
      for (const undo of taken.splice(0).toReversed()) quietly(undo);
      if (stdin.isTTY && stdin.isRaw) quietly(() => stdin.setRawMode?.(false));
    },
  };
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // it is on its way out; what it crashed of is told
  }
}
