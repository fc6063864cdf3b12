import type { Intent } from '../../../flows/heard';
import { fromRecord, type OutsideAnswer, type OutsideRecord, toRecord } from '../../../src/conversation/surface';
import { understand } from '../../../src/conversation/understand';
import { build } from '../../../src/conversation/understand/intents/build';
import { read } from '../../../src/conversation/understand/reading';

/** The moment of all tables unless a line says otherwise: Monday 23 November 2026, 10 am in Sydney. */
export const NOW = '2026-11-23T10:00:00+11:00';

/** One reading as one short line: "book 2026-11-27 15:00 60m @sam ref{...}". Several are joined by " / ". */
export function short(text: string, context: string, role: string, now = NOW, tz = 'Australia/Sydney'): string {
  const record = recordOf(text, context, role, now, tz);
  const { text: said, listening } = fromRecord(record);
  const answer = toRecord(understand(said, listening), record);
  const readings = (answer.readings as OutsideAnswer[] | undefined) ?? [answer];
  const also = ((answer.also as OutsideAnswer[] | undefined) ?? []).map((one) => ` also ${shortOf(one)}`);
  return readings.map(shortOf).join(' / ') + also.join('');
}

/** The same of the fields alone, the intent being known. */
export function shortFor(intent: Intent, text: string, context: string, role: string): string {
  const record = recordOf(text, context, role, NOW, 'Australia/Sydney');
  const { text: said, listening } = fromRecord(record);
  const [first, ...rest] = build(intent, read(said, listening));
  if (first === undefined) throw new Error(`nothing was built for ${intent}; build() promises at least one reading`);
  const answer = toRecord({ readings: [first, ...rest], also: [], why: [] }, record);
  return ((answer.readings as OutsideAnswer[] | undefined) ?? [answer]).map(shortOf).join(' / ');
}

function recordOf(text: string, context: string, role: string, now: string, tz: string): OutsideRecord {
  const offered = ['2026-11-26T09:00', '2026-11-26T14:00', '2026-11-28T11:30'];
  return { role, text, now, tz, context, ...(context.startsWith('offered_slots') ? { offered } : {}) };
}

type Window = { from: string; to: string };

function shortOf(answer: OutsideAnswer): string {
  const of = <T>(name: string) => answer[name] as T | undefined;
  const window = (w: Window | undefined) => (w === undefined ? undefined : `${w.from}-${w.to}`);
  const range = of<Window>('range');
  const ref = of<Record<string, unknown>>('lesson_ref');
  const parts: (string | number | undefined | false)[] = [
    answer.intent,
    of<string>('date'),
    of<string[]>('dates')?.join(','),
    range && `${range.from}..${range.to}`,
    of<number[]>('weekdays') && `wd${of<number[]>('weekdays')?.join(',')}`,
    of<number[]>('exclude_weekdays') && `-wd${of<number[]>('exclude_weekdays')?.join(',')}`,
    of<string>('time'),
    window(of<Window>('window')),
    of<{ date?: string; time?: string; window?: Window }[]>('alternatives')
      ?.map((one) => `${one.date ?? ''}@${one.time ?? window(one.window) ?? ''}`)
      .join('|'),
    of<number>('duration_minutes') && `${of<number>('duration_minutes')}m`,
    of<string>('instructor') && `@${of<string>('instructor')}`,
    of<string>('exclude_instructor') && `-@${of<string>('exclude_instructor')}`,
    of<number>('option') && `#${of<number>('option')}`,
    of<string>('otp') && `otp:${of<string>('otp')}`,
    of<string>('name') && `name:${of<string>('name')}`,
    of<number>('late_minutes') && `late:${of<number>('late_minutes')}`,
    of<number>('shift_minutes') && `shift:${of<number>('shift_minutes')}m`,
    of<number>('shift_days') && `shift:${of<number>('shift_days')}d`,
    ...['all_day', 'asap', 'recurring', 'several'].map((flag) => of<boolean>(flag) && flag),
    of<number>('every_weeks') && `every${of<number>('every_weeks')}w`,
    of<number>('occurrences') && `x${of<number>('occurrences')}`,
    of<string>('learner') && `for:${of<string>('learner')}`,
    of<string>('note') && `note:${of<string>('note')}`,
    ref &&
      `ref{${Object.entries(ref)
        .map(([key, value]) =>
          key === 'window'
            ? window(value as Window)
            : key === 'date' || key === 'time'
              ? value
              : Array.isArray(value)
                ? value.join(',')
                : `${key}:${value}`,
        )
        .join(' ')}}`,
  ];
  return parts.filter((part) => part).join(' ');
}
