import { DateTime } from 'luxon';
import { MINUTE, SECOND } from '../../domain/time';

/** What happened, in order. `at` and `to` are instants. */
export type Happening =
  | { kind: 'text'; direction: 'in' | 'out'; phone: string; body: string; at: number }
  | { kind: 'clock'; to: number }
  | { kind: 'credit'; amountCents: number; words: string }
  | { kind: 'note'; words: string };

/** `startedAt`: when the demo school was seeded, as its diary depends on that day. `names`: one `\w+` for each phone. */
export type Story = {
  title: string;
  startedAt: number;
  zone: string;
  names: ReadonlyMap<string, string>;
  happenings: Happening[];
};

/**
 * The story in the format of `test/support/dialogue.ts`, ready to be run. References and start codes are caught where we
 * say them first ({reference}, {reference2}, {code}); time that passed by itself becomes an (until ...) or (advance ...).
 */
export function dialogueOf({ title, startedAt, zone, names, happenings }: Story): string {
  const iso = (at: number) => DateTime.fromMillis(at, { zone }).toISO({ suppressMilliseconds: true })!;
  const used = [...new Set(happenings.flatMap((one) => (one.kind === 'text' ? [one.phone] : [])))];
  const lines = [
    `# ${title.replace(/\s+/g, ' ')}`,
    `at ${iso(Math.floor(startedAt / SECOND) * SECOND)}`,
    ...used.map((phone) => `phone ${names.get(phone)} ${phone}`),
    '',
  ];
  const caught = new Map<string, string>();
  let speaker = '';
  let shown = startedAt;
  /** The replay is quick, and its clock runs on: short steps are relative, so that none goes back. */
  const goTo = (target: number) => {
    const step = Math.ceil((target - shown) / SECOND);
    if (step <= 0) return;
    lines.push(step < 60 ? `(advance PT${step}S)` : `(until ${iso(Math.ceil(target / SECOND) * SECOND)})`);
    shown = target;
  };
  for (const one of happenings) {
    if (one.kind === 'clock') goTo(one.to);
    if (one.kind === 'note') lines.push(`# ${one.words.replace(/\s+/g, ' ')}`);
    if (one.kind === 'credit') {
      const words = known(one.words.replace(/\s+/g, ' ').trim(), caught);
      lines.push(`(pay $${one.amountCents / 100}${words ? ` ${words}` : ''})`);
    }
    if (one.kind !== 'text') continue;
    const who = names.get(one.phone) ?? 'somebody';
    // What is said depends on the minute ("Held until 2:01pm"): the replay shows the same minute, with room to spare.
    if (minuteOf(one.at) > minuteOf(shown)) {
      goTo(Math.max(one.at + (one.direction === 'out' ? SECOND : 0), minuteOf(one.at) * MINUTE + 20 * SECOND));
    }
    if (one.direction === 'in') {
      speaker = who;
      lines.push(indented(`${who} > `, known(one.body, caught), '\n'));
    } else {
      lines.push(indented(who === speaker ? 'bot > ' : `bot to ${who} > `, catching(one.body, caught), '...'));
    }
  }
  return `${lines.join('\n')}\n`;
}

const minuteOf = (at: number) => Math.floor(at / MINUTE);

/** Further lines are indented. A blank line cannot be written: `blank` stands for it. */
function indented(before: string, words: string, blank: string): string {
  const written = words.replace(/\r\n?/g, '\n').replace(/[ \t]+$/gm, '');
  const lines = written.replace(/\n{2,}\s*/g, blank).split('\n');
  return `${before}${lines.join('\n  ')}`.trimEnd();
}

const REFERENCE = /\bDS[34679ACDEFGHJKMNPRTVWXY]{6}\b/g;
const CODE = /(?<![\d+])\d{6}(?!\d)/g;

/** Each reference and code by its name; one that is new gets the next name. */
function catching(words: string, caught: Map<string, string>): string {
  for (const [pattern, kind] of [[REFERENCE, 'reference'] as const, [CODE, 'code'] as const]) {
    for (const [found] of words.matchAll(pattern)) {
      if (caught.has(found)) continue;
      const count = [...caught.values()].filter((name) => name.startsWith(kind)).length + 1;
      caught.set(found, count === 1 ? kind : `${kind}${count}`);
    }
  }
  return known(words, caught);
}

function known(words: string, caught: Map<string, string>): string {
  return [...caught].reduce((text, [value, name]) => text.replaceAll(value, `{${name}}`), words);
}
