/** How a run through the gate ended: with nothing left, or with work left over that it leaves to a later one. */
export type Run = { done: number; left: boolean };

/**
 * Lets at most `most` runs of one key go on at a time. Who comes when it is full is turned away at once, as a run that goes on
 * looks again before it ends: one key's thousands wait in nobody's way. Resolves to what this run did; null when turned away.
 */
export function gate(most: number): (key: string, run: () => Promise<Run>) => Promise<Run | null> {
  const open = new Map<string, { running: number; asked: boolean }>();
  return async (key, run) => {
    const state = open.get(key) ?? { running: 0, asked: false };
    open.set(key, state);
    if (state.running >= most) {
      state.asked = true;
      return null;
    }
    state.running += 1;
    try {
      let done = 0;
      for (;;) {
        state.asked = false;
        const one = await run();
        done += one.done;
        if (one.left || !state.asked) return { done, left: one.left };
      }
    } finally {
      state.running -= 1;
      if (state.running === 0) open.delete(key);
    }
  };
}
