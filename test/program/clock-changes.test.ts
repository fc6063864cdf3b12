import { openDatabase } from '../../src/store/database';
import { rows } from '../../src/store/sql';
import { startProgram } from '../support/program';
import { makeSchool } from '../support/school';

/** [zone, the moment of the text, what is texted, what is said, the instant stored] */
const CASES: [string, string, string, string, string][] = [
  // New South Wales puts clocks forward at 2:00 on Sunday 4 October 2026: 1:58 is followed by 3:00 two minutes later.
  ['Australia/Sydney', '2026-10-04T01:58:00+10:00', 'today 10am', 'Sun 4 Oct, 10:00am', '2026-10-03T23:00:00.000Z'],
  ['Australia/Sydney', '2026-10-03T15:00:00+10:00', 'tomorrow at 10', 'Sun 4 Oct, 10:00am', '2026-10-03T23:00:00.000Z'],
  ['Australia/Sydney', '2026-10-02T15:00:00+10:00', 'monday 9am', 'Mon 5 Oct, 9:00am', '2026-10-04T22:00:00.000Z'],
  // Queensland never changes.
  ['Australia/Brisbane', '2026-10-04T01:58:00+10:00', 'today 10am', 'Sun 4 Oct, 10:00am', '2026-10-04T00:00:00.000Z'],
  [
    'Australia/Brisbane',
    '2026-10-03T15:00:00+10:00',
    'tomorrow at 10',
    'Sun 4 Oct, 10:00am',
    '2026-10-04T00:00:00.000Z',
  ],
  // South Australia changes from +9:30 to +10:30 and back.
  ['Australia/Adelaide', '2026-10-04T01:58:00+09:30', 'today 10am', 'Sun 4 Oct, 10:00am', '2026-10-03T23:30:00.000Z'],
  [
    'Australia/Adelaide',
    '2026-10-03T15:00:00+09:30',
    'tomorrow at 10',
    'Sun 4 Oct, 10:00am',
    '2026-10-03T23:30:00.000Z',
  ],
  // Clocks go back at 3:00 on Sunday 5 April 2026: 1:58 is still summer time.
  ['Australia/Sydney', '2026-04-05T01:58:00+11:00', 'today 4pm', 'Sun 5 Apr, 4:00pm', '2026-04-05T06:00:00.000Z'],
  ['Australia/Sydney', '2026-04-04T15:00:00+11:00', 'tomorrow 8am', 'Sun 5 Apr, 8:00am', '2026-04-04T22:00:00.000Z'],
  ['Australia/Adelaide', '2026-04-05T01:58:00+10:30', 'today 4pm', 'Sun 5 Apr, 4:00pm', '2026-04-05T06:30:00.000Z'],
];

describe('across clock changes', () => {
  it.each(CASES)('%s at %s: "%s" is %s', async (zone, at, text, said, stored) => {
    const program = await startProgram(at);
    try {
      const school = await makeSchool(program.database.db, { zone, phone: '+61491570007' });
      const send = async (body: string) =>
        (await program.sim.text('+61491570156', body, { to: school.phone })).replies.at(-1)?.body;
      await send(`lesson ${text}`);
      expect(await send('Mia')).toBe(`Thanks Mia. ${said}, 60 min with Kim? Reply YES to book.`);
      expect(await send('yes')).toBe(`Booked: ${said}, 60 min with Kim. To move or drop it text CHANGE.`);
      const admin = openDatabase(program.database.adminUrl, { poolMax: 1 });
      const [lesson] = await rows<{ start: number }>(
        admin,
        'select start_time as start from lessons where school_id = ?',
        [school.id],
      );
      await admin.destroy();
      expect(new Date(lesson!.start).toISOString()).toBe(stored);
    } finally {
      await program.stop();
    }
  });
});
