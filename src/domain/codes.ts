import { createHmac, timingSafeEqual } from 'node:crypto';

/** The six digits of a start code, HMAC-SHA256 of event and nonce. 64 bits modulo a million: no code is likelier than another by more than 6e-14. */
export function codeFor(key: Buffer, eventId: string, nonce: Buffer | string): string {
  const mac = createHmac('sha256', key).update(`start-code\0${eventId}\0`).update(nonce).digest();
  return String(mac.readBigUInt64BE(0) % 1_000_000n).padStart(6, '0');
}

/** What the database keeps of a code: 64 hex digits, useless without the key and for any other event. */
export function codeHash(key: Buffer, eventId: string, code: string): string {
  return createHmac('sha256', key).update(`start-code-hash\0${eventId}\0${code}`).digest('hex');
}

/** Compares two hashes in a time that tells nothing about where they differ. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The six digits said in a text ("its 123 456"), the last when there are several ("no, 654321"); null for none. Phone numbers are no codes. */
export function codeIn(text: string): string | null {
  const codes = runsOf(text).flatMap((run) => codesOf(run.digits));
  return codes.at(-1) ?? null;
}

/** The text with each group that is or may hold a six-digit code as stars; numbers of nine and more digits (phones) stay. */
export function maskCodes(text: string): string {
  let masked = '';
  let end = 0;
  for (const { from, to, digits } of runsOf(text)) {
    const count = digits.replace(/ /g, '').length;
    const inner = text.slice(from, to);
    masked +=
      text.slice(end, from) + (count >= 6 && count <= 8 ? '******' : count > 8 ? starSolid(inner, digits) : inner);
    end = to;
  }
  return masked + text.slice(end);
}

/** Digits of one run, groups parted by single spaces, and where it stands in the text. */
type Run = { from: number; to: number; digits: string };

const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];
const DIGIT = `[${ZEROS.map((zero) => `${String.fromCharCode(zero)}-${String.fromCharCode(zero + 9)}`).join('')}]`;
const GAP = '[\\s\\-._,\\u00ad\\u200b-\\u200d\\u2010-\\u2015\\u2060\\ufe0f\\u20e3]';
const RUN = new RegExp(`${DIGIT}(?:${GAP}{0,3}${DIGIT})*`, 'g');

function runsOf(text: string): Run[] {
  return [...text.matchAll(RUN)].map((match) => {
    const digits = match[0].replace(new RegExp(`${GAP}+`, 'g'), ' ').replace(new RegExp(DIGIT, 'g'), asciiDigit);
    return { from: match.index, to: match.index + match[0].length, digits };
  });
}

function asciiDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  return String(code - ZEROS.findLast((zero) => zero <= code)!);
}

function codesOf(digits: string): string[] {
  const groups = digits.split(' ');
  const all = groups.join('');
  if (all.length === 6) return [all];
  const solid = groups.filter((group) => group.length === 6);
  const isPhone = /^0?4\d{8}$|^614\d{8}$/.test(all);
  return isPhone ? [] : solid;
}

/** In a run that is too long to be a code: only whole groups of six. */
function starSolid(inner: string, digits: string): string {
  if (codesOf(digits).length === 0) return inner;
  return inner.replace(new RegExp(`(?<!${DIGIT})${DIGIT}{6}(?!${DIGIT})`, 'g'), '******');
}
