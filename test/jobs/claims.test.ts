import { HOUR, MINUTE, SECOND } from '../../src/domain/time';
import { sweep } from '../../src/jobs/sweep';
import { openWorld } from '../../src/program';
import { markConversation } from '../../src/store/conversations';
import { openDatabase } from '../../src/store/database';
import { cancelLesson } from '../../src/store/lessons';
import { insertOutgoing } from '../../src/store/messages';
import { claimNext, holdOn, letGo, putOff } from '../../src/store/outgoing';
import { row, rows } from '../../src/store/sql';
import { conversationOfPhone } from '../../src/turn/conversation-of-phone';
import { inRolledBack } from '../support/database';
import { startProgram } from '../support/program';
import { makeSchoolIn } from '../support/school';
import { accepted, bookLesson, outRows, writeText } from '../support/sending';
import { until } from '../support/until';

it('a text that Twilio is slow to take is sent once, however far the clock is moved meanwhile', async () => {
  const program = await startProgram('2026-11-24T14:00:00+11:00');
  const admin = openDatabase(program.database.adminUrl, { poolMax: 2 });
  const { url } = program.running;
  const other = await openWorld({ ...program.config, port: Number(new URL(url).port), publicUrl: url });
  const school = (await row<{ id: string }>(admin, 'select id from schools'))!;
  const now = await other.clock!.now();
  await program.sim.fault('slow-before');
  await writeText(
    { db: program.database.db, config: program.config },
    school.id,
    { kind: 'reply', phone: '+61491570156' },
    now,
  );
  const sending = program.sim.advance('PT1S');
  await until(async () => (await outRows(admin))[0]?.status === 'sending');

  // As the command line moves it, with a second worker beside the first.
  await other.clock!.advanceTo(now + 2 * HOUR);
  await sweep(other.world);
  await sending;
  await until(async () => (await outRows(admin))[0]?.status === 'delivered');

  const texts = (await accepted(admin)).filter((one) => one.phone === '+61491570156');
  await other.close();
  await admin.destroy();
  await program.stop();
  expect(texts).toHaveLength(1);
});

describe('a sender that slept', () => {
  const CLAIMING = { claimMs: MINUTE, holdMs: 0 };
  const HELD = { claimMs: MINUTE, holdMs: 10 * SECOND };

  it('learns that its text is another’s, and what it does then changes nothing', () =>
    inRolledBack(async (tx) => {
      const schoolId = await makeSchoolIn(tx);
      const text = { conversationId: null, phone: '+61491570156', body: 'hi', messageType: 'reply', dueAt: 0 };
      await insertOutgoing(tx, schoolId, text, 0);
      const slept = (await claimNext(tx, schoolId, CLAIMING, 0))!;
      const awake = (await claimNext(tx, schoolId, HELD, 2 * MINUTE))!;
      expect({ slept: slept.inDoubt, awake: awake.inDoubt }).toEqual({ slept: false, awake: true });

      expect(await holdOn(tx, schoolId, slept, 0, 0)).toBeNull();
      await letGo(tx, schoolId, slept);
      await putOff(tx, schoolId, slept, 0, 'Twilio is busy');
      expect(await holdOn(tx, schoolId, awake, 10 * SECOND, 0)).toMatchObject({ optedOut: false });
      // Held by the database's own clock, hours later by the school's.
      expect(await claimNext(tx, schoolId, HELD, 5 * HOUR)).toBeNull();
      await letGo(tx, schoolId, awake);
      expect(await claimNext(tx, schoolId, HELD, 5 * HOUR)).toMatchObject({ id: slept.id, attempts: 3 });
      expect(await rows(tx, 'select status from sms_logs where school_id = ?', [schoolId])).toEqual([
        { status: 'sending' },
      ]);
    }));

  it('hears what has changed since its claim, so that nothing outdated goes out', () =>
    inRolledBack(async (tx) => {
      const schoolId = await makeSchoolIn(tx);
      const now = Date.parse('2026-11-24T14:00:00+11:00');
      const phone = '+61491570156';
      const lessonId = await bookLesson(tx, schoolId, phone, now + 2 * HOUR, now);
      const of = { lessonId, lessonStart: now + 2 * HOUR, messageType: 'reminder_2h' };
      await insertOutgoing(tx, schoolId, { conversationId: null, phone, body: 'soon', dueAt: now, ...of }, now);
      const claimed = (await claimNext(tx, schoolId, HELD, now))!;
      const wanted = () => holdOn(tx, schoolId, claimed, 10 * SECOND, now);
      expect(await wanted()).toEqual({ optedOut: false, takenOver: false, outdated: false, otp: null });

      await cancelLesson(tx, schoolId, lessonId, 'student', now);
      expect(await wanted()).toMatchObject({ outdated: true });
      const { id } = await conversationOfPhone(tx, schoolId, phone, now);
      await markConversation(tx, schoolId, id, 'opted_out_at', now);
      expect(await wanted()).toMatchObject({ optedOut: true });
    }));
});
