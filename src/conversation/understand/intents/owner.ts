import type { Heard } from '../../../../flows/heard';
import { has, type Reading } from '../reading';
import { instructor } from './instructor';

/** An owner's text: `paid DS7K2Q`, `unpaid`, and otherwise what an instructor could ask. */
export function owner(reading: Reading): Heard[] {
  if (has(reading, 'o.unpaid') !== undefined) return [{ intent: 'unpaid' }];
  if (has(reading, 'o.paidRef') !== undefined) {
    const reference = reading.text.split(/\s+/).find((word) => /^(?=.*\d)[A-Z0-9]{5,10}$/i.test(word));
    return [{ intent: 'paid', ...(reference === undefined ? {} : { note: reference.toUpperCase() }) }];
  }
  return instructor(reading);
}
