import { connect } from 'node:net';
import { deriveKeys, loadSecretKey } from '../../src/secrets';
import { type Knex, openDatabase } from '../../src/store/database';
import { rows } from '../../src/store/sql';
import { chanceOf } from '../reminders/year';
import { type Started, startProgram } from '../support/program';
import { until } from '../support/until';
import { genuine, sign } from './fuzz';

/** Each is answered by one text, whatever came before it. */
const TEXTS = ['hi', 'prices', 'sat 3pm with priya', 'Mia', 'yes', 'help', 'who teaches', 'menu'];
const PHONES = Array.from({ length: 6 }, (_, n) => `+6149158${4000 + n}`);

type Delivery = { sid: string; body: string; request: string };

/** Twilio brings texts twice, late, out of order and several at once. */
describe('texts of a phone that come in disorder', () => {
  let program: Started;
  let admin: Knex;
  let account: { account: string; token: string; school: string; url: string };
  beforeAll(async () => {
    program = await startProgram('2026-11-24T14:00:00+11:00');
    admin = openDatabase(program.database.adminUrl, { poolMax: 1 });
    const keys = deriveKeys(loadSecretKey(program.config));
    account = {
      account: keys.twilioAccountSid,
      token: keys.twilioAuthToken,
      school: '+61491570006',
      url: program.running.url,
    };
  });
  afterAll(async () => {
    await admin.destroy();
    await program.stop();
  });

  function delivery(phone: string, n: number, body: string): Delivery {
    const form = { ...genuine(account, n, body), From: phone };
    const content = new URLSearchParams(form).toString();
    const head = [
      'POST /webhooks/twilio/messages HTTP/1.1',
      `host: ${new URL(account.url).host}`,
      `x-twilio-signature: ${sign(account, form)}`,
      'content-type: application/x-www-form-urlencoded',
      `content-length: ${Buffer.byteLength(content)}`,
    ];
    return { sid: form.MessageSid!, body, request: `${head.join('\r\n')}\r\n\r\n${content}` };
  }

  /** All on one line, one right behind the other, so that they arrive in that order and none waits for an answer. */
  async function arrive(deliveries: Delivery[]): Promise<number[]> {
    const { hostname, port } = new URL(account.url);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.write(deliveries.map((one) => one.request).join(''));
    const statuses = () => [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => Number(match[1]));
    await until(() => statuses().length === deliveries.length, 60_000);
    socket.destroy();
    return statuses();
  }

  it('are handled in the order of their arrival, each once and answered once; a YES that arrives before what it answers books nothing', async () => {
    const chance = chanceOf(20261128);
    const arrivals = new Map<string, Delivery[]>();
    for (const [p, phone] of PHONES.entries()) {
      const texts = TEXTS.map((body, n) => delivery(phone, 1000 + 10 * p + n, body));
      // The first phone's come as they were written; of all each comes two or three times.
      const copies = [...texts, ...texts, ...texts.filter(() => chance() < 0.5)];
      arrivals.set(
        phone,
        p === 0
          ? copies
          : copies
              .map((one) => ({ one, by: chance() }))
              .sort((a, b) => a.by - b.by)
              .map(({ one }) => one),
      );
    }
    const statuses = await Promise.all([...arrivals.values()].map(arrive));
    // Late ones, when all has been said.
    statuses.push(await arrive([...arrivals.values()].flatMap((all) => all.slice(0, 3))));
    expect(new Set(statuses.flat())).toEqual(new Set([200]));
    await program.sim.advance('PT1M');

    for (const [phone, arrived] of arrivals) {
      const once = arrived.filter((one, n) => arrived.findIndex((other) => other.sid === one.sid) === n);
      const got = await rows<{ direction: string; body: string }>(
        admin,
        'select direction, body from sms_logs where phone = ? order by seq',
        [phone],
      );
      const came = got.filter((text) => text.direction === 'in').map((text) => text.body);
      expect({ phone, came }).toEqual({ phone, came: once.map((one) => one.body) });
      const answers = (await program.sim.phone(phone)).filter((text) => text.direction === 'out');
      expect({ phone, answers: answers.length }).toEqual({ phone, answers: TEXTS.length });
      // Rows stand text, answer, text, answer: no text was handled before the one ahead of it was.
      expect(got.map((text) => text.direction)).toEqual(TEXTS.flatMap(() => ['in', 'out']));
    }
    // A YES says yes to what had been asked by then, and one slot is one phone's.
    const booked = await rows<{ phone: string }>(
      admin,
      'select s.phone from lessons l join students s on s.id = l.student_id where s.phone = any(?)',
      [PHONES],
    );
    const couldBook = PHONES.filter((phone) => {
      const place = (body: string) => arrivals.get(phone)!.findIndex((one) => one.body === body);
      return place('sat 3pm with priya') < place('yes') && place('Mia') < place('yes');
    });
    expect(couldBook).toEqual(expect.arrayContaining(booked.map((one) => one.phone)));
    expect(booked.length).toBeLessThanOrEqual(1);
  }, 120_000);
});
