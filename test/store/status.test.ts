import fc from 'fast-check';
import { markSent, raiseStatus, type StatusTold } from '../../src/store/delivery';
import { insertOutgoing } from '../../src/store/messages';
import { row, rows, type Tx } from '../../src/store/sql';
import { inRolledBack } from '../support/database';
import { makeSchoolIn } from '../support/school';

const SID = `SM${'a'.repeat(32)}`;
const TOLL = { segments: 1, costMicros: null, currency: null };

/** A status that Twilio tells, or our own note that it took the text. */
type Step = 'noted' | StatusTold['status'];

const write = async (tx: Tx, schoolId: string): Promise<string> => {
  const text = { conversationId: null, phone: '+61491570156', body: 'hi', messageType: 'reply', dueAt: 0 };
  const id = (await insertOutgoing(tx, schoolId, text, 0))!;
  await rows(tx, `update sms_logs set status = 'sending', claimed_at = created_at where school_id = ? and id = ?`, [
    schoolId,
    id,
  ]);
  return id;
};

async function endOf(tx: Tx, schoolId: string, steps: Step[]) {
  const id = await write(tx, schoolId);
  for (const [n, step] of steps.entries()) {
    const errorCode = step === 'undelivered' ? 30003 : null;
    if (step === 'noted') await markSent(tx, schoolId, id, { providerSid: SID, ...TOLL }, n);
    else await raiseStatus(tx, schoolId, id, { status: step, sid: SID, errorCode, reason: null }, n);
  }
  return row<{ status: string; code: number | null; sid: string }>(
    tx,
    'select status, error_code as code, provider_sid as sid from sms_logs where school_id = ? and id = ?',
    [schoolId, id],
  );
}

describe('the status of a text', () => {
  it.each<[Step[], object]>([
    // Queued and sending, told by Twilio, say only that it has the text: "sent" to us.
    [['noted', 'sent', 'sent', 'sent', 'delivered'], { status: 'delivered', code: null, sid: SID }],
    [['noted', 'sent', 'sent', 'undelivered'], { status: 'undelivered', code: 30003, sid: SID }],
    [['noted', 'sent', 'undelivered', 'delivered'], { status: 'delivered', code: null, sid: SID }],
  ])('ends the same in every order of what is told of it: %j', async (steps, end) => {
    await inRolledBack(async (tx) => {
      const schoolId = await makeSchoolIn(tx);
      for (const order of permutations(steps))
        expect({ order, ...(await endOf(tx, schoolId, order)) }).toEqual({ order, ...end });
    });
  });

  it('ends the same however often each is told, in any order', async () => {
    await inRolledBack(async (tx) => {
      const schoolId = await makeSchoolIn(tx);
      const told = fc.array(fc.constantFrom<Step>('noted', 'sent', 'undelivered', 'failed', 'delivered'), {
        minLength: 1,
        maxLength: 8,
      });
      const rank: Step[] = ['noted', 'sent', 'undelivered', 'failed', 'delivered'];
      await fc.assert(
        fc.asyncProperty(told, async (steps) => {
          const highest = steps.reduce((a, b) => (rank.indexOf(b) > rank.indexOf(a) ? b : a));
          expect((await endOf(tx, schoolId, steps))?.status).toBe(highest === 'noted' ? 'sent' : highest);
        }),
        { numRuns: 200 },
      );
    });
  });
});

function permutations<T>(items: T[]): T[][] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, n) =>
    permutations([...items.slice(0, n), ...items.slice(n + 1)]).map((rest) => [item, ...rest]),
  );
}
