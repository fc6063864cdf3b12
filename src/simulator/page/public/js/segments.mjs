/** What a text costs, by the rule of src/domain/texts.ts; test/page/segments.test.ts keeps the two in agreement. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Each takes two units. */
const EXTENDED = '{}[]^~|\\\u20ac\f';

const units = new Map([...[...BASIC].map((letter) => [letter, 1]), ...[...EXTENDED].map((letter) => [letter, 2])]);

/** Segments and units of a text, and how many units that many segments hold. */
export function segmentsOf(text) {
  const letters = [...text];
  const gsm = letters.every((letter) => units.has(letter));
  const [alone, each] = gsm ? [160, 153] : [70, 67];
  let total = 0;
  let segments = 1;
  let filled = 0;
  for (const letter of letters) {
    const size = gsm ? units.get(letter) : letter.length;
    total += size;
    if (filled + size > each) {
      segments += 1;
      filled = 0;
    }
    filled += size;
  }
  const count = total <= alone ? 1 : segments;
  return { segments: count, units: total, encoding: gsm ? 'GSM-7' : 'UCS-2', room: count === 1 ? alone : count * each };
}

/** "112/160, 1 SMS". */
export function countWords(text) {
  const { units: used, room, segments } = segmentsOf(text);
  return `${used}/${room}, ${segments} SMS`;
}
