import type { Heard } from '../../../../flows/heard';
import { has, type Reading, said } from '../reading';

/** Where from: the words after "pick me up". */
export function pickedUp(reading: Reading): Heard {
  const at = has(reading, 'pickup');
  const note = said(reading, at?.to ?? 0, reading.units.length);
  return { intent: 'pickup', ...(note === '' ? {} : { note }) };
}
