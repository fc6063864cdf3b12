import { clashesInWords, fitting } from '../list-wording';
import { listed } from '../several-guards';
import { type Args, remember, say } from '../vocabulary';

/** What stands in the way of some of them, and that there are more than one list holds; nothing when neither is so. */
function noteOf({ facts }: Args['event']): string {
  const { offers, clashes } = listed(facts);
  const note = clashesInWords(clashes, offers, facts);
  const told = fitting(offers, note, facts);
  return told.length < offers.length ? `${note} {clashes.cut:${told.length}}`.trim() : note;
}

/** The list is remembered as it is told, and booked as it is remembered. */
export const keepList = remember(({ event }) => {
  const { offers, clashes } = listed(event.facts);
  return {
    request: event.facts.request,
    list: fitting(offers, clashesInWords(clashes, offers, event.facts), event.facts),
    slot: null,
    unclear: 0,
  };
});

export const listNote = say('list_note', ({ event }) => ({ note: noteOf(event) }));
