import type { Instant } from '../src/domain/time';
import type { Candidate } from './facts';

/** The price of a late drop or move that nobody has let go yet; `backCents` would be credit again. */
export type Waivable = {
  chargeId: string;
  studentId: string;
  phone: string;
  name: string;
  lessonId: string;
  lessonAt: Instant;
  amountCents: number;
  backCents: number;
};

/** Whose late notice is to be let go: the name as said, who is called so, the newest that stands, and whether this phone may. */
export type WaiveFact = { name: string | null; candidates: Candidate[]; charge: Waivable | null; allowed: boolean };
