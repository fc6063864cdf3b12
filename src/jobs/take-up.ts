import type { Inbound } from '../channels/inbound';
import { inboundOf } from '../channels/listed';
import { DAY, MINUTE, SECOND } from '../domain/time';
import { inSchool } from '../store/database';
import { dueNow, finishWork, numberOf, schoolsDue, sidsNotHandled, takeWork } from '../store/school-work';
import { schoolIds } from '../store/schools';
import { turnOfText } from '../turn/text';
import type { World } from '../world';
import { sideBySide } from './side-by-side';

const KIND = 'take_up_texts';
/** How often each school's list is looked at. */
const EVERY = 3 * MINUTE;
/** The list may lag behind; what was seen before costs a look-up only. */
const OVERLAP = 10 * MINUTE;
/** The provider's webhook tries for half a minute: a younger text is left to it. */
const YOUNG = 30 * SECOND;
/** Texts older than this are not taken up any more. */
const OLDEST = 7 * DAY;
const SCHOOLS_AT_ONCE = 4;
const PHONES_AT_ONCE = 8;

/**
 * Takes up the texts that the webhook never brought, because we were down or the line was: each is listed by the provider
 * and goes through the same door as any other, once (its MessageSid decides), the older of a phone first. How many were taken.
 */
export async function takeUpTexts(world: World): Promise<number> {
  let taken = 0;
  await sideBySide(await schoolsDue(world.db, KIND, await world.now()), SCHOOLS_AT_ONCE, async (schoolId) => {
    taken += await ofSchool(world, schoolId).catch((fault: unknown) => {
      world.log.warn({ school: schoolId, err: fault }, 'missed texts could not be looked for; it is tried again');
      return 0;
    });
  });
  return taken;
}

/** The next look is due at once in every school: at a start nobody knows how long we were down. */
export async function lookAtOnce(world: World): Promise<void> {
  const now = await world.now();
  for (const schoolId of await schoolIds(world.db))
    await inSchool(world.db, schoolId, (tx) => dueNow(tx, schoolId, KIND, now));
}

async function ofSchool(world: World, schoolId: string): Promise<number> {
  const now = await world.now();
  const work = await inSchool(world.db, schoolId, async (tx) => {
    const taken = await takeWork(tx, schoolId, KIND, now + MINUTE, now);
    return taken && { ...taken, phone: await numberOf(tx, schoolId) };
  });
  if (!work?.phone) return 0;
  const missed = await missedBy(world, schoolId, work.phone, Math.max(work.doneUntil - OVERLAP, now - OLDEST));
  const ripe = missed.filter((text) => text.at! <= now - YOUNG);
  await sideBySide(byPhone(ripe), PHONES_AT_ONCE, async (texts) => {
    for (const text of texts) await turnOfText(world, text);
  });
  const dueAt = now + (ripe.length < missed.length ? YOUNG : EVERY);
  await inSchool(world.db, schoolId, (tx) => finishWork(tx, schoolId, KIND, now - YOUNG, dueAt));
  if (ripe.length > 0)
    world.log.info({ school: schoolId, count: ripe.length }, 'texts that had been missed are taken up');
  return ripe.length;
}

/** Listed and not handled, oldest first. The list knows WhatsApp's number apart from the same number by SMS. */
async function missedBy(world: World, schoolId: string, phone: string, since: number): Promise<Inbound[]> {
  const lists = [
    await world.channel.list({ to: phone, since }),
    await world.channel.list({ to: `whatsapp:${phone}`, since }),
  ];
  const texts = lists.flat().flatMap((listed) => inboundOf(listed) ?? []);
  if (texts.length === 0) return [];
  const open = await inSchool(world.db, schoolId, (tx) =>
    sidsNotHandled(
      tx,
      schoolId,
      texts.map((text) => text.providerSid),
    ),
  );
  return texts.filter((text) => open.has(text.providerSid)).sort((a, b) => a.at! - b.at!);
}

function byPhone(texts: Inbound[]): Inbound[][] {
  const phones = new Map<string, Inbound[]>();
  for (const text of texts) phones.set(text.from, [...(phones.get(text.from) ?? []), text]);
  return [...phones.values()];
}
