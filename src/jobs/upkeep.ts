import { MINUTE } from '../domain/time';
import type { World } from '../world';
import { forgetWords } from './forget';
import { lookAtOnce, takeUpTexts } from './take-up';

/** What each school has to have done from time to time, once: missed texts taken up, old words forgotten. */
export async function upkeep(world: World): Promise<void> {
  await takeUpTexts(world);
  await forgetWords(world);
}

/** Looks every `everyMs` until closed, and at once for missed texts. Apart from the sweep, so that a slow provider keeps no reminder. */
export function keepUp(world: World, everyMs: number = MINUTE / 2): { close(): Promise<void> } {
  const once = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (fault) {
      world.log.warn({ err: fault }, 'upkeep failed; it comes again');
    }
  };
  let running = once(async () => {
    await lookAtOnce(world);
    await upkeep(world);
  });
  const timer = setInterval(() => {
    running = running.then(() => once(() => upkeep(world)));
  }, everyMs);
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
