import { randomUUID } from 'node:crypto';
import { inSchool, openDatabase } from '../src/store/database';
import { insertInstructor, insertSchool, setLessonType } from '../src/store/setup';

/** Schools of three instructors each, open long, so that there is always room. */
export async function makeSchools(url: string, count: number): Promise<string[]> {
  const db = openDatabase(url);
  const numbers = Array.from({ length: count }, (_, n) => `+6149158${String(1000 + n)}`);
  for (const [n, phone] of numbers.entries()) {
    const id = randomUUID();
    const now = Date.now();
    await inSchool(db, id, async (tx) => {
      const school = { name: `School ${n}`, zone: 'Australia/Sydney', state: 'NSW', phone, ownerPhone: '+61491570737' };
      await insertSchool(tx, id, { ...school, payid: 'pay@school.example' }, now);
      for (const [i, name] of ['Sam', 'Priya', 'Dave'].entries()) {
        const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '06:00', to: '22:00' }));
        await insertInstructor(tx, id, { name, phone: `+6149157030${i}`, maxHoursPerWeek: 168, hours }, now + i);
      }
      const type = { name: '60 min lesson', durationMinutes: 60, priceCents: 7500, depositCents: 2000 };
      await setLessonType(tx, id, type, now);
    });
  }
  await db.destroy();
  return numbers;
}
