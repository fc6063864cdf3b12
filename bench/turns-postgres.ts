import { createHash, randomUUID } from 'node:crypto';
import { Pool, type PoolClient } from 'pg';
import { MINUTE } from '../src/domain/time';
import { lockConversation, savePlace } from '../src/store/conversations';
import { loadDiaries } from '../src/store/diaries';
import { insertInbound, insertOutgoing, isNewSid } from '../src/store/messages';
import { loadSpeaker } from '../src/store/speaker';
import type { Tx } from '../src/store/sql';
import { type Rate, rate } from './turns';

/** The statements of a turn alone, named, without Knex, HTTP, understanding or flows: what PostgreSQL itself would carry. */
export async function measurePostgres(
  url: string,
  numbers: string[],
  concurrency: number,
  seconds: number,
): Promise<Rate> {
  const pool = new Pool({ connectionString: url, max: concurrency, options: '-c timezone=UTC' });
  const schools = await schoolsOf(pool, numbers);
  const until = performance.now() + seconds * 1000;
  const times: number[] = [];
  const one = async (_: unknown, which: number) => {
    for (let n = which; performance.now() < until; n += concurrency) {
      const phone = `+6140${String(n % 1_000_000).padStart(7, '0')}`;
      for (let step = 0; step < 4; step += 1) {
        const began = performance.now();
        const client = await pool.connect();
        await turn(client, schools[n % schools.length]!, numbers[n % numbers.length]!, phone, step).finally(() =>
          client.release(),
        );
        times.push(performance.now() - began);
      }
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: concurrency }, one));
  const took = performance.now() - began;
  await pool.end();
  return rate(times, took);
}

async function schoolsOf(pool: Pool, numbers: string[]): Promise<string[]> {
  const client = await pool.connect();
  const ids: string[] = [];
  for (const number of numbers) ids.push(await numberOwner(client, number));
  client.release();
  return ids;
}

async function numberOwner(client: PoolClient, number: string): Promise<string> {
  await client.query('begin');
  await client.query(`select set_config('role', 'dss_sweep', true), set_config('app.school', '', true)`);
  const found = await client.query(named('select id from schools where phone = ?', [number]));
  await client.query('commit');
  return found.rows[0].id;
}

async function turn(client: PoolClient, schoolId: string, number: string, phone: string, step: number): Promise<void> {
  const tx = { raw: (sql: string, values: unknown[]) => client.query(named(sql, values)) } as unknown as Tx;
  const now = Date.now();
  await numberOwner(client, number);
  await client.query('begin');
  await tx.raw(`select set_config('role', 'dss_app', true), set_config('app.school', ?, true)`, [schoolId]);
  const place = { role: 'student', value: 'idle', memory: { unclear: 0, askedAt: 0, offers: [] } };
  const { id: conversationId } = await lockConversation(tx, schoolId, phone, { place, flowVersion: 1 }, now);
  const sid = randomUUID();
  await isNewSid(tx, schoolId, sid, now);
  const { school } = await loadSpeaker(tx, schoolId, phone);
  const text = { conversationId, phone, body: '60 min tue 3pm', sid, status: 'received', reason: null } as const;
  await insertInbound(tx, schoolId, text, now);
  // Two of the four texts look into the diaries.
  if (step >= 2) await loadDiaries(tx, schoolId, school.zone, now, now + 28 * 24 * 60 * MINUTE, null, now);
  const body = 'Tue 24 Nov, 3:00pm, 60 min with Sam? Reply YES to book.';
  await insertOutgoing(tx, schoolId, { conversationId, phone, body, messageType: 'reply', dueAt: now }, now);
  await savePlace(tx, schoolId, conversationId, place, 1, now);
  await client.query('commit');
}

const texts = new Map<string, { name: string; text: string }>();

/** Knex's question marks as PostgreSQL's numbers, prepared once a connection. */
function named(sql: string, values: unknown[]) {
  let known = texts.get(sql);
  if (!known) {
    let n = 0;
    const text = sql.replace(/\?/g, () => `$${++n}`);
    known = { name: createHash('sha1').update(sql).digest('hex').slice(0, 20), text };
    texts.set(sql, known);
  }
  return { ...known, values };
}
