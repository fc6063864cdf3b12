import { localDateOf, localTimeOf } from '../domain/time';

/** `2026-11-24 15:00` on the school's clock. */
export const clock = (at: number, zone: string) => `${localDateOf(at, zone)} ${localTimeOf(at, zone)}`;
