import { parsePolicy } from '../domain/policy';
import { DAY, HOUR } from '../domain/time';
import { inSchool } from '../store/database';
import { forgetAlerts, forgetBodies, forgetEvents, policyOf } from '../store/forget';
import { finishWork, schoolsDue, takeWork } from '../store/school-work';
import type { World } from '../world';

const KIND = 'forget_words';
const EVERY = DAY;
/** Rows of one transaction, so that no turn waits long for them. */
const AT_ONCE = 1000;

/** Words of texts and raw happenings go when the school's retention period is over; how many rows were changed. */
export async function forgetWords(world: World): Promise<number> {
  let forgotten = 0;
  for (const schoolId of await schoolsDue(world.db, KIND, await world.now()))
    try {
      forgotten += await ofSchool(world, schoolId);
    } catch (fault) {
      world.log.warn({ school: schoolId, err: fault }, 'old texts could not be cleared; it is tried again');
    }
  return forgotten;
}

async function ofSchool(world: World, schoolId: string): Promise<number> {
  const now = await world.now();
  const policy = await inSchool(world.db, schoolId, async (tx) =>
    (await takeWork(tx, schoolId, KIND, now + HOUR, now)) ? parsePolicy(await policyOf(tx, schoolId)) : null,
  );
  if (!policy) return 0;
  const before = now - policy.retentionDays * DAY;
  let forgotten = 0;
  for (const forget of [forgetBodies, forgetEvents])
    for (let done = AT_ONCE; done === AT_ONCE; forgotten += done)
      done = await inSchool(world.db, schoolId, (tx) => forget(tx, schoolId, before, AT_ONCE));
  await inSchool(world.db, schoolId, async (tx) => {
    await forgetAlerts(tx, schoolId, before);
    await finishWork(tx, schoolId, KIND, before, now + EVERY);
  });
  return forgotten;
}
