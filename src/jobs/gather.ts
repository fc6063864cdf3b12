import type { Alarm, Alarms } from '../world';

/** Alarms of turns that end close together travel as one. */
const GATHER_MS = 5;

type Ring = { alarm: Alarm; delay: number };

/** Alarms gathered for a few ms and set at once; `set` resolves when they are, `close` sets what is left. */
export function gathered(setAll: (rings: Ring[]) => Promise<unknown>): Alarms {
  let waiting: Ring[] = [];
  let flushing: Promise<unknown> | null = null;
  const flush = () => {
    flushing ??= new Promise((resolve) => setTimeout(resolve, GATHER_MS)).then(() => {
      const rings = waiting;
      waiting = [];
      flushing = null;
      return setAll(rings);
    });
    return flushing;
  };
  return {
    async set(alarms, now) {
      waiting.push(...alarms.map((alarm) => ({ alarm, delay: Math.max(0, Math.ceil(alarm.dueAt - now)) })));
      await flush();
    },
    async close() {
      if (waiting.length > 0) await flush();
    },
  };
}
