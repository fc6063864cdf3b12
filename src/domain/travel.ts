import type { Policy } from './policy';
import { MINUTE, type Span } from './time';

/** Where a lesson begins and ends: the pick-up in the student's words, and the suburb that is known of the student. */
export type Whereabouts = { pickup?: string | null; suburb?: string | null };

type Roads = Pick<Policy, 'travel' | 'bufferMinutes'>;

/** Minutes that an instructor needs between two lessons, in either order: the table's when both suburbs are in it, never below the buffer. */
export function minutesBetween(roads: Roads, one: Whereabouts, other: Whereabouts): number {
  if (roads.travel.length === 0) return roads.bufferMinutes;
  const map = mapOf(roads.travel);
  const [from, to] = [suburbOf(map, one), suburbOf(map, other)];
  return Math.max(roads.bufferMinutes, map.minutes.get(`${from}|${to}`) ?? 0);
}

/** The first of an instructor's lessons that lies too near for the way between them; null when all can be reached. */
export function tooFar<Lesson extends Span & Whereabouts>(
  roads: Roads,
  slot: Span & Whereabouts,
  lessons: readonly Lesson[],
): Lesson | null {
  const clashes = (lesson: Lesson) => {
    const apart = minutesBetween(roads, slot, lesson) * MINUTE;
    return lesson.startsAt < slot.endsAt + apart && slot.startsAt < lesson.endsAt + apart;
  };
  return lessons.find(clashes) ?? null;
}

/** The most that two lessons may have to lie apart. */
export const farthest = ({ travel, bufferMinutes }: Roads) =>
  Math.max(bufferMinutes, ...travel.map((road) => road.minutes)) * MINUTE;

type RoadMap = { suburbs: string[]; minutes: Map<string, number> };

/** The suburb of the table that the pick-up names, the longest first ("Manly Vale" is not Manly); else the student's own. */
function suburbOf(map: RoadMap, { pickup, suburb }: Whereabouts): string | null {
  for (const words of [pickup, suburb]) {
    const said = words ? ` ${plain(words)} ` : '';
    const found = said && map.suburbs.find((one) => said.includes(` ${one} `));
    if (found) return found;
  }
  return null;
}

/** A table is asked for every lesson of a search, so it is put in order once. */
const maps = new WeakMap<Policy['travel'], RoadMap>();

function mapOf(travel: Policy['travel']): RoadMap {
  let map = maps.get(travel);
  if (!map) {
    const minutes = new Map<string, number>();
    for (const road of travel) {
      const [a, b] = [plain(road.between[0]), plain(road.between[1])];
      minutes.set(`${a}|${b}`, road.minutes).set(`${b}|${a}`, road.minutes);
    }
    const suburbs = [...new Set(travel.flatMap((road) => road.between.map(plain)))];
    map = { suburbs: suburbs.sort((a, b) => b.length - a.length), minutes };
    maps.set(travel, map);
  }
  return map;
}

const plain = (words: string) =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
