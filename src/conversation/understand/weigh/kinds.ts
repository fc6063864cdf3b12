import type { Heard, Intent } from '../../../../flows/heard';

/** The names at the outside surface of intents that are finer inside. */
export const OUTSIDE = {
  menu: 'help',
  more: 'availability',
  resend_code: 'unknown',
  pickup: 'unknown',
  waive: 'unknown',
  how_to_pay: 'price',
  who: 'human',
  hours: 'unblock_time',
  free_time: 'schedule_day',
  unpaid: 'list_lessons',
  speak_as_student: 'help',
} as const satisfies Partial<Record<Intent, Intent>>;

type Schedule = 'schedule_today' | 'schedule_day' | 'schedule_week';

/** Intents as they are weighed: by their outside names, and the views of a schedule, which only days tell apart, as one. */
export type Kind = Exclude<Intent, keyof typeof OUTSIDE | Schedule> | 'schedule';

/** The name of an intent outside. */
export function outsideName(intent: Intent): Exclude<Intent, keyof typeof OUTSIDE> {
  return intent in OUTSIDE
    ? OUTSIDE[intent as keyof typeof OUTSIDE]
    : (intent as Exclude<Intent, keyof typeof OUTSIDE>);
}

/** The kind of an intent, inside names and outside names alike. */
export function kindOf(intent: Intent | 'schedule'): Kind {
  if (intent === 'schedule') return intent;
  const name = outsideName(intent);
  return name === 'schedule_today' || name === 'schedule_day' || name === 'schedule_week' ? 'schedule' : name;
}

/** What the rules made of a text, as a kind. */
export const guessed = (heard: readonly Heard[]): Kind => kindOf(heard[0]?.intent ?? 'unknown');
