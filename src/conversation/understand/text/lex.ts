import { spell } from './spell';
import type { Token } from './token';
import { NUMBERS } from './words';

/** What is read of a text at most; a longer one is a mistake or a trick. */
export const LONGEST = 2000;

const PIECE = /[\p{L}\p{M}\p{N}'`’]+|./gsu;
const SPLIT = /\d+|[^\d]+/g;

/** A text as tokens in usual spelling. Emoji that mean something become words, others vanish. */
export function lex(text: string): Token[] {
  const tokens: Token[] = [];
  const plain = tidy(text);
  for (const line of plain.split(/[\r\n]+/)) {
    for (const chunk of line.split(/\s+/)) if (chunk !== '') readChunk(chunk, tokens);
    stop(tokens, '.');
  }
  settleShort(tokens);
  return tokens;
}

/** "hr n a half": a lone n between two words joins them, anywhere else it is a no; "4 u" and "need 2 move" are words. */
function settleShort(tokens: Token[]): void {
  for (const [i, token] of tokens.entries()) {
    if (token.stop !== '' || token.raw.length !== 1) continue;
    if (token.raw.toLowerCase() === 'n' && i > 0 && tokens[i - 1]?.stop === '') token.text = 'and';
    const next = tokens[i + 1]?.text ?? '';
    if (token.raw === '4' && FOR_WHOM.has(next)) wordInstead(token, 'for');
    if (
      token.raw === '2' &&
      LEADS_TO.has(tokens[i - 1]?.text ?? '') &&
      tokens[i + 1]?.kind === 'word' &&
      !COUNTED.has(next)
    )
      wordInstead(token, 'to');
  }
}

const FOR_WHOM = new Set(['you', 'me', 'us', 'him', 'her', 'them', 'my', 'your', 'now', 'sure', 'real']);
const LEADS_TO = new Set([
  'need',
  'want',
  'able',
  'going',
  'have',
  'like',
  'love',
  'got',
  'ready',
  'trying',
  'wanting',
]);
const COUNTED = new Set([
  'hour',
  'min',
  'lesson',
  'lessons',
  'day',
  'days',
  'week',
  'weeks',
  'pm',
  'am',
  'of',
  'or',
  'and',
  'please',
  'more',
  'spots',
]);

function wordInstead(token: Token, text: string): void {
  token.kind = 'word';
  token.text = text;
}

/** Compatibility forms, curly quotes and fractions made plain; case is kept for `raw`. */
function tidy(text: string): string {
  const start = text.slice(0, LONGEST);
  return (/^[\x00-\x7f]*$/.test(start) ? start : plainForms(start))
    .replaceAll(/\baft(?=\s+(?:\d|school|work|lunch|uni|tafe|class|noon)\b)/gi, 'after')
    .replaceAll(/\b([ap])\.\s?m\b\.?/gi, '$1m')
    .replaceAll(/\b1[01]0 ?(?:%|percent\b)/gi, 'definitely')
    .replaceAll('%', ' percent ');
}

function plainForms(text: string): string {
  return text
    .replaceAll(/\s?½/g, '.5')
    .normalize('NFKC')
    .replaceAll(/[‘’ʼ´]/g, "'")
    .replaceAll(/[“”]/g, '"')
    .replaceAll(/[‐-―−]/g, '-')
    .replaceAll(/\u200b|\u200c|\u200d|\u200e|\u200f|\u2060|\ufe0f|\ufeff|[\u{1f3fb}-\u{1f3ff}]/gu, '');
}

const LETTERS = /^[a-z]+$/i;

function readChunk(chunk: string, tokens: Token[]): void {
  if (LETTERS.test(chunk)) {
    readWord(chunk, false, tokens);
    return;
  }
  if (chunk.includes('://') || /^www\./i.test(chunk) || (chunk.includes('@') && /[a-z]\.[a-z]/i.test(chunk))) {
    tokens.push({ text: '', raw: chunk, kind: 'link', glued: false, stop: '' });
    return;
  }
  const price = /^\$(\d+)(?:[.,]\d+)*([.,?!]?)$/.exec(chunk);
  if (price !== null) {
    tokens.push({ text: price[1] ?? '', raw: chunk, kind: 'price', glued: false, stop: '' });
    return;
  }
  let glued = false;
  for (const [piece] of chunk.matchAll(PIECE)) {
    const before = tokens.length;
    if (/[\p{L}\p{N}]/u.test(piece)) readWord(piece, glued, tokens);
    else readSign(piece, glued, tokens);
    if (tokens.length > before) glued = true;
  }
  settleDots(tokens);
}

function readWord(raw: string, glued: boolean, tokens: Token[]): void {
  const lower = raw.toLowerCase();
  if (/^\d+$/.test(lower)) {
    tokens.push({ text: lower, raw, kind: 'number', glued, stop: '' });
    return;
  }
  const spelled = spell(lower);
  const whole = spelled.text !== lower || !/\d/.test(lower);
  if (whole && !spelled.text.includes(' ') && spelled.plural === undefined && spelled.possessive === undefined) {
    const token: Token = { text: spelled.text, raw, kind: 'word', glued, stop: '' };
    if (spelled.guessed) token.guessed = true;
    tokens.push(token);
    return;
  }
  if (whole) {
    let first = true;
    for (const text of spelled.text.split(' ')) {
      const token: Token = { text, raw, kind: 'word', glued: glued && first, stop: '' };
      if (spelled.plural) token.plural = true;
      if (spelled.possessive) token.possessive = true;
      if (spelled.guessed) token.guessed = true;
      tokens.push(token);
      first = false;
    }
    return;
  }
  let inside = glued;
  for (const [part] of raw.matchAll(SPLIT)) {
    readWord(part, inside, tokens);
    inside = true;
  }
}

const SIGN_WORDS: Record<string, string> = { '&': 'and', '@': 'at', '~': 'around', '#': 'number' };

function readSign(raw: string, glued: boolean, tokens: Token[]): void {
  const word = SIGN_WORDS[raw];
  if (word !== undefined) tokens.push({ text: word, raw, kind: 'word', glued, stop: '' });
  else if (raw === ',' || raw === ';' || raw === '(' || raw === ')') stop(tokens, ',');
  else if (raw === '?' || raw === '!') stop(tokens, raw);
  else if (raw === '.' || raw === ':' || raw === '/' || raw === '-' || raw === '+' || raw === '*')
    tokens.push({ text: raw, raw, kind: 'sign', glued, stop: '' });
  else if (/\p{So}/u.test(raw)) {
    const spelled = spell(raw).text;
    if (spelled !== raw) tokens.push({ text: spelled, raw, kind: 'word', glued: false, stop: '' });
  }
}

/** A full stop or colon that no number follows is punctuation. */
function settleDots(tokens: Token[]): void {
  for (
    let last = tokens.at(-1);
    last?.kind === 'sign' && (last.text === '.' || last.text === ':');
    last = tokens.at(-1)
  ) {
    tokens.pop();
    stop(tokens, last.text === '.' ? '.' : ',');
  }
}

function stop(tokens: Token[], sign: Token['stop']): void {
  const last = tokens.at(-1);
  if (last !== undefined && last.stop !== '?') last.stop = sign;
}

/** What a number token or a number word counts; undefined for anything else. */
export function numberOf(token: Token | undefined): number | undefined {
  if (token === undefined) return undefined;
  if (token.kind === 'number') return Number(token.text);
  return token.kind === 'word' ? NUMBERS.get(token.text) : undefined;
}
