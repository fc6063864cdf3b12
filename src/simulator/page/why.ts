import { inSchool, type Knex } from '../../store/database';
import { row } from '../../store/sql';
import { schoolAt } from '../phone';
import { type KeptTrace, traceOfMoment, traceOfSeq, traceOfSid } from '../traces';
import { type SimText, textBySid } from '../twilio/texts';
import { type Written, writtenAt } from './written';

/** What the school keeps of a text it sent. */
export type KeptRow = {
  messageType: string;
  status: string;
  reason: string | null;
  dueAt: number;
  writtenAt: number;
};

/** Why a text is there (a turn that no text caused has none): the turn that it caused or that wrote it, and the school's own row of it. */
export type Why = {
  text: Pick<SimText, 'sid' | 'direction' | 'from' | 'to' | 'body' | 'at' | 'byCarrier' | 'status'> | null;
  row: KeptRow | null;
  trace: KeptTrace | null;
  /** Rows that the turn added. */
  written: Written[];
};

/** Null when no such text is known. */
export async function whyOf(db: Knex, sid: string): Promise<Why | null> {
  const text = await textBySid(db, sid);
  if (!text) return null;
  const { direction, from, to, body, at, byCarrier, status } = text;
  const shown = { sid: text.sid, direction, from, to, body, at, byCarrier, status };
  const explained = async (kept: KeptRow | null, trace: KeptTrace | null): Promise<Why> => ({
    ...{ text: shown, row: kept, trace },
    written: trace ? await writtenAt(db, trace.schoolId, trace.at) : [],
  });
  if (direction === 'in') return explained(null, await traceOfSid(db, text.sid));
  const school = byCarrier ? null : await schoolAt(db, from);
  const kept = school && (await inSchool(db, school.id, (tx) => row<KeptRow>(tx, ROW, [school.id, text.sid])));
  const trace = school && kept ? await traceOfMoment(db, school.id, to, kept.writtenAt) : null;
  return explained(kept, trace);
}

/** One turn, whatever caused it. Null when it is forgotten. */
export async function whyOfTurn(db: Knex, seq: number): Promise<Why | null> {
  const trace = await traceOfSeq(db, seq);
  return trace && { text: null, row: null, trace, written: await writtenAt(db, trace.schoolId, trace.at) };
}

const ROW = `select message_type as "messageType", status, status_reason as reason, due_at as "dueAt",
  created_at as "writtenAt" from sms_logs where school_id = ? and provider_sid = ?`;
