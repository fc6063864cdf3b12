import type { Heard } from '../../../../flows/heard';
import { has, type Reading } from '../reading';

/** Yes or no as people say it; the last word of "yeah nah" counts, "no worries" is yes. */
export function yesNo(reading: Reading): Heard | undefined {
  if (has(reading, 'yeahNah') !== undefined || has(reading, 'strongNo') !== undefined)
    return { intent: 'confirm_no', yes: false };
  if (has(reading, 'nahYeah') !== undefined || has(reading, 'noWorries') !== undefined)
    return { intent: 'confirm_yes', yes: true };
  const no = has(reading, 'no');
  const yes = has(reading, 'yes');
  if (no !== undefined && (yes === undefined || no.from <= yes.from)) return { intent: 'confirm_no', yes: false };
  return yes === undefined ? undefined : { intent: 'confirm_yes', yes: true };
}
