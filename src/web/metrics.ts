import { type Request, type Response, Router } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Channel } from '../channels/channel';
import { segmentsOf } from '../domain/texts';
import type { Trace } from '../world';

/** What is asked of the database when somebody scrapes; null where this program may not see it. */
export type Gauges = {
  waiting(): Promise<{ kind: string; due: number; oldestSeconds: number }[]>;
  handOffs(): Promise<number | null>;
};

export type Metrics = {
  /** Counts the turn; to be called beside other onlookers. */
  observe(trace: Trace): void;
  /** Measures one turn from the webhook's side, commit included. */
  timed<T>(kind: 'text' | 'event', turn: () => Promise<T>): Promise<T>;
  /** The same channel, whose texts are counted. */
  counted(channel: Channel): Channel;
  /** A status callback came. */
  status(status: string, errorCode: number | null): void;
  /** `GET /metrics`. */
  router(gauges: Gauges): Router;
};

/** Counts what this process does since its start, in a registry of its own. No label holds a school, a phone or a name. */
export function makeMetrics(): Metrics {
  const register = new Registry();
  const into = { registers: [register] };
  const turns = new Counter({
    name: 'dss_turns_total',
    help: 'Turns by what caused them and what came of them',
    labelNames: ['kind', 'result'],
    ...into,
  });
  const latency = new Histogram({
    name: 'dss_turn_seconds',
    help: 'Time from the arrival of a text or event to its commit',
    labelNames: ['kind', 'result'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
    ...into,
  });
  const texts = new Counter({
    name: 'dss_texts_total',
    help: 'Texts by direction, status and the provider’s error code',
    labelNames: ['direction', 'status', 'error'],
    ...into,
  });
  const segments = new Counter({
    name: 'dss_segments_total',
    help: 'SMS segments that were handed to the provider',
    ...into,
  });
  // The share is the ratio of these two, over whatever time the asker wants.
  const heard = new Counter({ name: 'dss_heard_total', help: 'Texts that a machine was asked about', ...into });
  const unclear = new Counter({ name: 'dss_not_understood_total', help: 'Of these, not understood', ...into });

  return {
    observe(trace) {
      const { kind } = trace.cause;
      turns.inc({ kind, result: resultOf(trace) });
      if (kind !== 'text') return;
      texts.inc({ direction: 'in', status: 'received', error: '' });
      if (!trace.understood) return;
      heard.inc();
      if (notUnderstood(trace)) unclear.inc();
    },
    async timed(kind, turn) {
      const end = latency.startTimer({ kind });
      try {
        const done = await turn();
        end({ result: 'done' });
        return done;
      } catch (fault) {
        end({ result: 'failed' });
        throw fault;
      }
    },
    counted: (channel) => ({
      list: (query) => channel.list(query),
      async send(text) {
        const sending = await channel.send(text);
        const error = sending.kind === 'refused' && sending.code !== null ? String(sending.code) : '';
        texts.inc({ direction: 'out', status: sending.kind, error });
        if (sending.kind === 'accepted') segments.inc(segmentsOf(text.body).segments);
        return sending;
      },
    }),
    status: (status, errorCode) =>
      texts.inc({ direction: 'out', status, error: errorCode === null ? '' : `${errorCode}` }),
    router(gauges) {
      collectDefaultMetrics({ register });
      addGauges(register, gauges);
      const router = Router();
      router.get('/', async (_request: Request, response: Response) => {
        response
          .set('cache-control', 'no-store')
          .type(register.contentType)
          .send(await register.metrics());
      });
      return router;
    },
  };
}

function addGauges(register: Registry, gauges: Gauges): void {
  // prom-client asks each metric for itself; one scrape asks the database once.
  let asked: ReturnType<Gauges['waiting']> | null = null;
  const waiting = () => {
    asked ??= gauges
      .waiting()
      .catch(() => [])
      .finally(() => {
        asked = null;
      });
    return asked;
  };
  new Gauge({
    name: 'dss_queue_due',
    help: 'Rows of all schools that are due and not done',
    labelNames: ['kind'],
    registers: [register],
    async collect() {
      for (const { kind, due } of await waiting()) this.set({ kind }, due);
    },
  });
  new Gauge({
    name: 'dss_queue_oldest_due_seconds',
    help: 'For how long the oldest of them has been due',
    labelNames: ['kind'],
    registers: [register],
    async collect() {
      for (const { kind, oldestSeconds } of await waiting()) this.set({ kind }, oldestSeconds);
    },
  });
  new Gauge({
    name: 'dss_hand_offs_open',
    help: 'Conversations that wait for a person; NaN when the database role may not see all schools',
    registers: [register],
    async collect() {
      const count = await gauges.handOffs().catch(() => null);
      this.set(count ?? Number.NaN);
    },
  });
}

function resultOf(trace: Trace): string {
  const kinds = trace.commands.map((command) => command.kind);
  if (kinds.includes('left_to_a_person')) return 'left_to_a_person';
  if (kinds.includes('hand_off')) return 'hand_off';
  if (notUnderstood(trace)) return 'not_understood';
  if (kinds.length > 0) return 'carried_out';
  return trace.templates.length > 0 ? 'answered' : 'nothing_to_do';
}

const notUnderstood = ({ understood, templates }: Trace) =>
  understood !== null && (understood.readings[0].intent === 'unknown' || templates.includes('say.not_understood'));
