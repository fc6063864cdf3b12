import { type Instant, localDateOf, localTimeOf } from '../domain/time';

/** `YYYY-MM-DDTHH:MM` of the school's wall clock. */
export const localDateTimeOf = (at: Instant, zone: string) => `${localDateOf(at, zone)}T${localTimeOf(at, zone)}`;
