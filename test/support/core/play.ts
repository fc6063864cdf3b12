import { Duration } from 'luxon';
import { play, readDialogue, type Stage } from '../dialogue';
import { CoreSchool } from './school';
import { demoRows } from './seed';

/** Plays a dialogue through the pure core, over a school in memory: no server, no queue, no database. `look` is asked after each text. */
export async function playInCore(
  path: string,
  look: (school: CoreSchool, phone: string) => void = () => {},
): Promise<CoreSchool> {
  const { at, policy, lines } = readDialogue(path);
  const now = Date.parse(at);
  const school = new CoreSchool(demoRows(now, policy ?? {}), now);
  const stage = stageOf(school);
  const text: Stage['text'] = async (from, ...words) => {
    await stage.text(from, ...words);
    look(school, from);
  };
  await play({ ...stage, text }, lines, path);
  return school;
}

const stageOf = (school: CoreSchool): Stage => ({
  text: (from, ...words) => school.text(from, ...words),
  phone: async (number) => school.received(number),
  advance: (duration) => school.advanceTo(school.now + Duration.fromISO(duration).toMillis()),
  setClock: (instant) => school.advanceTo(Date.parse(instant)),
  credit: (asked) => school.credit(asked),
});
