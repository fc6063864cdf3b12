/** Everything the page knows. Views say what they want to hear of: 'state', 'clock', 'phones', 'thread', 'turns', 'chosen'. */
const listeners = new Map();

export const known = {
  /** As GET /sim/api/state has it; null until the first answer. */
  state: null,
  /** `{number, school}` of each phone on the page, `school` being the number that it texts. */
  phones: [],
  /** Texts of a phone, oldest first. */
  threads: new Map(),
  /** Turns, newest last. */
  turns: [],
  /** The sid that "Why" explains. */
  chosen: null,
};

let clockAt = 0;
let clockRead = 0;

export function on(topics, listener) {
  for (const topic of topics.split(' ')) listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

export function tell(topic, what) {
  for (const listener of listeners.get(topic) ?? []) listener(what);
}

/** The school's clock now: what was last heard, and what has passed since. */
export const now = () => clockAt + (performance.now() - clockRead);

export function setClock(at) {
  clockAt = at;
  clockRead = performance.now();
  tell('clock');
}

export function setState(state) {
  known.state = state;
  setClock(state.now);
  tell('state');
}

export const schoolOf = (number) => known.state?.schools.find((one) => one.phone === number) ?? known.state?.schools[0];
export const zoneOf = (number) => schoolOf(number)?.zone ?? 'Australia/Sydney';

/** `{name, role}` of a phone at a school; one that belongs to nobody yet is a new student. */
export function personOf(number, school) {
  const person = schoolOf(school)?.people.find((one) => one.phone === number);
  return person ?? { name: 'New phone', role: 'new', phone: number };
}

const KEPT = 'dss.phones';

export function loadPhones() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? 'null');
    const known1 = (one) => known.state.schools.some((school) => school.phone === one.school);
    if (Array.isArray(kept) && kept.length > 0 && kept.every(known1)) return setPhones(kept);
  } catch {
    // A browser that keeps nothing starts with the usual three.
  }
  setPhones(usualPhones());
}

export function setPhones(phones) {
  known.phones = phones;
  try {
    localStorage.setItem(KEPT, JSON.stringify(phones));
  } catch {
    // See above.
  }
  tell('phones');
}

const UNKNOWN = ['+61491570156', '+61491570157', '+61491570158', '+61491570159', '+61491571266', '+61491571804'];

/** A number that belongs to nobody at that school and is not on the page. */
export function freeNumber(school) {
  const taken = new Set([
    ...known.phones.map((one) => one.number),
    ...(schoolOf(school)?.people ?? []).map((one) => one.phone),
  ]);
  const more = Array.from({ length: 100 }, (_, i) => `+614915800${String(i).padStart(2, '0')}`);
  return [...UNKNOWN, ...more].find((number) => !taken.has(number)) ?? '';
}

function usualPhones() {
  const school = known.state.schools[0];
  if (!school) return [];
  const of = (role) => school.people.filter((one) => one.role === role);
  const instructor = of('instructor').find((one) => one.name === 'Priya') ?? of('instructor')[0];
  const second = of('student').find((one) => one.phone !== UNKNOWN[0])?.phone ?? UNKNOWN[1];
  const numbers = [UNKNOWN[0], second, instructor?.phone].filter(Boolean);
  return numbers.map((number) => ({ number, school: school.phone }));
}
