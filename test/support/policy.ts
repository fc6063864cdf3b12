import { inSchool } from '../../src/store/database';
import { schoolIds } from '../../src/store/schools';
import { writePolicy } from '../../src/store/setup';
import type { Started } from './program';

/** The policy of the demo school from now on, as `dss policy set` writes it. */
export async function setPolicy({ database: { db } }: Started, policy: object): Promise<void> {
  for (const id of await schoolIds(db)) await inSchool(db, id, (tx) => writePolicy(tx, id, policy));
}
