import type { Charge, Policy, Tier } from './policy';
import { addDays, HOUR, type Instant, instantOf, type LocalDate, localDateOf, localTimeOf, weekdayOf } from './time';

/** Whole cents; throws RangeError when a part or the sum is not a safe whole number. */
export function sumCents(parts: readonly number[]): number {
  return parts.reduce((sum, part) => whole(sum + whole(part)), 0);
}

/** A share of an amount in whole cents, half a cent upwards (away from zero for what is negative). */
export function percentOf(cents: number, percent: number): number {
  const scaled = Math.round(Math.abs(whole(cents)) * percent * 100) / 10_000;
  return Math.sign(cents) * Math.floor(scaled + 0.5) || 0;
}

/** What a drop or move is priced from. `depositCents` is what was paid towards it, 0 when nothing was. */
export type Priced = { startsAt: Instant; priceCents: number; depositCents: number; lessonType?: string };

/**
 * `chargeCents` in all, of which the deposit covers what it can: `creditCents` comes back as credit, `owingCents` is left to pay.
 * `until`: this price holds up to and at that moment; null: no better one will come, the lesson is near or over. `tier` is null for the late price.
 */
export type CancellationCost = {
  chargeCents: number;
  keepsDeposit: boolean;
  creditCents: number;
  owingCents: number;
  tier: Tier | null;
  until: Instant | null;
};

/**
 * What dropping the lesson at that moment costs: the cheapest of the school's tiers that still holds, so that a rule is never
 * in the way of a better one. `holidays` are no business days.
 */
export function cancellationCost(
  policy: Pick<Policy, 'cancellation'>,
  lesson: Priced,
  at: Instant,
  zone: string,
  holidays: readonly LocalDate[] = [],
): CancellationCost {
  const open = policy.cancellation.tiers
    .map((tier) => ({
      tier,
      chargeCents: chargeOf(tier.charge, lesson),
      until: tierEndsAt(tier, lesson.startsAt, zone, holidays),
    }))
    .filter(({ until }) => at <= until)
    .sort((a, b) => a.chargeCents - b.chargeCents || b.until - a.until);
  const [current] = open;
  const chargeCents = current?.chargeCents ?? chargeOf(policy.cancellation.late, lesson);
  const kept = Math.min(chargeCents, lesson.depositCents);
  return {
    chargeCents,
    keepsDeposit: kept > 0,
    creditCents: lesson.depositCents - kept,
    owingCents: chargeCents - kept,
    tier: current?.tier ?? null,
    until: current?.until ?? null,
  };
}

/** Until when a drop is free, that moment included; null when the school has no free tier. */
export function freeUntil(
  policy: Pick<Policy, 'cancellation'>,
  startsAt: Instant,
  zone: string,
  holidays: readonly LocalDate[] = [],
): Instant | null {
  const free = policy.cancellation.tiers.filter((tier) => tier.charge.kind === 'free');
  return free.length > 0 ? Math.max(...free.map((tier) => tierEndsAt(tier, startsAt, zone, holidays))) : null;
}

/** Hours count as they pass on the clock of the world; days and times are those of the school's wall clock. */
export function tierEndsAt(tier: Tier, startsAt: Instant, zone: string, holidays: readonly LocalDate[] = []): Instant {
  const { until } = tier;
  switch (until.kind) {
    case 'hours':
      return startsAt - until.hours * HOUR;
    case 'dayBefore':
      return Math.min(startsAt, instantOf(addDays(localDateOf(startsAt, zone), -until.days), until.time, zone));
    case 'businessDays': {
      let date = localDateOf(startsAt, zone);
      for (let left = until.days; left > 0; ) {
        date = addDays(date, -1);
        if (weekdayOf(date) <= 5 && !holidays.includes(date)) left--;
      }
      return instantOf(date, until.time ?? localTimeOf(startsAt, zone), zone);
    }
  }
}

function chargeOf(charge: Charge, lesson: Priced): number {
  switch (charge.kind) {
    case 'free':
      return 0;
    case 'deposit':
      return lesson.depositCents;
    case 'percent':
      return percentOf(lesson.priceCents, charge.percent);
    case 'flat':
      return charge.byLessonType?.[lesson.lessonType ?? ''] ?? charge.cents;
  }
}

function whole(cents: number): number {
  if (!Number.isSafeInteger(cents)) throw new RangeError(`${cents} is no amount in whole cents`);
  return cents;
}
