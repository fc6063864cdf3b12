import { inSchool } from '../../src/store/database';
import { rows } from '../../src/store/sql';
import { type Started, startProgram } from '../support/program';
import { dss } from './dss';

const PERTH = '+61491580001';
const MIA = '+61491570156';

/** Monday 10:00 in Sydney, 07:00 in Perth. */
const START = '2026-11-22T23:00:00Z';

describe('a second school added by the commands', () => {
  let program: Started;
  let env: Record<string, string>;
  beforeAll(async () => {
    program = await startProgram(START);
    env = { DATABASE_URL: program.database.url, DATA_DIR: program.config.dataDir };
  });
  afterAll(() => program.stop());

  const add = async (...args: string[]) => {
    const done = await dss([...args, '--json'], env);
    expect(done).toMatchObject({ code: 0, err: '' });
    return JSON.parse(done.out);
  };
  const lessons = (schoolId: string) =>
    inSchool(program.database.db, schoolId, (tx) =>
      rows<{ start_time: number; buffer: number; name: string }>(
        tx,
        `select l.start_time, extract(epoch from upper(l.busy) - l.end_time)::int / 60 as buffer, i.name from lessons l
           join instructors i on i.school_id = l.school_id and i.id = l.instructor_id
           join students s on s.school_id = l.school_id and s.id = l.student_id
         where s.phone = ? and l.status = 'pending'`,
        [MIA],
      ),
    );

  it('books side by side with the first, on another number and zone, with its own policy', async () => {
    const school = await add(
      ...['school', 'add', '--name', 'Swan Driving', '--zone', 'Australia/Perth', '--state', 'wa', '--number'],
      ...['0491 580 001', '--owner', '0491 580 002', '--payid', 'pay@swan.example'],
    );
    expect(school).toMatchObject({ phone: PERTH, state: 'WA', zone: 'Australia/Perth' });
    const at = ['--school', 'swan driving'];
    await add(
      'instructor',
      'add',
      ...at,
      '--name',
      'kim',
      '--phone',
      '0491580003',
      '--hours',
      'mon-fri 8-17, sat 9-13',
    );
    await add(
      'lesson-type',
      'set',
      ...at,
      '--name',
      '60 min lesson',
      ...'--minutes 60 --price 82.50 --deposit 25'.split(' '),
    );
    const policy = await add('policy', 'set', ...at, 'bufferMinutes=30', 'quietHours.from=22:00');
    expect(policy).toMatchObject({ bufferMinutes: 30, quietHours: { from: '22:00', to: '08:00' }, holdHours: 24 });

    // The same phone is a student of both; each conversation goes on by itself.
    for (const words of ['hi', 'mia', '60 min wed 3pm', 'yes']) {
      await program.sim.text(MIA, words, { to: PERTH });
      await program.sim.text(MIA, words);
    }

    const [first] = JSON.parse((await dss(['school', 'list', '--json'], env)).out) as { id: string }[];
    expect(await lessons(school.id)).toEqual([
      { start_time: Date.parse('2026-11-25T15:00+08:00'), buffer: 30, name: 'Kim' },
    ]);
    expect(await lessons(first!.id)).toEqual([
      { start_time: Date.parse('2026-11-25T15:00+11:00'), buffer: 15, name: expect.stringMatching(/Sam|Priya/) },
    ]);
    const held = (await program.sim.phone(MIA))
      .map((text) => text.body)
      .filter((body) => body.startsWith('Held until'));
    expect(held).toHaveLength(2);
    expect(held[0]).toContain('$25 by PayID to pay@swan.example');
    expect(held[1]).toContain('$20 by PayID to pay@bayside.example');
  });

  it('needs --school where there are several, and lists them', async () => {
    const { code, err, out } = await dss(['instructor', 'list'], env);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(
      'name one with --school. They are: Bayside Driving (+61491570006), Swan Driving (+61491580001).',
    );
  });

  it('keeps its number: another school that asks for it is told so', async () => {
    const { code, err } = await dss(
      [
        'school',
        'add',
        '--name',
        'X',
        '--zone',
        'Australia/Perth',
        '--state',
        'WA',
        '--number',
        PERTH,
        '--owner',
        '0491580009',
        '--payid',
        'x@x.example',
      ],
      env,
    );
    expect(code).toBe(1);
    expect(err).toContain('--number is +61491580001, which another school of this installation has');
  });
});
