import { clockLabel, dayLabel, timeLabel, weekdayLabel } from '../../src/domain/labels';
import { initialName } from '../../src/domain/names';
import type { WorkingHours } from '../../src/domain/slots';
import { daySpan, localDateOf, type Span } from '../../src/domain/time';
import { byHours } from '../../src/domain/working-hours';
import type { Facts, LessonFact } from '../facts';
import { scheduleLine } from '../schedule-wording';

/** "Fri 27 Nov", "Thu 24 Dec to Sat 2 Jan", "Fri 27 Nov, 2:00pm-4:00pm"; of many the first and the last. */
export function spansInWords(spans: readonly Span[], facts: Facts): string {
  const [first] = spans;
  const last = spans.at(-1);
  if (!first || !last) return '';
  if (spans.length > 3) return `${spanInWords(first, facts)} to ${spanInWords(last, facts)}`;
  return spans.map((span) => spanInWords(span, facts)).join('; ');
}

function spanInWords({ startsAt, endsAt }: Span, { school: { zone } }: Facts): string {
  const [first, last] = [dayLabel(startsAt, zone), dayLabel(endsAt - 1, zone)];
  const endsWithDay = daySpan(localDateOf(endsAt - 1, zone), zone).endsAt === endsAt;
  const startsWithDay = daySpan(localDateOf(startsAt, zone), zone).startsAt === startsAt;
  if (endsWithDay && first !== last) return `${first} to ${last}`;
  if (endsWithDay && startsWithDay) return first;
  if (endsWithDay) return `${first}, {day.from:time=${clockLabel(startsAt, zone)}}`;
  const end = first === last ? clockLabel(endsAt, zone) : `${last}, ${clockLabel(endsAt, zone)}`;
  return `${first}, ${clockLabel(startsAt, zone)}-${end}`;
}

/** "Mon-Fri 8:00am-5:00pm, Sat 9:00am-1:00pm". */
export function hoursInWords(week: readonly WorkingHours[]): string {
  const groups = byHours(week).map(({ weekdays, hours }) => {
    const [first, last] = [weekdays[0]!, weekdays.at(-1)!];
    const days = first === last ? weekdayLabel(first) : `${weekdayLabel(first)}-${weekdayLabel(last)}`;
    return `${days} ${hours.map(({ from, to }) => `${timeLabel(from)}-${timeLabel(to)}`).join(' + ')}`;
  });
  return groups.join(', ') || '{day.no_hours}';
}

/** "Mia C., Leo N." */
export const namesOf = (lessons: readonly LessonFact[]): string =>
  lessons.map((one) => initialName(one.student)).join(', ');

/** The lessons that lie in it, a line each with its day. */
export const hitInWords = (lessons: readonly LessonFact[], facts: Facts): string =>
  lessons.map((one) => `${dayLabel(one.startsAt, facts.school.zone)} ${scheduleLine(one, facts)}`).join('\n');
