/** "Mia" of "Mia Chen". */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}

/** "Mia C." of "Mia Chen"; a single name stays as it is. */
export function initialName(name: string): string {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? [...words.at(-1)!][0] : undefined;
  return last ? `${words[0]} ${last.toUpperCase()}.` : (words[0] ?? '');
}

/**
 * A name fit to be kept, from what someone said it is: spaces collapsed, all-lower or all-upper names capitalised. Null when it is none:
 * over 40 characters, five words or more, digits, a link, an address, no letter at all.
 */
export function cleanName(said: string): string | null {
  const name = said
    .normalize('NFC')
    .replace(/[\u2018\u2019\u02bc`\u00b4]/g, "'")
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/\p{Cf}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Variation_Selector}/gu, '')
    .replace(/ +/g, ' ')
    .replace(/^[ .,!?;:'-]+|[ ,!?;:-]+$/g, '')
    .replace(/(?<=\p{L}{3})\.$/u, '');
  if (name === '' || [...name].length > 40 || name.split(' ').length > 5) return null;
  if (!/^[\p{L}\p{M}' .-]+$/u.test(name) || !/\p{L}/u.test(name)) return null;
  if (/\.\p{L}{2,}/u.test(name) || /(?:^| )(?:https?|www)(?: |$)/i.test(name)) return null;
  return isOneCase(name) ? name.split(' ').map(capitalised).join(' ') : name;
}

function isOneCase(name: string): boolean {
  return name === name.toLowerCase() || (name === name.toUpperCase() && (name.match(/\p{L}/gu) ?? []).length > 2);
}

/** "o'brien" -> "O'Brien", "anne-marie" -> "Anne-Marie"; "mcdonald" -> "Mcdonald", since only its owner knows more. */
function capitalised(word: string): string {
  const lower = word.toLowerCase();
  if (/^(?:de|da|di|van|von|der|den|la|le|bin|al)$/.test(lower)) return lower === word ? word : lower;
  return lower.replace(/(?:^|-|(?<=^[od]'))\p{L}/gu, (start) => {
    const upper = start.toUpperCase();
    return upper.length === start.length ? upper : start;
  });
}
