import type { Heard, Listening } from '../../../flows/heard';
import type { Offer } from '../../../flows/vocabulary';
import { localDateOf } from '../../domain/time';
import { understand } from '../understand';
import { NUMBERS } from '../understand/text/words';

const COUNT =
  /\b(?:make it|make that|only|just|do|for)\s+(\p{L}+|\d{1,2})\s*(?:weeks?|wks?|lessons?|times|of them)\b|\bmake it (\p{L}+|\d{1,2})\W*$/iu;
const LEFT_OUT = /\b(?:not|except|without|skip|minus|leave out|apart from|excluding)\s+(?:for\s+)?(.+)$/i;

/** Of a list that was offered, what is left of it: "make it 3 weeks", "not the 8th tho"; numbers from 1 on. Null when neither was said. */
export function shorterList(text: string, list: readonly Offer[], listening: Listening): number[] | null {
  const all = list.map((_, at) => at + 1);
  const [, some, few] = COUNT.exec(text) ?? [];
  const said = (some ?? few)?.toLowerCase();
  const count = said === undefined ? undefined : (NUMBERS.get(said) ?? Number(said));
  if (count !== undefined && count > 0 && count < list.length) return all.slice(0, count);
  const part = LEFT_OUT.exec(text)?.[1];
  if (part === undefined) return null;
  const { date, dates, range } = understand(part, { ...listening, asked: { kind: 'when' } }).readings[0];
  const isOut = (day: string) =>
    day === date || dates?.includes(day) === true || (range !== undefined && range.from <= day && day <= range.to);
  const left = all.filter((n) => !isOut(localDateOf(list[n - 1]!.startsAt, listening.zone)));
  return left.length > 0 && left.length < list.length ? left : null;
}

const ONLY = /^\W*(?:(?:no|nah|actually|sorry|wait)\W+)*(?:just|only)\s+(?:the\s+)?(.+?)(?:\s+(?:one|lesson))?\W*$/i;

/** "just the sat one", said to a question that would drop several: that one only. */
export function onlyToDrop(text: string, listening: Listening): Heard | null {
  const part = ONLY.exec(text)?.[1];
  if (part === undefined) return null;
  const heard = understand(`cancel my ${part} lesson`, { ...listening, asked: { kind: 'idle' } }).readings[0];
  return heard.intent === 'cancel' && heard.lessonRef !== undefined ? heard : null;
}
