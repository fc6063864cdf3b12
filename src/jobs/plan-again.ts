import { lessonsToPlan } from '../store/reminders';
import { planUnasked } from '../turn/plan';
import type { World } from '../world';

const AT_ONCE = 500;

/** Plans every lesson that was written or changed and not planned by whoever did it; how many. */
export async function planAgain(world: World): Promise<number> {
  let planned = 0;
  for (const { schoolId, lessonId } of await lessonsToPlan(world.db, AT_ONCE)) {
    try {
      await planUnasked(world, schoolId, lessonId);
      planned += 1;
    } catch (fault) {
      world.log.warn({ lesson: lessonId, err: fault }, 'a lesson could not be planned; the sweep comes again');
    }
  }
  return planned;
}
