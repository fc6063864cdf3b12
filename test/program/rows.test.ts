import type { Knex } from '../../src/store/database';
import { openDatabase } from '../../src/store/database';
import { rows } from '../../src/store/sql';
import { type Started, startProgram } from '../support/program';
import { tablesThatHold } from '../support/sending';

describe('what the database holds', () => {
  let program: Started;
  let admin: Knex;
  beforeEach(async () => {
    program = await startProgram('2026-11-24T14:00:00+11:00');
    admin = openDatabase(program.database.adminUrl, { poolMax: 2 });
  });
  afterEach(async () => {
    await admin.destroy();
    await program.stop();
  });

  const phone = '+61491570156';
  const says = async (body: string) =>
    (await program.sim.text(phone, body)).replies.map((reply) => reply.body).join('\n');
  const lesson = async () =>
    (
      await rows<Record<string, unknown>>(
        admin,
        `select l.status, l.reason, d.status as deposit, d.matched_at is not null as matched, d.reason as "depositReason"
         from lessons l join students s on s.school_id = l.school_id and s.id = l.student_id
         left join payment_deposits d on d.school_id = l.school_id and d.lesson_id = l.id where s.phone = ? order by l.created_at`,
        [phone],
      )
    ).at(-1);

  const booked = async () => {
    await says('sat 3pm with priya');
    await says('Mia');
    return /reference (\w+)/.exec(await says('yes'))![1]!;
  };

  it('follows a lesson from held to completed, and the start code is nowhere in it', async () => {
    const reference = await booked();
    expect(await lesson()).toMatchObject({ status: 'pending', deposit: 'pending', matched: false });
    expect(
      await program.sim.credit({ amountCents: 2000, description: `lesson ${reference.toLowerCase()} mia` }),
    ).toMatchObject({ outcome: 'confirmed' });
    expect(await lesson()).toMatchObject({ status: 'confirmed', deposit: 'confirmed', matched: true });
    await program.sim.setClock('2026-11-28T14:59:00+11:00');
    const texts = await program.sim.phone(phone);
    const code = /code is (\d{6})/.exec(texts.at(-1)!.body)![1]!;
    await says(`its ${code.slice(0, 3)} ${code.slice(3)}`);
    expect(await lesson()).toMatchObject({ status: 'in_progress' });
    // Students of the seed have lessons and codes of their own.
    const codes = `select o.verified from otp_events o join lessons l on l.id = o.lesson_id join students s on s.id = l.student_id`;
    expect(await rows(admin, `${codes} where s.phone = ?`, [phone])).toEqual([{ verified: true }]);
    expect(await rows(admin, 'select otp_verified as v from students where phone = ?', [phone])).toEqual([{ v: true }]);
    await program.sim.setClock('2026-11-28T16:00:00+11:00');
    await program.sim.text('+61491570313', 'done mia good roundabouts');
    expect(await lesson()).toMatchObject({ status: 'completed' });
    expect(await rows(admin, `select note from lessons where note is not null`)).toEqual([
      { note: expect.stringContaining('good roundabouts') },
    ]);
    // Every text of the phone is a row, in the order in which it came or went.
    const logged = await rows<{ direction: string }>(
      admin,
      'select direction from sms_logs where phone = ? order by seq',
      [phone],
    );
    expect(logged).toHaveLength((await program.sim.phone(phone)).length);
    expect(await tablesThatHold(admin, code)).toEqual([]);
    expect(await tablesThatHold(admin, `${code.slice(0, 3)} ${code.slice(3)}`)).toEqual([]);
  });

  it('ends an unpaid hold at its time, frees the slot and says so', async () => {
    await booked();
    await program.sim.advance('PT25H');
    expect(await lesson()).toMatchObject({
      status: 'cancelled',
      reason: 'hold_expired',
      deposit: 'failed',
      depositReason: 'hold_expired',
    });
    expect((await program.sim.phone(phone)).at(-1)!.body).toMatch(
      /^Your hold on Sat 28 Nov, 3:00pm, 60 min with Priya has ended/,
    );
    const { replies } = await program.sim.text('+61491572549', 'sat 3pm with priya');
    expect(replies[0]?.body).toBe('Sat 28 Nov, 3:00pm, 60 min with Priya? Reply YES to book.');
  });

  it('gives the same lesson back when the money comes late and the slot is still free, else keeps it as credit', async () => {
    const reference = await booked();
    await program.sim.advance('PT25H');
    expect(await program.sim.credit({ amountCents: 2000, reference })).toMatchObject({ outcome: 'confirmed' });
    expect(await lesson()).toMatchObject({ status: 'confirmed', deposit: 'confirmed', matched: true });
    // A second student, whose slot is taken by another before the money comes.
    const other = '+61491572549';
    await program.sim.text(other, 'sat 11am with priya');
    const held = (await program.sim.text(other, 'yes')).replies[0]!.body;
    await program.sim.advance('PT25H');
    for (const body of ['sat 11am with priya', 'yes']) await program.sim.text('+61491571491', body);
    const late = await program.sim.credit({ amountCents: 2000, reference: /reference (\w+)/.exec(held)![1]! });
    expect(late).toMatchObject({ outcome: 'credited' });
    expect((await program.sim.phone(other)).at(-1)!.body).toMatch(
      /^Your \$20 came after the hold on Sat 28 Nov, 11:00am/,
    );
    expect(await rows(admin, 'select sum(amount_cents)::int as cents from credits')).toEqual([{ cents: 2000 }]);
  });

  it('queues money that does not fit exactly, and counts the same credit once', async () => {
    const reference = await booked();
    for (const credit of [
      { amountCents: 1500, reference },
      { amountCents: 2000, description: 'driving mia' },
    ]) {
      expect(await program.sim.credit(credit)).toMatchObject({ outcome: 'queued' });
    }
    expect(await lesson()).toMatchObject({ status: 'pending' });
    expect(await program.sim.credit({ amountCents: 2000, reference, id: 'bank-1' })).toMatchObject({
      outcome: 'confirmed',
    });
    expect(await program.sim.credit({ amountCents: 2000, reference, id: 'bank-1' })).toMatchObject({
      outcome: 'duplicate',
    });
    expect(await program.sim.credit({ amountCents: 2000, reference, id: 'bank-2' })).toMatchObject({
      outcome: 'queued',
    });
    expect(await rows(admin, 'select count(*)::int as n from bank_transactions')).toEqual([{ n: 4 }]);
  });

  it('keeps a text that it cannot handle as failed, answers it, tells the office and never fails', async () => {
    await rows(admin, `update schools set policy = '{"holdHours": "soon"}'`);
    expect(await says('hi')).toBe(
      'Sorry, something went wrong on our side. We have told the school, who will get back to you.',
    );
    expect(await rows(admin, `select status from sms_logs where direction = 'in'`)).toEqual([{ status: 'failed' }]);
    expect(await rows(admin, `select kind from alerts`)).toEqual([{ kind: 'fault' }]);
    expect((await program.sim.phone('+61491570737')).at(-1)!.body).toContain('could not be handled');
  });

  it('restarts a conversation of older flows politely', async () => {
    await says('sat arvo');
    await says('Mia');
    await rows(admin, 'update conversations set flow_version = 0 where phone = ?', [phone]);
    expect(await says('1')).toMatch(/^We left off a while ago/);
    expect(await says('sat 3pm')).toContain('Reply YES to book');
  });

  it('books nothing on a YES that comes 31 minutes later, and offers afresh', async () => {
    await says('sat 3pm with priya');
    await says('Mia');
    await program.sim.advance('PT31M');
    expect(await says('yes')).toBe(
      'That question is too old now, so nothing was booked. Sat 28 Nov, 3:00pm, 60 min with Priya? Reply YES to book.',
    );
    expect(await lesson()).toBeUndefined();
    expect(await says('yes')).toMatch(/^Held until/);
  });

  it('sends nothing after STOP, leaves lessons alone, and shows the office a CANCEL before a lesson', async () => {
    await booked();
    expect(await says('CANCEL')).toBe('');
    expect(await lesson()).toMatchObject({ status: 'pending' });
    expect((await program.sim.phone('+61491570737')).at(-1)!.body).toMatch(
      /^Mia .* opted out of texts with the word CANCEL/,
    );
    await program.sim.advance('PT25H');
    const skipped = await rows(
      admin,
      `select status, status_reason as reason from sms_logs where phone = ? and message_type = 'hold_ended'`,
      [phone],
    );
    expect(skipped.filter((text) => (text as { status: string }).status !== 'skipped')).toEqual([]);
    expect(await says('START')).toContain("You get Bayside Driving's texts again");
  });
});
