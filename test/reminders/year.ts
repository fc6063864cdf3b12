import { DateTime } from 'luxon';
import { planFor, reasonNotToRemind } from '../../src/domain/plan';
import { parsePolicy } from '../../src/domain/policy';
import { HOUR, MINUTE, SECOND } from '../../src/domain/time';

/** Five rules of time in Australia; all but Brisbane's and Perth's change their clocks. */
export const ZONES = [
  'Australia/Sydney',
  'Australia/Brisbane',
  'Australia/Adelaide',
  'Australia/Perth',
  'Australia/Lord_Howe',
];
const YEAR = { from: Date.parse('2026-07-01T00:00:00Z'), to: Date.parse('2027-07-01T00:00:00Z') };
const policy = parsePolicy({});

export type Sent = {
  lesson: number;
  zone: string;
  startsAt: number;
  minutesBefore: number;
  at: number;
  bookedAt: number;
};
type Change = { at: number; startsAt: number | null };
type Story = { id: number; zone: string; changes: Change[] };

/** Chance that is the same in every run (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One lesson's life: booked some time before, perhaps moved once or twice or dropped, up to the last second before something. */
export function storyOf(id: number, chance: () => number): Story {
  const zone = ZONES[Math.floor(chance() * ZONES.length)]!;
  const startOn = () => {
    const around = clockChangeNear(chance);
    const day = around ?? YEAR.from + chance() * (YEAR.to - YEAR.from);
    const local = DateTime.fromMillis(day, { zone })
      .startOf('day')
      .plus({ hours: 6, minutes: 15 * Math.floor(chance() * 62) });
    return local.toMillis();
  };
  let startsAt = startOn();
  const lead = chance() < 0.3 ? chance() * 30 * HOUR : chance() * 20 * 24 * HOUR;
  const changes: Change[] = [{ at: Math.round(startsAt - lead - MINUTE), startsAt }];
  for (let n = 0; n < 2 && chance() < 0.35; n += 1) {
    const before = changes.at(-1)!;
    const moments = [
      startsAt - SECOND,
      startsAt - 24 * HOUR - SECOND,
      startsAt - 2 * HOUR - 1,
      startsAt - chance() * lead,
    ];
    const at = Math.round(moments[Math.floor(chance() * moments.length)]!);
    if (at <= before.at) continue;
    const next = chance() < 0.4 ? null : chance() < 0.5 ? startsAt + Math.floor(chance() * 8) * HOUR : startOn();
    if (next !== null && next <= at) continue;
    changes.push({ at, startsAt: next });
    if (next === null) break;
    startsAt = next;
  }
  return { id, zone, changes };
}

/** A day within two of a clock change, for a third of the lessons. */
function clockChangeNear(chance: () => number): number | null {
  if (chance() > 0.33) return null;
  const changes = ['2026-10-04T00:00:00Z', '2027-04-04T00:00:00Z'];
  return Date.parse(changes[Math.floor(chance() * 2)]!) + (chance() * 4 - 2) * 24 * HOUR;
}

/** What is sent of it: each change plans anew; whatever falls due is looked at up to 5 minutes later, as the lesson then stands. */
export function live(story: Story, chance: () => number): Sent[] {
  const { id, zone, changes } = story;
  const standing = (at: number) => changes.findLast((change) => change.at <= at)?.startsAt ?? null;
  const planned = new Map<string, { dueAt: number; minutesBefore: number; expiresAt: number; bookedAt: number }>();
  for (const { at, startsAt } of changes) {
    if (startsAt === null) continue;
    for (const one of planFor(lessonAt(id, startsAt), policy, zone, at))
      if (one.what === 'reminder' && !planned.has(one.key)) planned.set(one.key, { ...one, bookedAt: at });
  }
  return [...planned].flatMap(([key, due]) => {
    const at = due.dueAt + (chance() < 0.5 ? 0 : Math.floor(chance() * 5 * MINUTE));
    const startsAt = standing(at);
    const lesson = startsAt === null ? null : lessonAt(id, startsAt);
    if (reasonNotToRemind({ key, ...due }, lesson, policy, zone, at) !== null) return [];
    return [{ lesson: id, zone, startsAt: startsAt!, minutesBefore: due.minutesBefore, at, bookedAt: due.bookedAt }];
  });
}

const lessonAt = (id: number, startsAt: number) => ({
  ...{ id: String(id), startsAt, endsAt: startsAt + HOUR, status: 'confirmed' as const, holdExpiresAt: null },
});

/** What is wrong with what was sent, by rules written apart from the product's; empty when all promises were kept. */
export function violations(story: Story, sent: Sent[]): string[] {
  const seen = new Set<string>();
  return sent.flatMap((one) => {
    const wrong: string[] = [];
    const say = (what: string) =>
      wrong.push(`lesson ${one.lesson} in ${one.zone} at ${new Date(one.at).toISOString()}: ${what}`);
    const local = DateTime.fromMillis(one.at, { zone: one.zone });
    const stands = story.changes.findLast((change) => change.at <= one.at)?.startsAt;
    if (stands !== one.startsAt) say('speaks of a lesson that has moved or gone');
    if (one.at >= one.startsAt) say('after the start');
    if (local.hour >= 21 || local.hour < 8) say('in quiet hours');
    if (one.bookedAt > one.startsAt - one.minutesBefore * MINUTE) say('for a lesson booked inside the lead time');
    const windows = windowsFor(one);
    if (!windows.some((due) => one.at >= due && one.at <= due + 5 * MINUTE)) say('outside its window');
    const name = `${one.startsAt}:${one.minutesBefore}`;
    if (seen.has(name)) say('twice');
    seen.add(name);
    return wrong;
  });
}

/** When it may go: as long before as said; in quiet hours the evening before them or the morning after. */
function windowsFor({ startsAt, minutesBefore, zone }: Sent): number[] {
  const wanted = DateTime.fromMillis(startsAt - minutesBefore * MINUTE, { zone });
  if (wanted.hour >= 8 && wanted.hour < 21) return [wanted.toMillis()];
  const evening = (wanted.hour < 8 ? wanted.minus({ days: 1 }) : wanted).set({
    hour: 20,
    minute: 50,
    second: 0,
    millisecond: 0,
  });
  const morning = evening.plus({ days: 1 }).set({ hour: 8, minute: 0 });
  return [evening.toMillis(), morning.toMillis()];
}

/** A year of so many lessons: how many reminders were sent, and what was wrong with them. */
export function simulateYear(lessons: number, seed: number): { sent: number; wrong: string[] } {
  const chance = chanceOf(seed);
  let sent = 0;
  const wrong: string[] = [];
  for (let id = 0; id < lessons; id += 1) {
    const story = storyOf(id, chance);
    const texts = live(story, chance);
    sent += texts.length;
    wrong.push(...violations(story, texts));
  }
  return { sent, wrong };
}
