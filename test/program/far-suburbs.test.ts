import { randomBytes } from 'node:crypto';
import { inSchool } from '../../src/store/database';
import { schoolIds } from '../../src/store/schools';
import { loadSpeaker } from '../../src/store/speaker';
import { rows, type Tx } from '../../src/store/sql';
import { plainFacts } from '../../src/turn/facts';
import { keepTravelTime } from '../../src/turn/travel';
import { Overtaken, type Turn } from '../../src/turn/turn';
import { setPolicy } from '../support/dialogue';
import { type Started, startProgram } from '../support/program';

const LEO = '+61491571491'; // Brighton
const AVA = '+61491572549'; // Sandringham
const AN_HOUR = { travel: [{ between: ['Brighton', 'Sandringham'], minutes: 60 }] };
const DAYS = ['26 nov', '27 nov', '30 nov', '2 dec'];

describe('two lessons in suburbs an hour apart', () => {
  let program: Started;
  beforeEach(async () => {
    program = await startProgram('2026-11-24T10:00:00+11:00');
    await setPolicy(program, AN_HOUR);
  });
  afterEach(() => program.stop());

  const says = async (phone: string, words: string) =>
    (await program.sim.text(phone, words)).replies.map((reply) => reply.body).join('\n');
  const asSchool = async <T>(work: (tx: Tx, id: string) => Promise<T>) => {
    const [id] = await schoolIds(program.database.db);
    return inSchool(program.database.db, id!, (tx) => work(tx, id!));
  };

  it('booked at the same moment, one is held and the other is offered what can be reached', async () => {
    for (const day of DAYS) {
      expect(await says(LEO, `${day} 10am with sam`)).toContain('Reply YES to book.');
      expect(await says(AVA, `${day} 11:30am with sam`)).toContain('Reply YES to book.');
      const answers = await Promise.all([says(LEO, 'yes'), says(AVA, 'yes')]);
      expect(answers.filter((body) => body.startsWith('Held until'))).toHaveLength(1);
      expect(answers.filter((body) => /^Sorry, .* that is taken\.[\s\S]*\n1 /.test(body))).toHaveLength(1);
      await Promise.all([says(LEO, 'menu'), says(AVA, 'menu')]);
    }
    const held = await asSchool((tx) => rows(tx, `select 1 from lessons where status = 'pending'`));
    expect(held).toHaveLength(DAYS.length);
    expect(await asSchool((tx) => rows(tx, `select 1 from sms_logs where status = 'failed'`))).toEqual([]);
  });

  it('a booking and a move at the same moment end the same way', async () => {
    await says(LEO, 'thu 2pm with sam');
    await says(LEO, 'yes');
    expect(await says(LEO, 'move my thursday lesson to 10am')).toContain('Reply YES to move it.');
    expect(await says(AVA, 'thu 11:30am with sam')).toContain('Reply YES to book.');
    const answers = await Promise.all([says(LEO, 'yes'), says(AVA, 'yes')]);
    expect(answers.filter((body) => /^(Held until|Moved: )/.test(body))).toHaveLength(1);
    expect(answers.filter((body) => body.includes('that is taken'))).toHaveLength(1);
  });

  it('whoever writes a lesson without having looked is refused under the lock', async () => {
    await says(LEO, 'thu 10am with sam');
    await says(LEO, 'yes');
    await asSchool(async (tx, id) => {
      const speaker = await loadSpeaker(tx, id, AVA);
      const facts = plainFacts({ random: randomBytes }, speaker, 'student');
      const turn = { tx, facts, now: Date.parse('2026-11-24T10:00:00+11:00') } as Turn;
      const sam = speaker.instructors.find((one) => one.name === 'Sam')!;
      const slot = (time: string) => {
        const startsAt = Date.parse(`2026-11-26T${time}:00+11:00`);
        const { id: lessonTypeId } = speaker.lessonTypes[0]!;
        return { instructorId: sam.id, instructor: sam.name, lessonTypeId, startsAt, endsAt: startsAt + 3_600_000 };
      };
      await expect(keepTravelTime(turn, slot('11:45'), speaker.student!, null)).rejects.toThrow(Overtaken);
      await expect(keepTravelTime(turn, slot('08:15'), speaker.student!, null)).rejects.toThrow(Overtaken);
      await expect(keepTravelTime(turn, slot('12:00'), speaker.student!, null)).resolves.toBeUndefined();
      await expect(keepTravelTime(turn, slot('08:00'), speaker.student!, null)).resolves.toBeUndefined();
      await expect(keepTravelTime(turn, slot('11:45'), { suburb: 'Brighton' }, null)).resolves.toBeUndefined();
    });
  });
});
