/** What may be tapped in answer to the school's text: `{say, label}`, in its own order. */
export function answersTo(body) {
  const numbered = [...body.matchAll(/^(\d{1,2})[ .)]+(.+)$/gm)].map(([, say, rest]) => ({
    say,
    label: rest,
  }));
  const yes = /\bReply YES\b/.test(body) ? [{ say: 'YES', label: '' }] : [];
  const [, code] = /\bcode is (\d{6})\b/.exec(body) ?? [];
  return [...numbered, ...yes, ...(code ? [{ say: code, label: '' }] : [])];
}

/** The first thing to try on a phone that has said nothing yet. */
export function hintFor(role) {
  if (role === 'instructor') return 'today';
  if (role === 'owner') return 'today';
  return 'book 1 hour tues arvo';
}
