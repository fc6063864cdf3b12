import { row, type Tx } from './sql';

/** When the last question to a phone was handed over to be sent; null while it has not been, or never will be. */
export async function questionOut(tx: Tx, schoolId: string, phone: string): Promise<number | null> {
  const last = await row<{ status: string; claimedAt: number | null }>(
    tx,
    `select status, claimed_at as "claimedAt" from sms_logs
     where school_id = ? and phone = ? and direction = 'out' and message_type in ('reply', 'waitlist_offer', 'lesson_finished')
     order by seq desc limit 1`,
    [schoolId, phone],
  );
  return last && ['queued', 'skipped'].includes(last.status) ? null : (last?.claimedAt ?? null);
}
