import type { Reading } from './reading';
import type { Unit } from './units/unit';

const QUIET = new Set([
  'correct',
  'question',
  'ordinalOne',
  'but',
  'nameIs',
  'book',
  'chatter',
  'practical',
  'greeting',
]);

/** What was matched, in the order it was said, in words for a person. */
export function why(reading: Reading): string[] {
  const lines = reading.units.flatMap((unit) => {
    const meaning = meant(unit);
    if (meaning === undefined) return [];
    const raw = reading.tokens
      .slice(unit.from, unit.to)
      .map((token) => token.raw)
      .join(' ');
    return [`"${raw}" ${unit.not ? 'excludes' : 'is'} ${meaning}`];
  });
  const labels = [...new Set(reading.found.map((one) => one.label.replace(/^[io]\./, '')))].filter(
    (label) => !QUIET.has(label),
  );
  if (labels.length > 0) lines.push(`sounds like: ${labels.join(', ')}`);
  return lines;
}

function meant(unit: Unit): string | undefined {
  switch (unit.kind) {
    case 'word':
      return undefined;
    case 'number':
      return `the number ${unit.digits}`;
    case 'duration':
      return `${unit.minutes} minutes`;
    case 'person':
      return `the instructor ${unit.name}${unit.sure ? '' : ', perhaps'}`;
    case 'masked':
      return `no date or time (${unit.what})`;
    case 'day':
      return (
        [...(unit.orToday === undefined ? [] : [unit.orToday]), ...unit.meanings.map(dayText)].join(' or ') +
        (unit.everyWeeks === undefined ? '' : `, every ${unit.everyWeeks} weeks`)
      );
    case 'time':
      return unit.meanings
        .map((meaning) => ('time' in meaning ? meaning.time : `${meaning.window.from} to ${meaning.window.to}`))
        .join(' or ');
  }
}

const NAMES = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function dayText(meaning: Extract<Unit, { kind: 'day' }>['meanings'][number]): string {
  if ('date' in meaning) return meaning.date;
  if ('dates' in meaning) return meaning.dates.join(', ');
  if ('range' in meaning) return `${meaning.range.from} to ${meaning.range.to}`;
  return `any ${meaning.weekdays.map((weekday) => NAMES[weekday]).join(', ')}`;
}
