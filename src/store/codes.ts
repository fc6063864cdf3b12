import { DAY, MINUTE } from '../domain/time';
import { at, row, rows, type Tx } from './sql';

/** The latest code of a lesson, with what has been guessed at it and at all codes of the lesson. */
export type CodeRow = {
  id: string;
  lessonId: string;
  hash: string;
  expiresAt: number;
  ended: boolean;
  guesses: number;
  guessesOfLesson: number;
};

/** The codes that a text of this student may be meant for: the newest of each lesson that is to begin, the newest first. */
export function latestCodes(tx: Tx, schoolId: string, studentId: string): Promise<CodeRow[]> {
  return rows<CodeRow>(
    tx,
    `select * from (
       select distinct on (o.lesson_id) o.id, o.lesson_id as "lessonId", o.otp_code as hash, o.expires_at as "expiresAt",
         o.ended_at is not null as ended, o.guesses, o.created_at,
         (select sum(a.guesses)::int from otp_events a where a.school_id = o.school_id and a.lesson_id = o.lesson_id) as "guessesOfLesson"
       from otp_events o join lessons l on l.school_id = o.school_id and l.id = o.lesson_id
       where o.school_id = ? and l.student_id = ? and l.status = 'confirmed' and not o.verified
       order by o.lesson_id, o.created_at desc) newest
     order by created_at desc, "lessonId" limit 5`,
    [schoolId, studentId],
  );
}

/** How many codes went to this student of late, for the limits of the policy. */
export async function codesOfLate(
  tx: Tx,
  schoolId: string,
  studentId: string,
  secondsBetween: number,
  now: number,
): Promise<{ justNow: number; tenMinutes: number; day: number }> {
  const found = await row<{ justNow: number; tenMinutes: number; day: number }>(
    tx,
    `select count(*) filter (where o.created_at > ?)::int as "justNow", count(*) filter (where o.created_at > ?)::int as "tenMinutes",
       count(*)::int as day
     from otp_events o join lessons l on l.school_id = o.school_id and l.id = o.lesson_id
     where o.school_id = ? and l.student_id = ? and o.created_at > ?`,
    [at(now - secondsBetween * 1000), at(now - 10 * MINUTE), schoolId, studentId, at(now - DAY)],
  );
  return found!;
}

/** How many codes the school has made since then; counted no further than `most`. */
export async function codesMadeSince(tx: Tx, schoolId: string, since: number, most: number): Promise<number> {
  const found = await row<{ n: number }>(
    tx,
    'select count(*) as n from (select 1 from otp_events where school_id = ? and created_at >= ? limit ?) made',
    [schoolId, at(since), most],
  );
  return found!.n;
}

/** A new code for the lesson; the ones before it end. */
export async function insertCode(
  tx: Tx,
  schoolId: string,
  code: { id: string; lessonId: string; hash: string; nonce: string; expiresAt: number },
  now: number,
): Promise<void> {
  await rows(
    tx,
    'update otp_events set ended_at = ? where school_id = ? and lesson_id = ? and ended_at is null and not verified',
    [at(now), schoolId, code.lessonId],
  );
  await rows(
    tx,
    `insert into otp_events (school_id, id, lesson_id, otp_code, nonce, expires_at, created_at) values (?, ?, ?, ?, ?, ?, ?)`,
    [schoolId, code.id, code.lessonId, code.hash, code.nonce, at(code.expiresAt), at(now)],
  );
}

/** One more wrong guess; the code ends with the guess that reaches `limit`. */
export async function countGuess(tx: Tx, schoolId: string, id: string, limit: number, now: number): Promise<void> {
  await rows(
    tx,
    `update otp_events set guesses = guesses + 1, ended_at = case when guesses + 1 >= ? then coalesce(ended_at, ?) else ended_at end
     where school_id = ? and id = ?`,
    [limit, at(now), schoolId, id],
  );
}

/** The code was right: it serves once, and its student has shown that the phone is theirs. */
export async function verifyCode(tx: Tx, schoolId: string, id: string, studentId: string, now: number): Promise<void> {
  await rows(tx, 'update otp_events set verified = true, ended_at = ? where school_id = ? and id = ?', [
    at(now),
    schoolId,
    id,
  ]);
  await rows(tx, 'update students set otp_verified = true where school_id = ? and id = ?', [schoolId, studentId]);
}

/** Codes of a lesson that began without one are of no more use. */
export async function endCodes(tx: Tx, schoolId: string, lessonId: string, now: number): Promise<void> {
  await rows(tx, 'update otp_events set ended_at = ? where school_id = ? and lesson_id = ? and ended_at is null', [
    at(now),
    schoolId,
    lessonId,
  ]);
}

/** The lesson of a code that still stands; null when it has ended or served. */
export async function lessonOfCode(tx: Tx, schoolId: string, id: string): Promise<string | null> {
  const found = await row<{ lessonId: string }>(
    tx,
    'select lesson_id as "lessonId" from otp_events where school_id = ? and id = ? and ended_at is null and not verified',
    [schoolId, id],
  );
  return found?.lessonId ?? null;
}
