import type { Logger } from 'pino';
import type { Understood } from '../../flows/heard';
import type { Knex } from '../store/database';
import { at, row, rows } from '../store/sql';
import type { Trace } from '../world';

/** A turn as the page shows it. `ms` from the signed webhook to its answer; null for an event, or while not yet known. */
export type KeptTrace = Trace & { seq: number; ms: number | null };

/** Older turns are forgotten. */
const KEPT = 500;
/** Turns of one burst are written together, so that a busy program pays one statement for many. */
const GATHER_MS = 20;

/** One starter at a time; any number that nothing else locks. */
const LOCK = 7_304_221_906;

/** The table of turns; `prepareSimulator` has made the schema. Safe to repeat. */
export async function prepareTraces(db: Knex): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.raw('select pg_advisory_xact_lock(?)', [LOCK]);
    await tx.raw(`
    create table if not exists sim.traces (
      seq bigint generated always as identity primary key,
      school_id uuid not null,
      phone text not null,
      sid text,
      ms integer,
      at timestamptz not null,
      trace jsonb not null
    );
    create index if not exists traces_sid on sim.traces (sid);
    create index if not exists traces_at on sim.traces (school_id, at)`);
  });
}

export type TraceKeeper = {
  /** Returns at once and never throws: a turn that cannot be kept is lost to the page only. */
  observe(trace: Trace): void;
  /** How long the webhook took for this text. */
  answered(sid: string, ms: number): void;
  /** Resolves when all that was observed is written or lost. */
  flush(): Promise<void>;
};

export function keepTraces(db: Knex, log: Logger, kept: () => void = () => {}): TraceKeeper {
  let waiting: Trace[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const then = (work: () => Promise<unknown>) => {
    writing = writing
      .then(work)
      .then(kept)
      .catch((fault: unknown) => log.warn({ err: fault }, 'a turn is not shown on the phones page'));
    return writing;
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const turns = waiting.slice(-KEPT);
    waiting = [];
    return turns.length > 0 ? then(() => writeTraces(db, turns)) : writing;
  };
  return {
    observe(trace) {
      waiting.push(trace);
      timer ??= setTimeout(() => void flush(), GATHER_MS).unref();
    },
    answered(sid, ms) {
      void flush();
      void then(() => rows(db, 'update sim.traces set ms = ? where sid = ?', [Math.round(ms), sid]));
    },
    flush,
  };
}

async function writeTraces(db: Knex, traces: Trace[]): Promise<void> {
  const turns = traces.map((trace) => ({
    school_id: trace.schoolId,
    phone: trace.phone,
    sid: trace.cause.kind === 'text' ? trace.cause.sid : null,
    at: at(trace.at).toISOString(),
    trace: { ...trace, understood: trace.understood && masked(trace.understood) },
  }));
  await rows(
    db,
    `insert into sim.traces (school_id, phone, sid, at, trace) select school_id, phone, sid, at, trace
     from jsonb_to_recordset(?::jsonb) as turn (school_id uuid, phone text, sid text, at timestamptz, trace jsonb)`,
    [JSON.stringify(turns, plainText)],
  );
  await rows(db, `delete from sim.traces where seq <= (select max(seq) from sim.traces) - ${KEPT}`);
}

/** PostgreSQL keeps no NUL, and lone surrogates are no text. */
const plainText = (_key: string, value: unknown) =>
  typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;

/** A start code that was typed stays out of the trace, as it does of `sms_logs`. */
function masked({ readings, also, why }: Understood): Understood {
  const hide = <T extends { otp?: string }>(heard: T): T => (heard.otp ? { ...heard, otp: '******' } : heard);
  const [first, ...rest] = readings;
  const stars = (line: string) => line.replace(/(?<![\d-])\d{3}[ -]?\d{3}(?![\d-])/g, '******');
  return { readings: [hide(first), ...rest.map(hide)], also: also.map(hide), why: why.map(stars) };
}

const COLUMNS = `seq, ms, trace || jsonb_build_object('seq', seq, 'ms', ms) as trace`;

/** Turns after `seq`, oldest first; at most the newest `limit`. */
export async function tracesAfter(db: Knex, seq: number, limit: number): Promise<KeptTrace[]> {
  const sql = `select ${COLUMNS} from sim.traces where seq > ? order by seq desc limit ?`;
  const found = await rows<{ trace: KeptTrace }>(db, sql, [seq, limit]);
  return found.map((one) => one.trace).reverse();
}

/** The turn of a text that came in; null when none is kept. */
export async function traceOfSid(db: Knex, sid: string): Promise<KeptTrace | null> {
  const sql = `select ${COLUMNS} from sim.traces where sid = ? order by seq desc limit 1`;
  return (await row<{ trace: KeptTrace }>(db, sql, [sid]))?.trace ?? null;
}

export async function traceOfSeq(db: Knex, seq: number): Promise<KeptTrace | null> {
  return (await row<{ trace: KeptTrace }>(db, `select ${COLUMNS} from sim.traces where seq = ?`, [seq]))?.trace ?? null;
}

/** The turn that wrote a row at that moment (`created_at` is the turn's now), of that phone if there are several. */
export async function traceOfMoment(db: Knex, schoolId: string, phone: string, moment: number) {
  const sql = `select ${COLUMNS} from sim.traces where school_id = ? and at = ? order by phone = ? desc, seq limit 1`;
  return (await row<{ trace: KeptTrace }>(db, sql, [schoolId, at(moment), phone]))?.trace ?? null;
}
