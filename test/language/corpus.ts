import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRecord, type OutsideRecord, toRecord } from '../../src/conversation/surface';
import { guessOf, type Reading, read } from '../../src/conversation/understand';
import { kindOf } from '../../src/conversation/understand/weigh/kinds';

/** A text with the intents that a fair reader accepts, best first. `tuned`: the rules were written with it in sight. */
export type Labelled = { id: string; from: string; record: OutsideRecord; accepts: string[]; tuned: boolean };

const FOLDER = join(__dirname, 'corpus');
const MONDAY = { now: '2026-11-23T10:00:00+11:00', tz: 'Australia/Sydney' };
const OFFERED = ['2026-11-26T09:00', '2026-11-26T14:00', '2026-11-28T11:30'];

/** All texts to learn from: whole records (`*.jsonl`), texts with their intent (`*.tsv`), and the tables. */
export function labelled(): Labelled[] {
  return [
    ...lines(join(__dirname, 'dev.jsonl')).map((line) => whole('dev', line, true)),
    ...files(FOLDER, '.jsonl').flatMap((file) => lines(join(FOLDER, file)).map((line) => whole(file, line, false))),
    ...files(FOLDER, '.tsv').flatMap((file) => lines(join(FOLDER, file)).map((line, at) => brief(file, line, at))),
    ...files(join(__dirname, 'tables'), '.txt').flatMap(tabled),
  ];
}

/** The reading of a text and what the rules alone make of it. */
export function readByRule({ record }: Labelled): { reading: Reading; guess: string } {
  const { text, listening } = fromRecord(record);
  const reading = read(text, listening);
  const [first = { intent: 'unknown' as const }] = guessOf(reading);
  return { reading, guess: kindOf(toRecord({ readings: [first], also: [], why: [] }, record).intent as never) };
}

type Expect = { intent: string; ambiguous?: boolean; accept?: { intent: string }[] };

function whole(from: string, line: string, tuned: boolean): Labelled {
  const { expect, ...record } = JSON.parse(line) as OutsideRecord & { expect: Expect };
  const accepts = [expect.intent, ...(expect.ambiguous ? (expect.accept ?? []).map((one) => one.intent) : [])];
  return { id: record.id ?? '', from, record, accepts: kinds(accepts), tuned };
}

function brief(from: string, line: string, at: number): Labelled {
  const [role = '', context = '', intents = '', text = ''] = line.split('\t');
  return {
    id: `${from}:${at + 1}`,
    from,
    record: recordOf(role, context, text),
    accepts: kinds(withCode(intents, text)),
    tuned: false,
  };
}

/** `## context role` begins a part; each line is `text => what it means`. */
function tabled(file: string): Labelled[] {
  let context = 'idle';
  let role = 'student';
  return lines(join(__dirname, 'tables', file)).flatMap((line, at): Labelled[] => {
    if (line.startsWith('## ')) {
      [context = 'idle', role = 'student'] = line.slice(3).split(' ');
      return [];
    }
    const [text, meaning] = line.split(' => ');
    if (text === undefined || meaning === undefined) return [];
    const accepts = (meaning.split(' also ')[0] ?? '').split(' / ').map((one) => one.split(' ')[0] ?? '');
    return [
      {
        id: `${file}:${at}`,
        from: 'tables',
        record: recordOf(role, context, text),
        accepts: kinds(accepts),
        tuned: true,
      },
    ];
  });
}

function recordOf(role: string, context: string, text: string): OutsideRecord {
  return { role, context, text, ...MONDAY, ...(context.startsWith('offered_slots') && { offered: OFFERED }) };
}

/** A code that is asked for, not given, has no name of its own outside. */
const withCode = (intents: string, text: string) =>
  intents.split('/').filter((one) => one !== 'give_otp' || /\d/.test(text) || !intents.includes('/'));

const kinds = (intents: string[]) => [...new Set(intents.map((intent) => kindOf(intent as never)))];
const files = (folder: string, ending: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort();
const lines = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
