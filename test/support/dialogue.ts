import { readFileSync } from 'node:fs';
import { openDatabase } from '../../src/store/database';
import { rows } from '../../src/store/sql';
import { type Started, startProgram } from './program';

/** Where a dialogue is played: the started program, or the core in memory. Instants and durations are ISO. */
export type Stage = {
  /** `behind`: texts that came before the first was answered. */
  text(from: string, words: string, ...behind: string[]): Promise<unknown>;
  phone(number: string): Promise<{ direction: 'in' | 'out'; body: string }[]>;
  advance(duration: string): Promise<unknown>;
  setClock(instant: string): Promise<unknown>;
  credit(asked: { amountCents: number; description: string }): Promise<unknown>;
};

/**
 * A dialogue as prose. `# ` comments; `at <ISO instant>` starts the clock; `policy {...}` is what of the school's policy
 * differs from the defaults; `phone mia +61...` names a phone;
 * `mia > words` sends, `mia + words` right behind it, before that was answered; `bot > words` is the next text that `mia` got (further lines indented); `bot to sam > words` that
 * another phone got (several to one such phone with nothing between came at one moment, in any order); `(advance PT2H)`, `(until <ISO instant>)`, `(pay $20 {reference})` happen.
 * `{name}` in what the bot says catches a word to be used later; `...` stands for anything.
 */
export async function playDialogue(path: string): Promise<void> {
  const { at, policy, lines } = readDialogue(path);
  const program = await startProgram(at);
  try {
    if (policy) await setPolicy(program, policy);
    // What the carrier itself answers to its own words is not ours.
    const phone = async (number: string) => (await program.sim.phone(number)).filter((text) => !text.byCarrier);
    const text: Stage['text'] = (from, ...words) => Promise.all(words.map((one) => program.sim.text(from, one)));
    await play({ ...program.sim, text, phone }, lines, path);
  } finally {
    await program.stop();
  }
}

/** A file in the format above: its start, what of the policy differs, and its lines. */
export function readDialogue(path: string): { at: string; policy: object | null; lines: Line[] } {
  const lines = parse(readFileSync(path, 'utf8'));
  const words = (kind: Line['kind']) => lines.find((line) => line.kind === kind)?.words;
  const at = words('at');
  if (!at) throw new Error(`${path} has no line "at <ISO instant>"`);
  return { at, policy: JSON.parse(words('policy') ?? 'null') as object | null, lines };
}

export async function setPolicy(program: Started, policy: object): Promise<void> {
  const admin = openDatabase(program.database.adminUrl, { poolMax: 1 });
  await rows(admin, 'update schools set policy = ?', [JSON.stringify(policy)]).finally(() => admin.destroy());
}

export type Line = {
  kind: 'at' | 'policy' | 'phone' | 'says' | 'behind' | 'bot' | 'does';
  who: string;
  words: string;
  at: number;
};

export function parse(text: string): Line[] {
  const lines: Line[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trimEnd();
    const at = index + 1;
    if (!line || line.startsWith('#')) continue;
    const clock = /^at (.+)$/.exec(line);
    const policy = /^policy (.+)$/.exec(line);
    const phone = /^phone (\w+) (\+\d+)$/.exec(line);
    const act = /^\((.+)\)$/.exec(line);
    const bot = /^bot(?: to (\w+))? > ?(.*)$/.exec(line);
    const says = /^(\w+) > ?(.*)$/.exec(line);
    const behind = /^(\w+) \+ (.+)$/.exec(line);
    if (clock) lines.push({ kind: 'at', who: '', words: clock[1]!, at });
    else if (policy) lines.push({ kind: 'policy', who: '', words: policy[1]!, at });
    else if (phone) lines.push({ kind: 'phone', who: phone[1]!, words: phone[2]!, at });
    else if (act) lines.push({ kind: 'does', who: '', words: act[1]!, at });
    else if (bot) lines.push({ kind: 'bot', who: bot[1] ?? '', words: bot[2]!, at });
    else if (says) lines.push({ kind: 'says', who: says[1]!, words: says[2]!, at });
    else if (behind) lines.push({ kind: 'behind', who: behind[1]!, words: behind[2]!, at });
    else if (/^\s/.test(raw) && lines.length > 0) lines.at(-1)!.words += `\n${line.trim()}`;
    else throw new Error(`line ${at} of the dialogue cannot be read: ${line}`);
  }
  return lines;
}

/** Plays the lines and throws at the first text that is not as written. */
export async function play(stage: Stage, lines: Line[], path: string): Promise<void> {
  const phones = new Map<string, string>([
    ['sam', '+61491570110'],
    ['priya', '+61491570313'],
    ['alex', '+61491570737'],
  ]);
  const taken = new Map<string, Set<number>>();
  const caught = new Map<string, string>();
  let speaker = '';
  const filled = (words: string) => words.replace(/\{(\w+)\}/g, (whole, name: string) => caught.get(name) ?? whole);
  for (const [index, line] of lines.entries()) {
    if (line.kind === 'phone') phones.set(line.who, line.words);
    if (line.kind === 'says') {
      speaker = line.who;
      const next = lines.slice(index + 1);
      const behind = next
        .slice(
          0,
          next.findIndex((one) => one.kind !== 'behind'),
        )
        .map((one) => filled(one.words));
      await stage.text(numberOf(phones, line), filled(line.words), ...behind);
    }
    if (line.kind === 'does') await act(stage, filled(line.words), line);
    if (line.kind !== 'bot') continue;
    const who = line.who || speaker;
    const number = numberOf(phones, { ...line, who });
    const got = (await stage.phone(number)).filter((text) => text.direction === 'out');
    const mine = taken.get(number) ?? new Set();
    taken.set(number, mine);
    const open = [...got.keys()].filter((nth) => !mine.has(nth));
    const atOnce = open.slice(0, line.who ? restOfMoment(lines.slice(index)) : 1);
    const next = atOnce.find((nth) => matchOf(got[nth]!.body, line.words, caught)) ?? open[0] ?? -1;
    mine.add(next);
    check(got[next]?.body ?? '(no text)', line.words, caught, `${path}:${line.at} (to ${who})`);
  }
  // A text that the dialogue does not mention is a surprise to its reader too.
  for (const who of new Set(lines.filter((line) => line.kind === 'says').map((line) => line.who))) {
    const number = numberOf(phones, { who, at: 0 });
    const got = (await stage.phone(number))
      .filter((text) => text.direction === 'out')
      .slice(taken.get(number)?.size ?? 0);
    if (got.length > 0) throw new Error(`${path}: ${who} also got: ${got.map((text) => text.body).join(' | ')}`);
  }
}

function numberOf(phones: Map<string, string>, line: { who: string; at: number }): string {
  const number = phones.get(line.who);
  if (!number) throw new Error(`line ${line.at}: nobody is called ${line.who}; add "phone ${line.who} +61..."`);
  return number;
}

async function act(stage: Stage, words: string, line: Line): Promise<void> {
  const [verb = '', ...rest] = words.split(' ');
  if (verb === 'advance') await stage.advance(rest[0]!);
  else if (verb === 'until') await stage.setClock(rest[0]!);
  else if (verb === 'pay')
    await stage.credit({
      amountCents: Math.round(Number(rest[0]!.slice(1)) * 100),
      description: rest.slice(1).join(' '),
    });
  else throw new Error(`line ${line.at}: "(${words})" is nothing that can happen; use advance, until or pay`);
}

/** How many of the first lines say what the first one's phone got, with nothing that happens between them. */
function restOfMoment(lines: Line[]): number {
  const end = lines.findIndex((line) => line.kind !== 'bot');
  return lines.slice(0, end < 0 ? lines.length : end).filter((line) => line.who === lines[0]!.who).length;
}

function check(got: string, expected: string, caught: Map<string, string>, where: string): void {
  const found = matchOf(got, expected, caught);
  if (!found) throw new Error(`${where}\n  expected: ${expected}\n  got:      ${got}`);
  for (const [name, value] of found) caught.set(name, value);
}

/** The words that `expected` catches in `got`; null when it says something else. */
function matchOf(got: string, expected: string, caught: Map<string, string>): Map<string, string> | null {
  const names: string[] = [];
  const pattern = expected
    .split(/(\{\w+\}|\.\.\.)/)
    .map((part) => {
      if (part === '...') return '[\\s\\S]*';
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      if (!name) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      const known = caught.get(name);
      if (known) return known;
      names.push(name);
      return '(\\S+?)';
    })
    .join('');
  const match = new RegExp(`^${pattern}$`).exec(got);
  return match && new Map(names.map((name, index) => [name, match[index + 1]!]));
}
