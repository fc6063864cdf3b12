import type { Heard } from '../../flows/heard';
import type { Facts, LessonFact } from '../../flows/vocabulary';
import { type Place, stateName } from '../conversation/place';
import { hoursOn } from '../domain/day-plan';
import type { WorkingHours } from '../domain/slots';
import { addDays, DAY, daySpan, type Instant, localDateOf, overlaps, type Span } from '../domain/time';
import { backFrom, spansOf } from '../domain/time-off';
import { changedHours } from '../domain/working-hours';
import type { Speaker } from '../store/speaker';
import { byReach } from './late-facts';
import type { Reads } from './reads';

const INTENTS = new Set<Heard['intent']>(['block_time', 'unblock_time', 'hours']);

/** The text is about an instructor's time off or working hours, or says yes to what was asked of them. */
export const isAboutTime = (place: Place, { intent }: Heard): boolean =>
  place.role === 'instructor' &&
  (INTENTS.has(intent) || (intent === 'confirm_yes' && /^(off|away|hours)\.confirm$/.test(stateName(place.value))));

/** What would be off, or worked again, which lessons lie in it, and the week's hours; under the diary's lock where it is about to be written. */
export async function offFacts(
  reads: Reads,
  { school, instructor }: Speaker,
  facts: Facts,
  place: Place,
  heard: Heard,
  now: Instant,
): Promise<Facts> {
  const { zone, policy } = school;
  const me = instructor!.id;
  if (heard.intent === 'confirm_yes' || heard.intent === 'unblock_time') await reads.lockDiaries([me], null);
  const until = daySpan(addDays(localDateOf(now, zone), 400), zone).startsAt;
  const diary = (await reads.diaries(zone, now, until, null)).find((one) => one.id === me);
  if (!diary) return facts;
  const { workingHours, timeOff } = diary;
  const off = {
    spans: [] as Span[],
    freed: [] as Span[],
    standing: timeOff,
    hit: [] as LessonFact[],
    unreached: [] as LessonFact[],
    week: null,
    hours: workingHours,
  };
  const live = async (spans: Span[]) => {
    if (spans.length === 0) return [];
    const found = await reads.lessonsBetween(me, spans[0]!.startsAt - DAY, Math.max(...spans.map((one) => one.endsAt)));
    return found.filter(
      (one) =>
        ['pending', 'confirmed'].includes(one.status) &&
        one.startsAt > now &&
        spans.some((span) => overlaps(span, one)),
    );
  };
  const said = heard.intent === 'confirm_yes' ? null : heard;
  if (said?.intent === 'hours' || stateName(place.value) === 'hours.confirm') {
    const week = said
      ? said.week && said.week.length > 0
        ? changedHours(workingHours, said.week)
        : null
      : place.memory.week;
    if (!week) return { ...facts, off };
    const last = daySpan(addDays(localDateOf(now, zone), policy.bookAheadDays), zone).endsAt;
    const ahead = await live([{ startsAt: now, endsAt: last }]);
    const hit = ahead.filter((one) => isInside(workingHours, one, zone) && !isInside(week, one, zone));
    return { ...facts, off: { ...off, week, hit } };
  }
  if (said?.intent === 'unblock_time') {
    const current = timeOff.filter((one) => one.startsAt <= now && now < one.endsAt);
    const spans = spansAsked(said, zone, now) ?? current.map(({ endsAt }) => ({ startsAt: now, endsAt }));
    return {
      ...facts,
      off: {
        ...off,
        spans,
        freed: backFrom(
          timeOff.filter((one) => one.endsAt > now),
          spans,
        ).freed,
      },
    };
  }
  const spans = said ? (spansAsked(said, zone, now) ?? []) : place.memory.off;
  const hit = await live(spans);
  const { unreached } = await byReach(reads, hit, (one) => one.studentPhone);
  return { ...facts, off: { ...off, spans, hit, unreached } };
}

const isInside = (workingHours: WorkingHours[], lesson: Span, zone: string) =>
  hoursOn({ workingHours }, localDateOf(lesson.startsAt, zone), zone).some(
    (open) => open.startsAt <= lesson.startsAt && lesson.endsAt <= open.endsAt,
  );

/** The days and hours that were said; from a time alone it is the rest of that day. Null when nothing was said of when. */
function spansAsked(heard: Heard, zone: string, now: Instant): Span[] | null {
  const today = localDateOf(now, zone);
  const dates = heard.date ? [heard.date] : heard.dates;
  const days = heard.range ? [heard.range] : dates?.map((date) => ({ from: date, to: date }));
  const window = heard.window ?? (heard.time ? { from: heard.time, to: '24:00' } : undefined);
  if (heard.alternatives)
    return heard.alternatives.flatMap((one) => spansAsked({ intent: heard.intent, ...one }, zone, now) ?? []);
  if (!days && !window && !heard.asap) return null;
  return spansOf({ days: days ?? [{ from: today, to: today }], ...(window && { window }) }, zone, now);
}
