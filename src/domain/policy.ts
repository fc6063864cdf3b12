import { z } from 'zod';
import { HOUR, type Instant, isLocalDate, MINUTE } from './time';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day as HH:MM, for example "08:00"');
const whole = (from: number, to: number) =>
  z
    .number({ error: `write a whole number from ${from} to ${to}` })
    .int(`write a whole number from ${from} to ${to}`)
    .min(from, `write ${from} or more`)
    .max(to, `write ${to} or less`);

/** When a price tier ends: a drop or move up to and at that moment still gets its price. */
const until = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hours'), hours: whole(0, 720) }),
  z.strictObject({ kind: z.literal('dayBefore'), days: whole(0, 30).default(1), time: clock }),
  z.strictObject({ kind: z.literal('businessDays'), days: whole(1, 20), time: clock.optional() }),
]);

/** What a drop costs; `byLessonType` overrides a flat price for a lesson type's name ("Test package": 15000). */
const charge = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('free') }),
  z.strictObject({ kind: z.literal('deposit') }),
  z.strictObject({ kind: z.literal('percent'), percent: whole(0, 100) }),
  z.strictObject({
    kind: z.literal('flat'),
    cents: whole(0, 10_000_000),
    byLessonType: z.record(z.string(), whole(0, 10_000_000)).optional(),
  }),
]);

const suburb = z.string().trim().min(2, 'write the name of a suburb').max(40, 'write at most 40 characters');
/** Minutes on the road between two suburbs, the same both ways; where none are given the buffer counts. */
const travel = z.array(z.strictObject({ between: z.tuple([suburb, suburb]), minutes: whole(1, 240) }));
const day = z.string().refine(isLocalDate, 'write a day as YYYY-MM-DD, for example "2026-12-24"');

const reminders = z.array(whole(5, 20_160)).max(5, 'write at most 5 reminders');

const object = <T extends z.ZodRawShape>(shape: T) => z.strictObject(shape);

/** The shape of `schools.policy`; every default is the one of CONTRACT.md, "Default policy". `{}` is a whole policy. */
export const policySchema = object({
  holdHours: whole(1, 168).default(24),
  minimumNoticeMinutes: whole(0, 10_080).default(120),
  bookAheadDays: whole(1, 365).default(60),
  bufferMinutes: whole(0, 120).default(15),
  gridMinutes: whole(5, 60)
    .refine((n) => [5, 10, 15, 20, 30, 60].includes(n), 'write 5, 10, 15, 20, 30 or 60')
    .default(15),
  travel: travel.max(500, 'write at most 500 pairs').superRefine(eachPairOnce).default([]),
  closed: object({
    publicHolidays: z.boolean('write true or false').default(false),
    dates: z.array(day).max(100, 'write at most 100 days').default([]),
  }).prefault({}),
  quietHours: object({ from: clock.default('21:00'), to: clock.default('08:00') }).prefault({}),
  reminderMinutesBefore: reminders.default([1440, 120]),
  startCode: object({
    to: z.enum(['student', 'instructor'], 'write "student" or "instructor"').default('student'),
    minutesBefore: whole(0, 60).default(2),
    ttlMinutes: whole(1, 60).default(10),
    guesses: whole(1, 10).default(5),
    guessesPerLesson: whole(1, 20).default(10),
    secondsBetween: whole(1, 3600).default(30),
    perTenMinutes: whole(1, 20).default(5),
    perDay: whole(1, 50).default(10),
    perSchoolDay: whole(1, 100_000).default(1000),
    australianMobilesOnly: z.boolean('write true or false').default(true),
  }).prefault({}),
  startWithoutCode: z.boolean('write true or false').default(true),
  noShow: object({ pingMinutes: whole(1, 120).default(10), offerMinutes: whole(1, 120).default(15) }).prefault({}),
  cancellation: object({
    tiers: z
      .array(object({ until, charge }))
      .max(6, 'write at most 6 tiers')
      .default([{ until: { kind: 'hours', hours: 24 }, charge: { kind: 'free' } }]),
    late: charge.default({ kind: 'deposit' }),
    /** Who may let a late notice go by text; the office always may (`dss waive`). */
    waivedBy: z
      .array(z.enum(['owner', 'instructor'], 'write "owner" or "instructor"'))
      .max(2)
      .default(['owner']),
  }).prefault({}),
  weeklyHours: object({ countTravel: z.boolean('write true or false').default(false) }).prefault({}),
  instructorNotices: object({ daysAtOnce: whole(0, 365).default(2), summaryAt: clock.default('18:00') }).prefault({}),
  waitlistOfferMinutes: whole(1, 1440).default(15),
  idleHours: whole(1, 72).default(4),
  officeHours: object({
    weekdays: z.array(whole(1, 7)).default([1, 2, 3, 4, 5, 6]),
    from: clock.default('08:00'),
    to: clock.default('18:00'),
  }).prefault({}),
  retentionDays: whole(1, 3650).default(90),
  offers: whole(1, 3).default(3),
  staleOfferMinutes: whole(1, 1440).default(30),
  reminderMinutesBeforeByLessonType: z.record(z.string(), reminders).default({}),
  remindTogetherMinutes: whole(0, 720).default(120),
  freedCarrierWords: z
    .array(z.enum(['CANCEL', 'END', 'QUIT'], 'write "CANCEL", "END" or "QUIT"'))
    .max(3, 'write each word once')
    .default([]),
  limits: object({
    sameTextAnswers: whole(1, 20).default(3),
    answersPerTenMinutes: whole(1, 100).default(30),
    answersPerDay: whole(1, 400).default(120),
    textsPerSchoolDay: whole(10, 1_000_000).default(5000),
  }).prefault({}),
});

export type Policy = z.infer<typeof policySchema>;
export type Tier = Policy['cancellation']['tiers'][number];
export type Charge = Policy['cancellation']['late'];

/** The whole policy with defaults filled in; `{}` and null work. Throws RangeError with every problem in its message. */
export function parsePolicy(json: unknown): Policy {
  const read = policySchema.safeParse(json ?? {});
  if (read.success) return read.data;
  throw new RangeError(policyProblems(json).join(' '));
}

/** What is wrong with a policy, one sentence each with field, value and remedy; empty when it can be used. */
export function policyProblems(json: unknown): string[] {
  const read = policySchema.safeParse(json ?? {});
  return read.success ? [] : read.error.issues.flatMap((issue) => sentences(issue, json));
}

/** When a hold made now runs out unpaid: `holdHours` on, but never past the lesson's start minus the minimum notice. */
export function holdEndsAt(policy: Policy, startsAt: Instant, now: Instant): Instant {
  return Math.min(now + policy.holdHours * HOUR, startsAt - policy.minimumNoticeMinutes * MINUTE);
}

/** Time enough to pay: a start that has to be held for its deposit and leaves less is not offered. */
export const SHORTEST_HOLD_MINUTES = 15;

function eachPairOnce(table: z.infer<typeof travel>, found: z.core.$RefinementCtx): void {
  const seen = new Set<string>();
  for (const [row, { between }] of table.entries()) {
    const [from, to] = between.map((one) => one.toLowerCase()).sort();
    const problem = (message: string) => found.addIssue({ code: 'custom', path: [row, 'between'], message });
    if (from === to) problem('write two suburbs; within one the buffer counts');
    else if (seen.has(`${from}|${to}`)) problem('the pair is there already: keep one, it counts both ways');
    seen.add(`${from}|${to}`);
  }
}

function sentences(issue: z.core.$ZodIssue, json: unknown): string[] {
  const field = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const value = shown(at(json, [...issue.path, key]));
      return `${field ? `${field}.` : ''}${key} is ${value}, but there is no such rule: remove it or correct its name.`;
    });
  if (issue.code === 'invalid_union')
    return [
      `${field} is ${shown(at(json, issue.path))}: write ${field.includes('until') ? 'hours, dayBefore or businessDays' : 'free, deposit, percent or flat'}.`,
    ];
  if (issue.code === 'invalid_type' && issue.expected === 'object')
    return [`${field || 'policy'} is ${shown(at(json, issue.path))}: write an object, {} for the defaults.`];
  if (issue.code === 'invalid_type' && issue.expected === 'array')
    return [`${field} is ${shown(at(json, issue.path))}: write a list, for example [].`];
  return [`${field || 'policy'} is ${shown(at(json, issue.path))}: ${issue.message.replace(/\.$/, '')}.`];
}

function at(json: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], json);
}

function shown(value: unknown): string {
  const text = value === undefined ? 'missing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
