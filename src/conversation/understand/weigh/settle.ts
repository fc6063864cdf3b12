import type { Heard, Intent } from '../../../../flows/heard';
import learned from '../../../../flows/words/en.weights.json';
import { asksToMove } from '../fields/moving';
import { has, hasUnits, type Reading } from '../reading';
import { isKnown } from '../text/spell';
import { type Unit, wordOf } from '../units/unit';
import { guessed, type Kind, kindOf } from './kinds';
import { type Share, scaleOf } from './weigh';

const scale = scaleOf(learned);

/** At most this many kinds are tried for one that the text can carry. */
const TRIED = 3;

/** What may well be a question for a person is passed on rather than shrugged off. */
const PASSED_ON = 0.12;

/** Settled by rule alone: the carrier's words and what a person types to get out. */
const BY_RULE = new Set<Intent>(['menu', 'pickup', 'speak_as_student', 'unpaid', 'waive']);

/** A kind with a smaller share than this is noise. */
const ENOUGH = 0.3;

/** To stop or start all texts by a sentence rather than the carrier's word takes this much. */
const SURE = 0.7;

/**
 * Which intent a text has. The rules' guess is one clue among all; where the weights agree with it, it stands as the rules
 * built it (they read finer), else the text is built for the intent that weighs most and that it can carry.
 */
export function settled(
  reading: Reading,
  guess: Heard[],
  build: (intent: Intent, reading: Reading) => Heard[],
): { heard: Heard[]; shares: Share[] } {
  const first = guess[0]?.intent ?? 'unknown';
  // No texts of owners have been learned from.
  if (BY_RULE.has(first) || reading.tokens.length === 0 || reading.listening.role === 'owner')
    return { heard: guess, shares: [] };
  if (first === 'unknown' ? saysNothing(reading) : isCommand(reading)) return { heard: guess, shares: [] };
  const kind = guessed(guess);
  const shares = scale.weigh(reading, kind);
  const top = shares[0]?.kind;
  // "pick me up at the station": the rules know by name what the weights know only as none of theirs.
  if (rulesStand(reading, guess, kind, shares)) return { heard: guess, shares };
  const finer = first !== 'unknown' && first !== kind;
  if (finer && (top === 'unknown' || top === 'human' || (first === 'who' && top === 'list_lessons')))
    return { heard: guess, shares };
  if (top === 'unknown' && shareOf(shares, 'human') >= PASSED_ON) return { heard: [{ intent: 'human' }], shares };
  for (const { kind: weighed, share } of shares.slice(0, TRIED)) {
    if (share < SURE && (weighed === 'stop' || weighed === 'start')) continue;
    if (guess.some((heard) => kindOf(heard.intent) === weighed)) return { heard: guess, shares };
    const heard = build(intentOf(weighed, reading), reading).filter((one) => carries(one, reading));
    if (heard.length > 0) return { heard: heard.map(asUnsure), shares };
  }
  return { heard: guess, shares };
}

/** Nothing weighs enough, or what the rules found in the text says more than its weight. */
function rulesStand(reading: Reading, [guess]: Heard[], kind: Kind, shares: readonly Share[]): boolean {
  const [top] = shares;
  if (top === undefined || guess === undefined) return true;
  const least = top.kind === 'confirm_yes' && kind !== 'confirm_yes' ? SURE : ENOUGH;
  if (top.kind !== 'unknown' && top.share < least) return true;
  if (top.kind === 'unknown' && kind !== 'unknown' && shareOf(shares, kind) > top.share / 2) return true;
  // "arvo only, with priya": what is on offer and all that was said fits it.
  if (guess.intent === 'choose_option' && hasUnits(reading, 'time', 'person')) return top.kind === 'book';
  // "ok 2" is another time, not a yes; "Kim. how much is it?" is a name and a question.
  if (top.kind === 'confirm_yes' && kind === 'book') return hasUnits(reading, 'day', 'time', 'number');
  return guess.name !== undefined && reading.text.trim().toLowerCase().startsWith(`${guess.name.toLowerCase()}.`);
}

/** A yes that no rule knows is never the YES that books: it is asked for plainly. */
const asUnsure = (heard: Heard): Heard => (heard.intent === 'confirm_yes' ? { ...heard, unsure: true } : heard);

const shareOf = (shares: readonly Share[], kind: Kind) => shares.find((one) => one.kind === kind)?.share ?? 0;

/** Numbers alone, or not one word that anybody ever wrote; a name may be such a word. */
function saysNothing({ units, listening }: Reading): boolean {
  const strange = ({ token: { text } }: { token: { text: string } }) => !scale.knows(text) && !isKnown(text);
  const named = listening.asked.kind === 'name';
  const isNumber = (unit: Unit) => unit.kind === 'number' || (unit.kind === 'time' && unit.bare === true);
  return units.every((unit) => isNumber(unit) || (!named && unit.kind === 'word' && strange(unit)));
}

/** LESSONS, "my code", "week": one phrase that we know and nothing else. */
function isCommand({ units, found }: Reading): boolean {
  return units.length <= 2 && found.some((one) => one.from === 0 && one.to === units.length);
}

const isBooking = ({ listening: { role, asked } }: Reading) =>
  role === 'student' && ['when', 'time', 'duration', 'confirm', 'slots'].includes(asked.kind);

/** An answer without what it answers is none. */
function carries(heard: Heard, reading: Reading): boolean {
  switch (heard.intent) {
    case 'confirm_yes':
    case 'confirm_no':
      return reading.units.some((unit) => unit.kind === 'word');
    case 'cancel':
    case 'cancel_lesson':
      return has(reading, 'cancelNot') === undefined;
    case 'give_otp':
      return heard.otp !== undefined;
    // While a booking is talked over, another day is another wish; a move takes a lesson that there is.
    case 'reschedule':
      return !isBooking(reading) || asksToMove(reading);
    case 'choose_option':
      return heard.option !== undefined;
    case 'give_name':
      return heard.name !== undefined;
    default:
      return true;
  }
}

/** A schedule is of today, of a day or of a week by what days were said. */
function intentOf(kind: Kind, reading: Reading): Intent {
  if (kind !== 'schedule') return kind;
  const days = reading.units.filter((unit) => unit.kind === 'day');
  const [day] = days;
  if (day === undefined)
    return reading.units.some((unit) => wordOf(unit) === 'week')
      ? 'schedule_week'
      : hasUnits(reading, 'time')
        ? 'schedule_day'
        : 'schedule_today';
  const [meaning] = day.kind === 'day' ? day.meanings : [];
  const today =
    day.kind === 'day' &&
    days.length === 1 &&
    meaning !== undefined &&
    'date' in meaning &&
    (meaning.date === reading.context.today || day.orToday === reading.context.today);
  if (today && !hasUnits(reading, 'time')) return 'schedule_today';
  return meaning !== undefined && 'range' in meaning ? 'schedule_week' : 'schedule_day';
}
