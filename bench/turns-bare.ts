import express from 'express';
import { Pool } from 'pg';
import { validateRequest } from 'twilio';
import { assign, setup, transition } from 'xstate';

/**
 * What such a line costs at least: express, Twilio's signature, one XState step and one transaction of five named
 * statements; nothing is understood, no rule is kept. `node -r tsx/cjs bench/turns-bare.ts`, with DATABASE_URL and PORT.
 */
const url = `http://127.0.0.1:${process.env.PORT}`;
const token = process.env.TWILIO_AUTH_TOKEN ?? '';
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

const machine = setup({
  types: { context: {} as { name: string }, events: {} as { type: 'text'; body: string } },
}).createMachine({
  context: { name: '' },
  initial: 'idle',
  states: {
    idle: { on: { text: 'named' } },
    named: { on: { text: { target: 'offered', actions: assign({ name: ({ event }) => event.body }) } } },
    offered: { on: { text: 'asked' } },
    asked: { on: { text: 'idle' } },
  },
});

const app = express();
app.get('/readyz', async (_request, response) => {
  await pool.query(`create table if not exists bare_conversations (phone text primary key, place jsonb not null)`);
  await pool.query(
    `create table if not exists bare_texts (id bigint generated always as identity primary key, sid text unique, phone text, direction text, body text)`,
  );
  response.json({ ready: true });
});
app.post('/webhooks/twilio/messages', express.urlencoded({ extended: false }), async (request, response) => {
  if (!validateRequest(token, request.get('x-twilio-signature') ?? '', url + request.originalUrl, request.body))
    return void response.status(403).end();
  await turn(request.body);
  response.type('text/xml').send('<Response/>');
});
app.listen(Number(process.env.PORT), '127.0.0.1');

async function turn({ From, Body, MessageSid }: Record<'From' | 'Body' | 'MessageSid', string>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const found = await client.query({
      name: 'lock',
      text: 'select place from bare_conversations where phone = $1 for update',
      values: [From],
    });
    await client.query({
      name: 'in',
      text: `insert into bare_texts (sid, phone, direction, body) values ($1, $2, 'in', $3) on conflict do nothing`,
      values: [MessageSid, From, Body],
    });
    const place = found.rows[0]?.place ?? { value: 'idle', context: { name: '' } };
    const [next] = transition(machine, machine.resolveState(place), { type: 'text', body: Body });
    await client.query({
      name: 'out',
      text: `insert into bare_texts (phone, direction, body) values ($1, 'out', $2)`,
      values: [From, `you said ${Body}; you are at ${String(next.value)}`],
    });
    await client.query({
      name: 'save',
      text: 'insert into bare_conversations values ($1, $2) on conflict (phone) do update set place = excluded.place',
      values: [From, JSON.stringify({ value: next.value, context: next.context })],
    });
    await client.query('commit');
  } finally {
    client.release();
  }
}

process.once('SIGTERM', () => process.exit(0));
