import type { Heard, Listening, Understood } from '../../../flows/heard';
import { understand } from '../understand';

const DROPS = /\b(?:drop|cancel|delete|remove|scrap|cant make|can'?t make)\b/i;
const NOT = /\b(?:don'?t|dont|not|never|no)\b/i;
const ALL = /\b(?:all|everything|every one|both|all (?:of )?(?:them|my|the|our))\b/i;
const MANY = /\b(?:ones|lessons|bookings|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays)\b/i;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** "drop all my lessons", "drop the tues ones", "cancel both": all that fit are meant, not one of them; null for anything else. */
export function manyToDrop(text: string, heard: Heard, listening: Listening): Heard | null {
  if (!DROPS.test(text) || NOT.test(text)) return null;
  if (!['cancel', 'unknown', 'book', 'list_lessons'].includes(heard.intent)) return null;
  const weekdays = weekdaysIn(text);
  if (weekdays.length > 0 && (MANY.test(text) || ALL.test(text)))
    return { intent: 'cancel', lessonRef: { ...instructorIn(heard), which: 'all', weekdays } };
  if (heard.lessonRef?.date !== undefined || heard.lessonRef?.dates !== undefined || heard.date !== undefined) {
    const from = understand(`cancel ${text.replace(DROPS, '')}`, listening).readings[0].lessonRef;
    return from && ALL.test(text) ? { intent: 'cancel', lessonRef: { ...from, which: 'all' } } : null;
  }
  return ALL.test(text) ? { intent: 'cancel', lessonRef: { ...instructorIn(heard), which: 'all' } } : null;
}

const instructorIn = ({ instructor, lessonRef }: Heard) => {
  const name = lessonRef?.instructor ?? instructor;
  return name === undefined ? {} : { instructor: name };
};

function weekdaysIn(text: string): number[] {
  const found = [
    ...text.toLowerCase().matchAll(/\b(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?|s)?\b/g),
  ];
  return [...new Set(found.map((one) => DAYS.indexOf(one[1]!.slice(0, 3)) + 1))];
}

const INSTEAD =
  /^(.*?)\b(?:drop|cancel|delete|remove|scrap)\s+(.+?)[,.]?\s+(?:and|then|&|\+)\s+(?:then\s+)?(?:book|put|get|give)\s+(?:me\s+)?(?:in\s+)?(?:for\s+|on\s+)?(.+)$/i;

/** "drop sat and book me wed 2pm instead" is a move: the old time is given up only when the new one is had. Null for anything else. */
export function dropToBook(text: string, listening: Listening): Understood | null {
  const [, before = '', old = '', wanted = ''] = INSTEAD.exec(text) ?? [];
  if (!old || NOT.test(text) || ALL.test(old) || ALL.test(wanted)) return null;
  const moved = understand(`${before}move ${old} to ${wanted}`, listening);
  const { intent, lessonRef, date, dates, time, window } = moved.readings[0];
  const isMove = intent === 'reschedule' && lessonRef !== undefined;
  return isMove && [date, dates, time, window].some((one) => one !== undefined) ? moved : null;
}
