/** No sender is at that text any more: it said so, or the time that it may take is over by the database's own clock. */
export const NOT_HELD = (table: string) => `(${table}.held_until is null or ${table}.held_until <= clock_timestamp())`;
