const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Each takes two units (an escape and itself). */
const EXTENDED = '{}[]^~|\\\u20ac\f';
const UNITS = new Map<string, number>([
  ...[...BASIC].map((c) => [c, 1] as const),
  ...[...EXTENDED].map((c) => [c, 2] as const),
]);

/** Letters and signs that compatibility and accent folding leave, written with GSM-7 characters. Cyrillic and Greek as passports do, roughly. */
const LATIN: ReadonlyMap<string, string> = new Map([
  ...pairs("\u2018 ' \u2019 ' \u201a ' \u201b ' \u2032 ' \u00b4 ' ` ' \u02bc ' \u02b9 ' \u2039 < \u203a >"),
  ...pairs('\u201c " \u201d " \u201e " \u201f " \u2033 " \u00ab " \u00bb "'),
  ...pairs(
    '\u2010 - \u2011 - \u2012 - \u2013 - \u2014 - \u2015 - \u2212 - \u2022 - \u00b7 . \u2044 / \u00f7 / \u00d7 x',
  ),
  ...pairs(
    '\u2190 <- \u2192 -> \u21d2 => \u2264 <= \u2265 >= \u2260 != \u2713 OK \u2714 OK \u3001 , \u3002 . \u20b9 Rs \u00a2 c',
  ),
  ...pairs(
    '\u00a9 (c) \u00ae (R) \u2122 TM \u00b0 deg \u00b1 +/- \u00b5 u \u00b6 - \u00a6 | \u2030 %o \u061f ? \u060c ,',
  ),
  ...pairs(
    'ł l Ł L đ d Đ D ð d Ð D þ th Þ Th œ oe Œ OE ı i ħ h Ħ H ŋ ng Ŋ Ng ĸ k ə e Ə E ɓ b ɗ d ƙ k ơ o Ơ O ư u Ư U ẞ SS ŧ t Ŧ T',
  ),
  ...pairs(
    'а a б b в v г g д d е e ё yo ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch',
  ),
  ...pairs('ъ _ ы y ь _ э e ю yu я ya і i ї yi є ye ґ g ј j љ lj њ nj ћ c ђ dj џ dz ѕ dz'),
  ...pairs('α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o'),
]);

function pairs(words: string): [string, string][] {
  const list = words.split(' ');
  return list.flatMap((from, i): [string, string][] => (i % 2 === 0 ? [[from, list[i + 1]!.replace('_', '')]] : []));
}

/** What a text costs: SMS segments, and units used (septets of GSM-7, UTF-16 units of UCS-2). The empty text is one segment of 0 units. */
export type Segments = { segments: number; units: number; encoding: 'GSM-7' | 'UCS-2' };

/** True when every character is in GSM 03.38, its extension table included. */
export function isGsm7(text: string): boolean {
  for (const letter of text) if (!UNITS.has(letter)) return false;
  return true;
}

/** 160 units in one segment, 153 in each of several (GSM-7); 70 and 67 (UCS-2). No escape or surrogate pair is split. */
export function segmentsOf(text: string): Segments {
  const gsm = isGsm7(text);
  const [alone, each] = gsm ? [160, 153] : [70, 67];
  let units = 0;
  let segments = 1;
  let filled = 0;
  for (const letter of text) {
    const size = gsm ? UNITS.get(letter)! : letter.length;
    units += size;
    if (filled + size > each) {
      segments++;
      filled = 0;
    }
    filled += size;
  }
  return { segments: units <= alone ? 1 : segments, units, encoding: gsm ? 'GSM-7' : 'UCS-2' };
}

/** The text in GSM-7: quotes and dashes plain, accents folded, Cyrillic and Greek in Latin letters, emoji left out, a run of anything else one "?". */
export function toGsm7(text: string): string {
  const prepared = text
    .replace(/(\d)([\u00bc-\u00be])/g, '$1 $2')
    .replace(/\u00b4/g, "'")
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .normalize('NFKC');
  const converted = [...prepared].map(converted1).join('');
  const plain = converted
    .replace(/\ufffd+/g, '?')
    .replace(/(?<=\S) +(?=\n|$)/g, '')
    .replace(/ {2,}/g, ' ');
  return plain.trim() === '' && text.trim() !== '' ? '?' : plain;
}

/** The text in at most `maxSegments`: when too long it is cut at a word end with "...", and its last line or sentence (how to answer) is kept. */
export function fitTexts(text: string, maxSegments = 2): string {
  if (segmentsOf(text).segments <= maxSegments) return text;
  const at = Math.max(text.lastIndexOf('\n'), text.search(/(?<=[.?!] )[^.?!\n]*[.?!]?$/) - 1);
  const tail = at > 0 ? text.slice(at) : '';
  const kept = segmentsOf(tail).units <= 80 ? tail : '';
  return cut(text.slice(0, text.length - kept.length), kept, maxSegments);
}

/**
 * A long text as several of at most two segments each, divided at line ends. Lines for which there is no room in `most`
 * texts give way to `moreLine(count)`; the last `kept` lines (how to answer) always stay.
 */
export function splitTexts(text: string, most: number, kept: number, moreLine: (count: number) => string): string[] {
  const lines = text.split('\n');
  const tail = kept > 0 ? lines.splice(-kept) : [];
  const upTo = (count: number) =>
    packed([...lines.slice(0, count), ...(count < lines.length ? [moreLine(lines.length - count)] : []), ...tail]);
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (upTo(middle).length <= most) low = middle;
    else high = middle - 1;
  }
  return upTo(low);
}

/** As many lines in each text as it holds. */
function packed(lines: readonly string[]): string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    const longer = last === undefined ? line : `${last}\n${line}`;
    if (segmentsOf(longer).segments <= 2 && last !== undefined) texts[texts.length - 1] = longer;
    else texts.push(fitTexts(line));
  }
  return texts;
}

/** U+FFFD stands for what has no GSM-7 spelling until runs of it are joined. */
function converted1(letter: string): string {
  if (/[\u0391-\u03c9\u0400-\u04ff]/.test(letter)) return mapped(letter) ?? folded(letter);
  if (UNITS.has(letter) && letter !== '\r' && letter !== '\f') return letter;
  if (letter === '\t') return ' ';
  const known = mapped(letter);
  if (known !== undefined) return known;
  if (/\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\p{M}|\p{Cc}|\p{Cf}/u.test(letter))
    return '';
  return folded(letter);
}

function mapped(letter: string): string | undefined {
  const known = LATIN.get(letter);
  if (known !== undefined) return known;
  const lower = LATIN.get(letter.toLowerCase());
  return lower === undefined ? undefined : lower.slice(0, 1).toUpperCase() + lower.slice(1);
}

/** Without its accents; what then is still unknown, is unknown. */
function folded(letter: string): string {
  const bare = letter.normalize('NFD').replace(/\p{M}/gu, '');
  if (bare === letter) return '\ufffd';
  return [...bare].map((part) => mapped(part) ?? (UNITS.has(part) ? part : '\ufffd')).join('');
}

function cut(head: string, tail: string, maxSegments: number): string {
  const letters = [...head];
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (segmentsOf(`${letters.slice(0, middle).join('')}...${tail}`).segments <= maxSegments) low = middle;
    else high = middle - 1;
  }
  const kept = letters.slice(0, low).join('');
  const atWordEnd = /^\s/.test(letters[low] ?? ' ') ? kept : kept.replace(/\s+\S*$/, '');
  return `${(atWordEnd.length > kept.length / 2 ? atWordEnd : kept).replace(/[\s.,;:]+$/, '')}...${tail}`;
}
