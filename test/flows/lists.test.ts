import fc from 'fast-check';
import { segmentsOf } from '../../src/domain/texts';
import { instantOf, localDateOf } from '../../src/domain/time';
import type { DepositRow } from '../support/core/rows';
import { CoreSchool } from '../support/core/school';
import { demoRows } from '../support/core/seed';
import { startsTold } from '../support/lists';

const zone = 'Australia/Sydney';
const leo = '+61491571491';
const ava = '+61491572549';

const day = fc.constantFrom('mon', 'tues', 'wed', 'thurs', 'fri', 'sat');
const clock = fc.constantFrom('8am', '9am', '10.30am', '2pm', '4pm', '4.45pm', '7pm');
const withWhom = fc.constantFrom('', '', ' with sam', ' with priya');
const forWhom = fc.constantFrom('', '', ' for my brother max', ' for max', ' for me');
const request = fc.oneof(
  fc.tuple(day, day, clock, withWhom, forWhom).map(([a, b, at, who, whose]) => `${a} and ${b} ${at}${who}${whose}`),
  fc
    .tuple(fc.constantFrom('every', 'every second'), day, clock, fc.integer({ min: 1, max: 14 }), withWhom, forWhom)
    .map(([every, a, at, weeks, who, whose]) => `${every} ${a} ${at} for ${weeks} weeks${who}${whose}`),
  fc.tuple(day, clock).map(([a, at]) => `every ${a} ${at} until christmas`),
  fc.tuple(day, day, clock).map(([a, b, at]) => `every ${a} and ${b} ${at} for 6 weeks`),
  fc.constantFrom(
    'book max and leo sat 10am',
    'sat 10 and 11',
    'mon 3pm and wed 4pm',
    'every wed 9am',
    'same time every week for 4 weeks',
  ),
);
const happening = fc.oneof(
  { weight: 6, arbitrary: request },
  { weight: 8, arbitrary: fc.constant('yes') },
  fc.constantFrom(
    '1',
    '1 and 3',
    'the first two',
    'all',
    'yes 1 and 2',
    '2',
    '4pm',
    '5',
    'me',
    'no',
    'yes if its free',
    'both',
  ),
  fc.constantFrom(
    '(ava takes one)',
    '(pay)',
    '(pay one)',
    '(an hour)',
    '(two days)',
    '(ends)',
    'drop all my lessons',
    'lessons',
  ),
);

describe('whatever is asked, confirmed and done by others meanwhile', () => {
  it('the lessons written are those of the list that was told, all or none, only by a YES, and every deposit adds up', () => {
    let lists = 0;
    return fc
      .assert(
        fc.asyncProperty(
          fc.array(happening, { minLength: 4, maxLength: 30 }),
          fc.integer({ min: 0, max: 27 }),
          async (story, later) => {
            const now = instantOf('2026-09-14', '10:00', zone) + later * 86_400_000;
            const school = new CoreSchool(demoRows(now), now);
            for (const words of story) {
              // What informs between a question and its answer changes nothing.
              const told = school.turns.findLast((one) => one.phone === leo && one.asks !== null)?.reply ?? '';
              const before = school.rows.lessons.length;
              await (words.startsWith('(') ? happens(school, words) : school.text(leo, words));
              if (words.startsWith('(')) continue;
              const made = school.rows.lessons.slice(before);
              const { reply } = school.turns.at(-1)!;
              expect(segmentsOf(reply).segments).toBeLessThanOrEqual(2);
              if (reply.includes('Reply YES to book')) expect(reply).toMatch(/Reply YES to book( (all|both|it).*)?\.$/);
              if (made.length === 0) continue;
              expect(words).toBe('yes');
              expect(told).toContain('Reply YES to book');
              if (!/Reply YES to book (all|both|it)/.test(told)) continue;
              lists += 1;
              const today = localDateOf(school.now, zone);
              expect(made.map((one) => one.startsAt).sort()).toEqual(startsTold(told, zone, today).sort());
              expect(new Set(made.map((one) => one.startsAt + one.instructorId)).size).toBe(made.length);
              checkMoney(
                school,
                made.map((one) => one.id),
                reply,
              );
            }
            checkAll(school);
          },
        ),
        { numRuns: 150, seed: Number(process.env.SEED ?? 1) },
      )
      .then(() => expect(lists).toBeGreaterThan(100));
  });
});

/** What is asked for is the sum of what was held, to the cent; what credit paid is gone from it. */
function checkMoney({ rows }: CoreSchool, lessonIds: string[], reply: string): void {
  const deposits = rows.deposits.filter((one) => lessonIds.includes(one.lessonId));
  expect(deposits).toHaveLength(lessonIds.length);
  const held = deposits.filter((one) => one.status === 'pending');
  const asked = /Pay \$(\d+) by PayID .* reference (\w+)\./.exec(reply);
  expect(Number(asked?.[1] ?? 0) * 100).toBe(sum(held));
  if (asked) expect(new Set(held.map((one) => one.reference))).toEqual(new Set([asked[2]]));
  expect(new Set(deposits.map((one) => one.askedWith)).size).toBe(1);
}

/** Every lesson has one deposit that says what became of it; credits of the bank went into deposits, the student's credit or the queue. */
function checkAll({ rows }: CoreSchool): void {
  for (const lesson of rows.lessons) {
    const deposits = rows.deposits.filter((one) => one.lessonId === lesson.id);
    expect(deposits.length).toBeLessThanOrEqual(1);
    const status = deposits[0]?.status;
    if (lesson.status === 'pending') expect(status).toBe('pending');
    if (status === 'pending') expect(lesson.status).toBe('pending');
  }
  const came = sum(rows.bank.filter((one) => one.outcome !== 'queued'));
  const paidByBank = sum(rows.deposits.filter((one) => one.paidBy !== null));
  const credited = sum(rows.credits.filter((one) => one.reason === 'came after the hold had ended'));
  expect(paidByBank + credited).toBe(came);
  const fromCredit = sum(rows.deposits.filter((one) => one.status === 'confirmed' && one.paidBy === null));
  const spent = sum(rows.credits.filter((one) => one.amountCents < 0));
  expect(fromCredit + spent).toBe(0);
}

const sum = (some: readonly { amountCents: number }[]) => some.reduce((total, one) => total + one.amountCents, 0);

async function happens(school: CoreSchool, what: string): Promise<void> {
  const open = school.rows.deposits.filter((one: DepositRow) => one.status !== 'confirmed');
  const reference = open.at(-1)?.reference ?? 'DSAAC6NN';
  const same = open.filter((one) => one.reference === reference);
  switch (what) {
    case '(ava takes one)': {
      const told = startsTold(school.received(leo).at(-1)?.body ?? '', zone, localDateOf(school.now, zone));
      const [at] = told;
      if (at === undefined) return;
      const local = new Intl.DateTimeFormat('en-AU', {
        timeZone: zone,
        day: 'numeric',
        month: 'short',
        hour: 'numeric',
        minute: '2-digit',
      }).format(at);
      await school.text(ava, `book ${local.replace(',', '')} with sam`);
      return school.text(ava, 'yes');
    }
    case '(pay)':
      return school.credit({ amountCents: sum(same), description: reference });
    case '(pay one)':
      return school.credit({ amountCents: 2000, description: reference });
    case '(an hour)':
      return school.advanceTo(school.now + 3_600_000);
    case '(ends)':
      return school.advanceTo(school.now + 24 * 3_600_000);
    default:
      return school.advanceTo(school.now + 48 * 3_600_000);
  }
}
