import type { Alarm, Alarms } from '../world';

/** Alarms of turns that end close together travel as one. */
const GATHER_MS = 5;
/** A queue that has not answered by then is left alone until it does, so that nothing heaps up; the sweep finds the rows. */
const PATIENCE_MS = 5_000;

export type Ring = { alarm: Alarm; delay: number };

/**
 * Alarms gathered for a few ms and set at once. `set` resolves when they are, and rejects when they are not to be had set:
 * within 5 s at most, so that whoever waits for it goes on. `close` sets what is left.
 */
export function gathered(setAll: (rings: Ring[]) => Promise<unknown>): Alarms {
  let waiting: Ring[] = [];
  let flushing: Promise<unknown> | null = null;
  let silent = 0;
  const flush = () => {
    flushing ??= new Promise((resolve) => setTimeout(resolve, GATHER_MS)).then(() => {
      const rings = waiting;
      waiting = [];
      flushing = null;
      return inTime(setAll(rings));
    });
    return flushing;
  };
  /** Rejects after `PATIENCE_MS`; until the answer comes all the same the queue counts as silent. */
  const inTime = (setting: Promise<unknown>) =>
    new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => {
        silent += 1;
        setting.catch(() => {}).finally(() => (silent -= 1));
        reject(new Error('the queue does not answer'));
      }, PATIENCE_MS);
      setting.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  return {
    async set(alarms, now) {
      if (silent > 0) throw new Error('the queue does not answer');
      waiting.push(...alarms.map((alarm) => ({ alarm, delay: Math.max(0, Math.ceil(alarm.dueAt - now)) })));
      await flush();
    },
    async close() {
      if (waiting.length > 0) await flush();
    },
  };
}
