import { type Knex, openDatabase } from '../../src/store/database';
import { rows } from '../../src/store/sql';

/** Shorter texts ("yes", "hi") stand in any log by chance. */
const TELLING = 12;

/**
 * What of a school's texts, numbers, names and start codes stands in the log of a program that had this database; nothing
 * may. Every program that a test starts is asked this when it stops.
 */
export async function toldByLog(log: string, adminUrl: string): Promise<string[]> {
  const admin = openDatabase(adminUrl, { poolMax: 1 });
  try {
    const said = await saidIn(admin);
    const names = said.names.flatMap((name) => name.split(/\s+/)).filter((name) => name.length > 2);
    const told = [
      ...said.numbers.map((number) => number.replace(/\D/g, '').slice(-9)).filter((digits) => log.includes(digits)),
      ...said.bodies.filter((body) => body.length >= TELLING && log.includes(body)),
      ...[...new Set(names)].filter((name) => standsIn(log, name)),
      ...said.bodies.flatMap((body) => /code is (\d{6})/.exec(body)?.[1] ?? []).filter((code) => standsIn(log, code)),
    ];
    return [...new Set(told)];
  } finally {
    await admin.destroy();
  }
}

async function saidIn(admin: Knex): Promise<{ numbers: string[]; bodies: string[]; names: string[] }> {
  const texts = await rows<{ from: string; to: string; body: string }>(
    admin,
    'select from_number as "from", to_number as "to", body from sim.texts',
  );
  const names = await rows<{ name: string }>(
    admin,
    'select name from students union select name from instructors union select name from learners',
  );
  const numbers = [...new Set(texts.flatMap(({ from, to }) => [from, to]))].filter((one) => /\d{9}/.test(one));
  return { numbers, bodies: [...new Set(texts.map(({ body }) => body))], names: names.map(({ name }) => name) };
}

/** By itself, not as a part of an id, of a hash or of the fraction of an instant. */
const standsIn = (log: string, word: string) =>
  new RegExp(`(?<![\\p{L}0-9.])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}0-9])`, 'u').test(log);
