import type { Heard, Intent } from '../../../../flows/heard';

/** Intents that only days or small words tell apart are weighed as one kind; the builders tell them apart again. */
export type Kind = Exclude<Intent, keyof typeof KIND_OF> | 'schedule';

const KIND_OF = {
  schedule_today: 'schedule',
  schedule_day: 'schedule',
  schedule_week: 'schedule',
  free_time: 'schedule',
  menu: 'help',
  more: 'availability',
  resend_code: 'unknown',
  pickup: 'unknown',
  how_to_pay: 'price',
  who: 'human',
  hours: 'unblock_time',
  speak_as_student: 'help',
} as const satisfies Partial<Record<Intent, string>>;

/** The kind of an intent, inside names and outside names alike. */
export function kindOf(intent: Intent | 'schedule'): Kind {
  return (KIND_OF as Partial<Record<string, Kind>>)[intent] ?? (intent as Kind);
}

/** What the rules made of a text, as a kind. */
export const guessed = (heard: readonly Heard[]): Kind => kindOf(heard[0]?.intent ?? 'unknown');
