import { at, row, rows, type Tx } from './sql';

/** Takes the words from texts of before, oldest first, at most `limit`; how many. Their rows, keys and the provider's ids stay. */
export async function forgetBodies(tx: Tx, schoolId: string, before: number, limit: number): Promise<number> {
  const done = await rows(
    tx,
    `update sms_logs set body = '' where school_id = ? and id in (
       select id from sms_logs where school_id = ? and created_at < ? and body <> '' and status not in ('queued', 'sending')
       order by created_at limit ?) returning 1`,
    [schoolId, schoolId, at(before), limit],
  );
  return done.length;
}

/** Removes happenings that are done since before then; what they were about is past, so none can happen again. */
export async function forgetEvents(tx: Tx, schoolId: string, before: number, limit: number): Promise<number> {
  const done = await rows(
    tx,
    `delete from events where school_id = ? and id in (
       select id from events where school_id = ? and done_at < ? order by done_at limit ?) returning 1`,
    [schoolId, schoolId, at(before), limit],
  );
  return done.length;
}

/** What the office was told in words goes with the texts. */
export async function forgetAlerts(tx: Tx, schoolId: string, before: number): Promise<void> {
  await rows(tx, `update alerts set detail = '' where school_id = ? and created_at < ? and detail <> ''`, [
    schoolId,
    at(before),
  ]);
}

/** The school's policy as it is stored. */
export async function policyOf(tx: Tx, schoolId: string): Promise<unknown> {
  return (await row<{ policy: unknown }>(tx, 'select policy from schools where id = ?', [schoolId]))?.policy;
}
