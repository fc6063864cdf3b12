import { MINUTE, SECOND } from '../domain/time';
import { inSchool } from '../store/database';
import { comingRows, dueRows, nextDueAt } from '../store/due';
import { endEvent, openEvent, retryEvent } from '../store/events';
import { insertAlert } from '../store/people';
import { turnOfEvent } from '../turn/event';
import type { Alarm, World } from '../world';
import { CLAIM_MS } from './claim';
import { deliver } from './deliver';
import { planAgain } from './plan-again';

/** Rows that one sweep takes at most; what is left comes with the next. */
const AT_ONCE = 500;
const SIDE_BY_SIDE = 8;
const GIVE_UP_AFTER = 5;

/** What an alarm means: look at that row now. Harmless when there is nothing to do. How many texts were settled. */
export async function look(world: World, alarm: Pick<Alarm, 'kind' | 'schoolId' | 'id'>): Promise<number> {
  if (alarm.kind === 'message') return deliver(world, alarm.schoolId);
  await turnOfEvent(world, alarm.schoolId, alarm.id).catch((fault: unknown) => eventFailed(world, alarm, fault));
  return 0;
}

/** Does what is due now, once. Finds all that lost its alarm. How much it was: lessons planned, events looked at, texts settled. */
export async function sweep(world: World): Promise<number> {
  const { planned, events, texts } = await doDue(world);
  return planned + events + texts;
}

async function doDue(world: World): Promise<{ planned: number; events: number; texts: number }> {
  const planned = await planAgain(world);
  const due = await dueRows(world.db, CLAIM_MS, AT_ONCE, await world.now());
  const waiting = [...due];
  let texts = 0;
  const one = async () => {
    for (let alarm = waiting.shift(); alarm; alarm = waiting.shift())
      texts += await look(world, alarm).catch((fault: unknown) => missed(world, alarm, fault));
  };
  await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, due.length) }, one));
  return { planned, events: due.filter((alarm) => alarm.kind === 'event').length, texts };
}

/** One row's fault keeps no other row waiting. */
function missed(world: World, alarm: Alarm | undefined, fault: unknown): number {
  world.log.warn({ kind: alarm?.kind, id: alarm?.id, err: fault }, 'row put off; the sweep comes again');
  return 0;
}

/** When the next row falls due, for the simulator's clock. */
export async function nextDue(world: World): Promise<number | null> {
  return nextDueAt(world.db, CLAIM_MS, await world.now());
}

/**
 * One sweep of the program's: all that is due, and the alarms of what falls due before the sweep after next, so that one that
 * was lost with the queue, or set by a clock that has moved since, still rings on time. Throws nothing.
 */
export async function sweepOnce(world: World, everyMs: number): Promise<void> {
  try {
    for (let all = false; !all; ) {
      const { events, texts } = await doDue(world);
      all = texts === 0 && events < AT_ONCE;
    }
    const now = await world.now();
    const coming = await comingRows(world.db, now, now + 2 * everyMs, AT_ONCE);
    if (coming.length > 0) await world.alarms.set(coming, now);
  } catch (fault) {
    world.log.warn({ err: fault }, 'sweep failed; it comes again');
  }
}

/** Sweeps at once and then every `everyMs` until closed, one sweep at a time. */
export function keepSweeping(world: World, everyMs: number = MINUTE): { close(): Promise<void> } {
  let closed = false;
  let running = sweepOnce(world, everyMs);
  const timer = setInterval(() => {
    running = running.then(() => (closed ? undefined : sweepOnce(world, everyMs)));
  }, everyMs);
  return {
    async close() {
      closed = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** Tried again with growing pauses; at last it is ended and shown to the office, so that nothing fails in silence. */
async function eventFailed(world: World, alarm: Pick<Alarm, 'schoolId' | 'id'>, fault: unknown): Promise<void> {
  world.log.error({
    turn: 'event',
    school: alarm.schoolId,
    event: alarm.id,
    err: fault,
  });
  await inSchool(world.db, alarm.schoolId, async (tx) => {
    const event = await openEvent(tx, alarm.schoolId, alarm.id);
    if (!event) return;
    const now = await world.now();
    if (event.attempts + 1 < GIVE_UP_AFTER)
      return retryEvent(tx, alarm.schoolId, alarm.id, now + 30 * SECOND * 2 ** event.attempts);
    await endEvent(tx, alarm.schoolId, alarm.id, 'failed', now);
    await insertAlert(
      tx,
      alarm.schoolId,
      { conversationId: event.conversationId, kind: 'fault', detail: event.kind },
      now,
    );
  });
}
