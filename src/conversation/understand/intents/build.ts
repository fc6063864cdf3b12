import type { Heard, Intent } from '../../../../flows/heard';
import { digitsOf } from '../fields/digits';
import {
  bookedFor,
  finished,
  hoursOf,
  lateFor,
  movedFor,
  off,
  referring,
  started,
  viewed,
  viewedWeek,
} from '../fields/instructor';
import { moving } from '../fields/moving';
import { paidFor } from '../fields/paid';
import { pickedUp } from '../fields/pickup';
import { pointing } from '../fields/pointing';
import { booked, lateBy, listing, priced } from '../fields/student';
import { wanting } from '../fields/wanting';
import { nameMeant } from '../names/name-meant';
import { optionsMeant } from '../options/option';
import type { Reading } from '../reading';

/**
 * Everything a text says that belongs to `intent`, all readings, best first: days, times and lessons for an intent that
 * takes them, nothing for one that does not. The intent is taken as settled and is that of every reading.
 */
export function build(intent: Intent, reading: Reading): Heard[] {
  const isStudent = reading.listening.role === 'student';
  switch (intent) {
    case 'book':
      return isStudent ? booked(reading) : bookedFor(reading);
    case 'availability':
    case 'more':
    case 'waitlist':
      return wanting(reading, intent);
    case 'reschedule':
      return isStudent ? moving(reading, reading.listening.asked.kind === 'moveWhen') : movedFor(reading);
    case 'cancel':
      return isStudent ? pointing(reading, intent) : referring(reading, intent);
    case 'list_lessons':
      return listing(reading);
    case 'price':
      return priced(reading);
    case 'running_late':
      return isStudent ? lateBy(reading) : lateFor(reading);
    case 'confirm_yes':
      return [{ intent, yes: true }];
    case 'confirm_no':
      return [{ intent, yes: false }];
    case 'choose_option':
      return optionsMeant(reading);
    case 'give_otp':
      return [withField(intent, 'otp', digitsOf(reading))];
    case 'give_name':
      return [withField(intent, 'name', nameMeant(reading))];
    case 'pickup':
      return [pickedUp(reading)];
    case 'paid':
      return [paidFor(reading)];
    case 'block_time':
    case 'unblock_time':
      return off(reading, intent);
    case 'schedule_day':
    case 'free_time':
      return viewed(reading).map((slots) => ({ intent, ...slots }));
    case 'schedule_week':
      return viewedWeek(reading);
    case 'hours':
      return hoursOf(reading);
    case 'start_lesson':
      return started(reading);
    case 'complete_lesson':
      return finished(reading);
    case 'no_show':
    case 'cancel_lesson':
    case 'waive':
      return referring(reading, intent);
    case 'help':
    case 'menu':
    case 'stop':
    case 'start':
    case 'human':
    case 'greeting':
    case 'thanks':
    case 'resend_code':
    case 'how_to_pay':
    case 'who':
    case 'schedule_today':
    case 'next_lesson':
    case 'unpaid':
    case 'speak_as_student':
    case 'unknown':
      return [{ intent }];
  }
}

function withField(intent: Intent, field: 'otp' | 'name', value: string | undefined): Heard {
  return value === undefined ? { intent } : { intent, [field]: value };
}
