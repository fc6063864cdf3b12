import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hours, hoursInWords } from '../../src/cli/fields';
import { type Started, startProgram } from '../support/program';
import { dss } from './dss';

describe('setting up a school', () => {
  let program: Started;
  let env: Record<string, string>;
  beforeAll(async () => {
    program = await startProgram('2026-11-22T23:00:00Z');
    env = { DATABASE_URL: program.database.url, DATA_DIR: program.config.dataDir };
  });
  afterAll(() => program.stop());

  it('every fault of a new school is named with its field and remedy, at once', async () => {
    const { code, err, out } = await dss(
      'school add --name X --zone Perth --state ZZ --number 12 --owner abc --payid p@x.example'.split(' '),
      env,
    );
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trim().split('\n')).toEqual([
      expect.stringContaining('--zone is "Perth", which is no time zone'),
      '--state is "ZZ": write one of NSW, VIC, QLD, SA, WA, TAS, ACT, NT.',
      expect.stringContaining('--number is "12", which is no phone number'),
      expect.stringContaining('--owner is "abc"'),
    ]);
  });

  it('with one school --school is not needed, and a wrong one is told', async () => {
    expect(JSON.parse((await dss(['instructor', 'list', '--json'], env)).out)).toMatchObject([
      { name: 'Sam' },
      { name: 'Priya' },
    ]);
    expect(await dss(['instructor', 'list', '--school', 'Nowhere'], env)).toMatchObject({
      code: 2,
      err: expect.stringContaining('no school has that name, number or id. They are: Bayside Driving'),
    });
  });

  it('a lesson type is made, then changed by its name', async () => {
    const set = (price: string) =>
      dss(
        [
          'lesson-type',
          'set',
          '--name',
          'Night lesson',
          '--minutes',
          '60',
          '--price',
          price,
          '--deposit',
          '20',
          '--json',
        ],
        env,
      );
    expect(JSON.parse((await set('90')).out)).toMatchObject({ made: true, priceCents: 9000 });
    expect(JSON.parse((await set('$95.50')).out)).toMatchObject({ made: false, priceCents: 9550 });
    expect(await set('10')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--deposit is 20, more than --price 10'),
    });
  });

  it('a policy with a fault is not written at all', async () => {
    const faulty = await dss('policy set holdHours=48 bufferMinutes=500 quietHours.from=9pm nosuch=1'.split(' '), env);
    expect(faulty.code).toBe(2);
    for (const field of ['bufferMinutes is 500', 'quietHours.from is "9pm"', 'nosuch is 1', 'Nothing was changed.'])
      expect(faulty.err).toContain(field);
    expect(JSON.parse((await dss(['policy', 'get', '--json'], env)).out)).toMatchObject({
      holdHours: 24,
      bufferMinutes: 15,
    });

    const file = join(program.config.dataDir, 'policy.json');
    writeFileSync(file, '{"bufferMinutes": 10, "reminderMinutesBefore": [60]}');
    expect(await dss(['policy', 'set', '--file', file, 'startCode.to=instructor'], env)).toMatchObject({ code: 0 });
    const { out } = await dss(['policy', 'get'], env);
    for (const line of ['bufferMinutes=10', 'reminderMinutesBefore=[60]', 'startCode.to=instructor', 'holdHours=24'])
      expect(out.split('\n')).toContain(line);
  });

  it.each([['--help'], ['school', 'add', '--help'], ['policy', 'set', '--help'], ['export', '--help']])(
    '%s helps',
    async (...args) => {
      expect(await dss(args, env)).toMatchObject({ code: 0, out: expect.stringContaining('Usage: dss') });
    },
  );
});

test('hours are read strictly', () => {
  const read = (typed: string) => hours('--hours', typed);
  const shown = (typed: string) => hoursInWords(read(typed));
  expect(shown('mon-fri 8-17, sat 9-13')).toBe('Mon-Fri 8:00-17:00, Sat 9:00-13:00');
  expect(shown('mon,wed 8-12 13-17:30')).toBe('Mon 8:00-12:00 13:00-17:30, Wed 8:00-12:00 13:00-17:30');
  for (const wrong of [
    '',
    'mon',
    'mon 9',
    'mon 9-5',
    'mon 8-25',
    'fri-mon 8-9',
    'funday 8-9',
    'mon 8-12, mon 11-13',
    'mon 8am-5pm',
  ]) {
    expect(() => read(wrong)).toThrow(expect.stringContaining('write days and a 24-hour stretch'));
  }
});
