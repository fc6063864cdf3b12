import type { Heard } from '../../../../flows/heard';
import { paidFor } from '../fields/paid';
import { has, type Reading } from '../reading';
import { instructor } from './instructor';

/** An owner's text: `paid DS7K2Q`, `unpaid`, and otherwise what an instructor could ask. */
export function owner(reading: Reading): Heard[] {
  if (has(reading, 'o.unpaid') !== undefined) return [{ intent: 'unpaid' }];
  if (has(reading, 'o.paidRef') !== undefined) return [paidFor(reading)];
  return instructor(reading);
}
