import { codeFor } from '../domain/codes';
import { validitySeconds } from '../domain/delivery';
import { inSchool } from '../store/database';
import { dueRows } from '../store/due';
import { anyClaimable, type Claimed, claimNext, holdOn, type Wanted } from '../store/outgoing';
import type { World } from '../world';
import { addressesOf } from './addresses';
import { AT_ONCE_MS, CLAIM_MS, HOLD_MS, type Outcome } from './claim';
import { traceLost } from './doubt';
import { gate, type Run } from './gate';
import { settleSending } from './settle-sending';
import { reasonNotToSend } from './still-wanted';

/** Texts of one school on their way to the provider at a time, so that the others get their turn. */
const SIDE_BY_SIDE = 8;
/** A run ends after so many and is asked for again, behind those who wait. */
const RUN_OF = 25;
/** How many schools with something due are asked whether a text of theirs is just being claimed. */
const SCHOOLS_ASKED = 100;

const CLAIMING = { claimMs: CLAIM_MS, holdMs: HOLD_MS };

const gates = new WeakMap<World, ReturnType<typeof gate>>();
const underWay = new WeakMap<World, number>();

/** Whether a sender is at work, here or in another process: what it is about to claim is not yet seen to be held. */
export async function anyDelivering(world: World): Promise<boolean> {
  if ((underWay.get(world) ?? 0) > 0) return true;
  const now = await world.now();
  const due = await dueRows(world.db, CLAIM_MS, SCHOOLS_ASKED, now);
  for (const { kind, schoolId } of due) {
    if (kind !== 'message') continue;
    if (await inSchool(world.db, schoolId, (tx) => anyClaimable(tx, schoolId, CLAIMING, now))) return true;
  }
  return false;
}

/** Sends what is due in a school, the oldest first. Safe to call at any time, by any number. How many texts were settled. */
export async function deliver(world: World, schoolId: string): Promise<number> {
  const through = gates.get(world) ?? gate(SIDE_BY_SIDE);
  gates.set(world, through);
  const count = (step: 1 | -1) => underWay.set(world, (underWay.get(world) ?? 0) + step);
  count(1);
  try {
    const run = await through(schoolId, () => oneRun(world, schoolId));
    return run?.done ?? 0;
  } finally {
    count(-1);
  }
}

async function oneRun(world: World, schoolId: string): Promise<Run> {
  const next = async (tx: Parameters<typeof claimNext>[0]) => claimNext(tx, schoolId, CLAIMING, await world.now());
  let claimedFrom = Date.now();
  let claimed = await inSchool(world.db, schoolId, next);
  let done = 0;
  while (claimed) {
    const text: Claimed = claimed;
    const outcome = await handOver(world, text, schoolId, claimedFrom);
    done += 1;
    const more = done < RUN_OF;
    claimedFrom = Date.now();
    const { alarms, following } = await inSchool(world.db, schoolId, async (tx) => {
      const alarms = await settleSending({ world, tx, schoolId, text, now: await world.now() }, outcome);
      return { alarms, following: more ? await next(tx) : null };
    });
    const now = await world.now();
    if (!more) alarms.push({ kind: 'message', schoolId, id: text.id, dueAt: now });
    ring(world, alarms, now);
    claimed = following;
  }
  return { done, left: done >= RUN_OF };
}

/** `claimedFrom`: this machine's time just before the claim. */
async function handOver(world: World, text: Claimed, schoolId: string, claimedFrom: number): Promise<Outcome> {
  const body = filled(world, text);
  if (text.inDoubt) {
    const lost = await traceLost(world, schoolId, text, body);
    if (lost.kind !== 'unlisted') return lost;
    if (text.otp) return { kind: 'code_lost' };
  }
  const wanted = await upToDate(world, schoolId, text, claimedFrom);
  if (!wanted) return { kind: 'overtaken' };
  const now = await world.now();
  const reason = reasonNotToSend({ ...text, ...wanted }, now);
  if (reason) return { kind: 'unwanted', reason };
  return world.channel.send({
    ...addressesOf(text, now),
    body,
    statusCallback: `${world.config.publicUrl}/webhooks/twilio/status?message=${text.id}&school=${schoolId}`,
    ...(text.expiresAt !== null && { validitySeconds: validitySeconds(text.expiresAt, now) }),
  });
}

/**
 * What decides whether a text is wanted, as it is now: a machine may have slept since the claim, or the provider's list have
 * taken long. Null when the text is another sender's by now.
 */
async function upToDate(world: World, schoolId: string, text: Claimed, claimedFrom: number): Promise<Wanted | null> {
  let wanted: Wanted | null = text;
  for (let since = claimedFrom; wanted && Date.now() - since >= AT_ONCE_MS; ) {
    since = Date.now();
    const now = await world.now();
    wanted = await inSchool(world.db, schoolId, (tx) => holdOn(tx, schoolId, text, HOLD_MS, now));
  }
  return wanted;
}

/** The start code exists only here, on its way out. */
function filled(world: World, text: Claimed): string {
  return text.otp ? text.body.replace('{code}', codeFor(world.keys.codes, text.otp.id, text.otp.nonce)) : text.body;
}

/** Nobody waits for the alarms: one that is lost costs lateness only. */
function ring(world: World, alarms: Parameters<World['alarms']['set']>[0], now: number): void {
  if (alarms.length === 0) return;
  world.alarms
    .set(alarms, now)
    .catch((fault: unknown) => world.log.warn({ err: fault }, 'alarms not set; the sweep will find them'));
}
