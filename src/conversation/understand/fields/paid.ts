import type { Heard } from '../../../../flows/heard';
import type { Reading } from '../reading';

/** An owner names the payment's reference; a student's word that money was sent names none. */
export function paidFor(reading: Reading): Heard {
  if (reading.listening.role !== 'owner') return { intent: 'paid' };
  const reference = reading.text.split(/\s+/).find((word) => /^(?=.*\d)[A-Z0-9]{5,10}$/i.test(word));
  return { intent: 'paid', ...(reference === undefined ? {} : { note: reference.toUpperCase() }) };
}
