import type { Understood } from '../../flows/heard';
import { type Instant, localDateOf, localTimeOf } from '../domain/time';
import { isPlainYes } from './plain';

/** What a text says to the reminder that was sent last: coming, or not so. */
export type AnswerToReminder = 'coming' | 'not_coming' | null;

/** As people say it without a yes; each is the whole text. */
const COMING =
  /^\W*(ok|okay|yes|yep|yeah|sure|sweet|great|thanks|thank you|ta|cheers)?\W*(see (you|u|ya)( then| there| tomorrow| soon)?|c u( then)?|(i ?ll |will )?be there|(im )?coming|got it|confirmed?|on my way)\W*$/i;
const NOT_COMING =
  /^\W*(sorry|no|nah|nope)?\W*(i )?(cant|cannot|can t|wont|not coming|wont (make it|be there|come)|cant (make it|come|do it))( anymore)?\W*(sorry)?\W*$/i;

/** `understood` is the text as it reads when nothing else was asked. */
export function answerToReminder(text: string, understood: Understood): AnswerToReminder {
  const { intent } = understood.readings[0];
  const plain = text.replace(/['\u2018\u2019]/g, '');
  if (understood.also.length > 0) return null;
  if (NOT_COMING.test(plain) || intent === 'confirm_no') return 'not_coming';
  if (intent === 'confirm_yes' && isPlainYes(text, { toDrop: false, costs: false })) return 'coming';
  const isOk = intent === 'thanks' && /^\W*(ok|okay|yes|yep|yeah|sure|all good|no worries)\b/i.test(plain);
  return isOk || COMING.test(plain) ? 'coming' : null;
}

/** Not coming: which other time, or the lesson dropped? A wish to move or drop that names no lesson means the one reminded of. */
export function aboutReminded(
  understood: Understood,
  answer: AnswerToReminder,
  startsAt: Instant,
  zone: string,
): Understood {
  const lessonRef = { date: localDateOf(startsAt, zone), time: localTimeOf(startsAt, zone) };
  if (answer === 'not_coming')
    return {
      readings: [{ intent: 'reschedule', lessonRef }],
      also: [],
      why: [...understood.why, 'an answer to the reminder'],
    };
  const changes = understood.readings.filter((one) => one.intent === 'reschedule' || one.intent === 'cancel');
  if (changes.length === 0 || changes.length < understood.readings.length) return understood;
  const [first, ...rest] = understood.readings.map((one) => (one.lessonRef ? one : { ...one, lessonRef }));
  return { ...understood, readings: [first!, ...rest] };
}
