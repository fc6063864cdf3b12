/** What a reading says besides its intent: `[name, value]` for a person. */
export function fieldsOf({ intent, yes, ...fields }) {
  return Object.entries(fields).map(([name, value]) => [NAMES[name] ?? spread(name), written(value)]);
}

const NAMES = {
  date: 'day',
  window: 'between',
  durationMinutes: 'minutes',
  excludeWeekdays: 'not on',
  excludeInstructor: 'not with',
  lessonType: 'lesson type',
  lessonRef: 'which lesson',
  otp: 'code',
  asap: 'as soon as possible',
};
const DAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const spread = (name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function written(value) {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (Array.isArray(value))
    return value.map((one) => (typeof one === 'number' ? (DAYS[one] ?? one) : written(one))).join(', ');
  if (value && typeof value === 'object') {
    if ('from' in value && 'to' in value) return `${written(value.from)} to ${written(value.to)}`;
    return Object.entries(value)
      .map(([name, one]) => `${spread(name)} ${written(one)}`)
      .join(', ');
  }
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dayOf(value) : String(value);
}

/** "Sat 28 Nov" of a calendar day. */
function dayOf(date) {
  const shape = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' };
  return new Intl.DateTimeFormat('en-AU', shape).format(new Date(`${date}T00:00:00Z`)).replace(',', '');
}

/** One turn in a line: who, and what was heard or happened. */
export function turnWords({ cause, understood, commands }, name) {
  if (cause.kind === 'event') return `${name}: ${cause.event.replaceAll('_', ' ')} (by itself)`;
  if (understood) return `${name}: ${understood.readings[0].intent.replaceAll('_', ' ')}`;
  return `${name}: ${(commands[0]?.kind ?? 'nothing').replaceAll('_', ' ')}`;
}
