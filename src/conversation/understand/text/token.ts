/** One piece of a text: a word in its usual spelling, a number, or a sign between numbers. */
export type Token = {
  text: string;
  /** As the person wrote it. */
  raw: string;
  kind: 'word' | 'number' | 'sign' | 'link' | 'price';
  /** No space before it. */
  glued: boolean;
  /** Punctuation that follows: `,` `.` `?` `!` or nothing. */
  stop: '' | ',' | '.' | '?' | '!';
  /** "mondays", "saturdays". */
  plural?: boolean;
  /** "tomorrow's", "sam's". */
  possessive?: boolean;
  /** Spelling that had to be guessed. */
  guessed?: boolean;
};

/** The word at `at`, or '' when there is none. */
export function wordAt(tokens: readonly Token[], at: number): string {
  const token = tokens[at];
  return token !== undefined && token.kind === 'word' ? token.text : '';
}

/** True when the person ended a clause after this token. */
export function ends(token: Token | undefined): boolean {
  return token === undefined || token.stop !== '';
}
