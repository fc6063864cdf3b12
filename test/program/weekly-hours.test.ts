import { inSchool } from '../../src/store/database';
import { schoolIds } from '../../src/store/schools';
import { rows } from '../../src/store/sql';
import { type Started, startProgram } from '../support/program';

const LEO = '+61491571491';
const AVA = '+61491572549';
const SAM = '+61491570110';
/** Monday and Thursday of weeks in which nothing is booked yet. */
const WEEKS = [
  ['30 nov', '3 dec'],
  ['7 dec', '10 dec'],
  ['14 dec', '17 dec'],
  ['21 dec', '24 dec'],
] as const;

describe("the last hour of an instructor's week", () => {
  let program: Started;
  beforeAll(async () => {
    program = await startProgram('2026-11-24T10:00:00+11:00');
    const [id] = await schoolIds(program.database.db);
    await inSchool(program.database.db, id!, (tx) =>
      rows(tx, `update instructors set max_hours_per_week = 1 where name = 'Sam'`),
    );
  });
  afterAll(() => program.stop());

  const says = async (phone: string, words: string) =>
    (await program.sim.text(phone, words)).replies.map((reply) => reply.body).join('\n');
  const inWeek = async () => {
    const [id] = await schoolIds(program.database.db);
    return inSchool(program.database.db, id!, (tx) =>
      rows<{ lessons: number }>(
        tx,
        `select count(*)::int as lessons from lessons l join instructors i on i.school_id = l.school_id and i.id = l.instructor_id
         where i.name = 'Sam' and l.status in ('pending', 'confirmed') and l.start_time > '2026-11-29'
         group by date_trunc('week', l.start_time at time zone 'Australia/Sydney')`,
      ),
    );
  };

  it('is taken by one of two who say yes at the same moment on different days', async () => {
    for (const [monday, thursday] of WEEKS) {
      expect(await says(LEO, `${monday} 10am with sam`)).toContain('Reply YES to book.');
      expect(await says(AVA, `${thursday} 2pm with sam`)).toContain('Reply YES to book.');
      const answers = await Promise.all([says(LEO, 'yes'), says(AVA, 'yes')]);
      expect(answers.filter((body) => body.startsWith('Held until'))).toHaveLength(1);
      expect(answers.filter((body) => body.includes('that week is full'))).toHaveLength(1);
      await Promise.all([says(LEO, 'menu'), says(AVA, 'menu')]);
    }
    expect(await inWeek()).toEqual(WEEKS.map(() => ({ lessons: 1 })));
  });

  it('is not exceeded by the instructor either', async () => {
    expect(await says(SAM, 'book noah 1 dec 2pm')).toContain('that week is full');
  });
});
