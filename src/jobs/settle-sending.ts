import { backOffMs, codeInWords, failureOf, pauseMs, wasOutage } from '../domain/delivery';
import { SECOND } from '../domain/time';
import { markNotSent, markSent, raiseStatus } from '../store/delivery';
import { type Claimed, countTrouble, endTroubles, letGo, pauseSending, putOff, skipExpired } from '../store/outgoing';
import { remindAnew } from '../store/reminders';
import type { Tx } from '../store/sql';
import { codeAnew } from '../turn/lost-code';
import { notReached } from '../turn/not-reached';
import type { Alarm, World } from '../world';
import { CLAIM_MS, type Outcome } from './claim';
import { finalStatus } from './status-told';
import { MOVED_OR_GONE, TOO_LATE } from './still-wanted';

export type Settled = { world: World; tx: Tx; schoolId: string; text: Claimed; now: number };

/** Writes what became of a text; gives the alarms to set after the commit. */
export async function settleSending(at: Settled, outcome: Outcome): Promise<Alarm[]> {
  const { tx, schoolId, text, now } = at;
  switch (outcome.kind) {
    case 'accepted': {
      await markSent(tx, schoolId, text.id, outcome, now);
      const told = finalStatus(outcome);
      if (told) await raiseStatus(tx, schoolId, text.id, told, now);
      return calm(at);
    }
    case 'refused': {
      const reason = codeInWords(outcome.code) ?? outcome.reason;
      // The conversation's lock comes before the row's.
      if (outcome.code !== null) await notReached(tx, schoolId, text, failureOf(outcome.code), reason, now);
      await markNotSent(tx, schoolId, text.id, 'failed', reason, outcome.code);
      return calm(at);
    }
    case 'unwanted':
      await markNotSent(tx, schoolId, text.id, 'skipped', outcome.reason, null);
      if (outcome.reason === TOO_LATE) await skipExpired(tx, schoolId, TOO_LATE, now);
      return outcome.reason === MOVED_OR_GONE ? toldAnew(at) : [];
    case 'never_known':
      await markNotSent(tx, schoolId, text.id, 'failed', 'it is not known whether it arrived', null);
      return [];
    case 'overtaken':
      return [];
    case 'code_lost':
      return madeAnew(at);
    case 'busy': {
      const retryAt = now + backOffMs(text.attempts, outcome.retryAfterMs, chance(at.world));
      await putOff(tx, schoolId, text, retryAt, outcome.reason);
      return [alarm(at, retryAt), ...(await trouble(at))];
    }
    case 'in_doubt':
      // The row stays claimed: its callback may come, and when the claim is old the provider's list is asked.
      await letGo(tx, schoolId, text);
      return [alarm(at, now + CLAIM_MS + SECOND), ...(await trouble(at))];
    default:
      return outcome satisfies never;
  }
}

/** Of several lessons in one text those that still stand are spoken of in another. */
async function toldAnew({ tx, schoolId, text, now }: Settled): Promise<Alarm[]> {
  const due = await remindAnew(tx, schoolId, text.id, now);
  return due.map((id) => ({ kind: 'event', schoolId, id, dueAt: now }));
}

/** The new code comes through the door of all that happens to a conversation. */
async function madeAnew({ tx, schoolId, text, now }: Settled): Promise<Alarm[]> {
  const anew = await codeAnew(tx, schoolId, { otpEventId: text.otp!.id, messageId: text.id }, now);
  await markNotSent(tx, schoolId, text.id, 'failed', anew.reason, null);
  return anew.eventId ? [{ kind: 'event', schoolId, id: anew.eventId, dueAt: now }] : [];
}

/** The provider has answered for this text, so an outage has ended. */
async function calm({ tx, schoolId, text }: Settled): Promise<Alarm[]> {
  if (text.troubles > 0) await endTroubles(tx, schoolId, wasOutage(text.troubles));
  return [];
}

async function trouble(at: Settled): Promise<Alarm[]> {
  const { world, tx, schoolId, now } = at;
  const pause = pauseMs(await countTrouble(tx, schoolId, now), chance(world));
  if (pause === 0) return [];
  await pauseSending(tx, schoolId, now + pause);
  return [alarm(at, now + pause)];
}

const alarm = ({ schoolId, text }: Settled, dueAt: number): Alarm => ({
  kind: 'message',
  schoolId,
  id: text.id,
  dueAt,
});

const chance = (world: World) => world.random(4).readUInt32BE() / 2 ** 32;
