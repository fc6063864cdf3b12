import type { Args, Facts, SayKey } from '../vocabulary';
import { momentInWords } from '../wording';

/** Why a lesson that was meant can be neither moved nor dropped. */
const keyOf = ({ status, reason }: NonNullable<Facts['gone']>): SayKey => {
  if (status === 'completed') return 'gone_over';
  if (status !== 'cancelled') return 'begun_already';
  return reason === 'hold_expired' ? 'gone_hold' : 'gone_off';
};

/** Nothing can be changed at all: the one that was meant is gone, or has begun, or there is none. */
export const nothingKey = ({ event: { facts } }: Args): SayKey => {
  if (facts.gone) return keyOf(facts.gone);
  return facts.lessons.length > 0 ? 'begun_already' : 'no_lessons';
};

/** Others could be changed, but not what was meant. */
export const noSuchKey = ({ event: { facts } }: Args): SayKey => (facts.gone ? keyOf(facts.gone) : 'no_such_lesson');

export const goneValues = ({ event: { facts } }: Args) => {
  const lesson = facts.gone ?? facts.lessons[0];
  return { slot: lesson ? momentInWords(lesson.startsAt, facts) : '' };
};
