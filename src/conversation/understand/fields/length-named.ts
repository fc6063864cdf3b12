import type { Heard } from '../../../../flows/heard';
import type { Reading } from '../reading';
import { words } from '../text/words';
import { wordOf } from '../units/unit';

const KINDS = new Set([...words.lessonNouns, 'option', 'type', 'instead', 'please']);

/** "the test package" by the name of a lesson type, "the longer one" by the lengths that there are; {} when neither was said. */
export function lengthNamed(reading: Reading): Pick<Heard, 'lessonType' | 'durationMinutes'> {
  const { lessonTypes = [], lengths = [], asked } = reading.listening;
  const text = reading.text.toLowerCase();
  const lessonType = lessonTypes.find((name) => text.includes(name.toLowerCase()));
  if (lessonType !== undefined) return { lessonType };
  const now = asked.kind === 'confirm' || asked.kind === 'slots' ? asked.minutes : undefined;
  const way = wayOf(reading);
  const bare = asked.kind === 'confirm' ? bareMinutes(reading) : undefined;
  if (bare !== undefined) return { durationMinutes: bare };
  if (now === undefined || way === 0) return {};
  const durationMinutes = [...lengths].sort((a, b) => way * (a - b)).find((one) => way * (one - now) > 0);
  return durationMinutes === undefined ? {} : { durationMinutes };
}

/** "actually can we do 90": a number that is no hour of the day changes the length of what is to be confirmed. */
function bareMinutes({ units }: Reading): number | undefined {
  const unit = units.find(
    (one) => one.kind === 'number' && one.clock === undefined && !one.not && one.value >= 30 && one.value <= 240,
  );
  return unit?.kind === 'number' && unit.value % 15 === 0 ? unit.value : undefined;
}

/** 1 for "the longer one", -1 for "a shorter lesson". */
function wayOf({ units }: Reading): 1 | -1 | 0 {
  for (const [i, unit] of units.entries()) {
    const next = units[i + 1];
    if (!KINDS.has(wordOf(next)) && next !== undefined && wordOf(units[i - 1]) !== 'the') continue;
    if (words.longer.includes(wordOf(unit))) return 1;
    if (words.shorter.includes(wordOf(unit))) return -1;
  }
  return 0;
}
