import type { Heard } from '../../flows/heard';
import type { Facts } from '../../flows/vocabulary';
import { type Place, stateName } from '../conversation/place';
import type { Reads } from './reads';

const ANSWERS = new Set<Heard['intent']>(['confirm_yes', 'confirm_no']);

/** The text lets a late notice go, or answers whether it shall be. */
export const isWaiving = (place: Place, { intent }: Heard): boolean =>
  intent === 'waive' || (stateName(place.value) === 'waive.confirm' && ANSWERS.has(intent));

/** Whose late notice, which of them stands, and whether this phone may let it go (`cancellation.waivedBy`). */
export async function waiveFacts(reads: Reads, facts: Facts, place: Place, heard: Heard): Promise<Facts> {
  const role = place.role === 'owner' ? 'owner' : 'instructor';
  const allowed = facts.school.policy.cancellation.waivedBy.includes(role);
  const asked = place.memory.waive;
  if (heard.intent !== 'waive') {
    const standing = asked ? await reads.waivable(asked.phone) : [];
    const charge = standing.find((one) => one.chargeId === asked?.chargeId) ?? null;
    return { ...facts, waive: { name: charge?.name ?? '', candidates: [], charge, allowed } };
  }
  const name = heard.lessonRef?.student ?? heard.name ?? null;
  const said = name === null ? [] : await reads.studentsNamed(name);
  // "waive leos fee".
  const found = said.length === 0 && name?.endsWith('s') ? await reads.studentsNamed(name.slice(0, -1)) : said;
  const words = facts.words.toLowerCase();
  const whole = found.filter((one) => words.includes(one.student.name.toLowerCase()));
  const candidates = whole.length === 1 ? whole : found;
  const phones = new Set(candidates.map((one) => one.student.phone));
  const [phone] = phones;
  const standing = phones.size === 1 && phone !== undefined ? await reads.waivable(phone) : [];
  const one = phones.size === 1 ? candidates.slice(0, 1) : candidates;
  return {
    ...facts,
    waive: {
      name: one.length === 1 ? one[0]!.student.name : name,
      candidates: one,
      charge: standing[0] ?? null,
      allowed,
    },
  };
}
