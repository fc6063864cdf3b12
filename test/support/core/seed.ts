import { parsePolicy } from '../../../src/domain/policy';
import { addDays, type Instant, instantOf, localDateOf, MINUTE, weekdayOf } from '../../../src/domain/time';
import { newId, type Rows } from './rows';

/** The demo school as it is seeded (CONTRACT.md), in memory; `policy` is what of it differs from the defaults. */
export function demoRows(now: Instant, policy: object = {}, zone = 'Australia/Sydney'): Rows {
  const instructor = (name: string, phone: string) => ({
    id: newId(),
    name,
    phone,
    workingHours: [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '08:00', to: '18:00' })),
    maxHoursPerWeek: 60,
    timeOff: [],
  });
  const type = (name: string, durationMinutes: number, priceCents: number, depositCents: number) => ({
    id: newId(),
    name,
    durationMinutes,
    priceCents,
    depositCents,
  });
  const sam = instructor('Sam', '+61491570110');
  const priya = instructor('Priya', '+61491570313');
  const hour = type('60 min lesson', 60, 7500, 2000);
  const saturday = firstSaturday(now, zone);
  const students = [
    { id: newId(), name: 'Leo Nguyen', phone: '+61491571491', suburb: 'Brighton', teacher: sam, time: '09:00' },
    { id: newId(), name: 'Ava Rossi', phone: '+61491572549', suburb: 'Sandringham', teacher: priya, time: '09:00' },
    { id: newId(), name: 'Noah Patel', phone: '+61491570160', suburb: 'Hampton', teacher: sam, time: '10:30' },
  ];
  return {
    school: {
      id: newId(),
      name: 'Bayside Driving',
      zone,
      state: 'NSW',
      phone: '+61491570006',
      ownerPhone: '+61491570737',
      payid: 'pay@bayside.example',
      policy: parsePolicy(policy),
    },
    instructors: [sam, priya],
    lessonTypes: [hour, type('90 min lesson', 90, 11000, 3000), type('Test package', 120, 22000, 5000)],
    students: students.map(({ id, name, phone, suburb }) => ({ id, name, phone, suburb })),
    lessons: students.map(({ id, teacher, time }) => {
      const startsAt = instantOf(saturday, time, zone);
      const endsAt = startsAt + 60 * MINUTE;
      return {
        id: newId(),
        studentId: id,
        learnerId: null,
        instructorId: teacher.id,
        lessonTypeId: hour.id,
        startsAt,
        endsAt,
        busyUntil: endsAt + 15 * MINUTE,
        status: 'confirmed',
        reason: null,
        holdExpiresAt: null,
        priceCents: 7500,
      };
    }),
    learners: [],
    deposits: [],
    credits: [],
    charges: [],
    bank: [],
    codes: [],
    conversations: [],
    events: [],
    waitlist: [],
    offers: [],
    texts: [],
    alerts: [],
    drawn: 0,
  };
}

/** The first Saturday at least three days ahead. */
function firstSaturday(now: Instant, zone: string): string {
  let date = addDays(localDateOf(now, zone), 3);
  while (weekdayOf(date) !== 6) date = addDays(date, 1);
  return date;
}
