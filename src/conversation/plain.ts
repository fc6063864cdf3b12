import type { Heard } from '../../flows/heard';
import words from '../../flows/words/closer.en.json';
import { cleanName } from '../domain/names';

const list = (phrases: readonly string[]) => `\\b(?:${phrases.join('|')})\\b`;
const HARMLESS = new RegExp(list(words.yesHarmless), 'g');
const HEDGED = new RegExp(list(words.yesHedges));
const PLAIN_WORDS = new Set(words.yesPlainWords);

/**
 * A YES that commits must be plain: with a condition, another person, another wish, a refusal or a bare number beside it ("yes if
 * no deposit", "okay cancel that", "yes 2", "yes when i get paid") it is asked again. Nothing is booked on a guess. Where it costs
 * money (`costs`), nothing may stand beside it that is not part of a yes ("ok thats a lot").
 */
export function isPlainYes(said: string, { toDrop, costs }: { toDrop: boolean; costs: boolean }): boolean {
  const text = said
    .toLowerCase()
    .replaceAll(/['\u2019]/g, '')
    .replaceAll(HARMLESS, ' ');
  if (!toDrop && /\b(cancel|drop)\b/.test(text)) return false;
  if (isReaction(said)) return true;
  if (HEDGED.test(text)) return false;
  if (/^\W*(y|yes|yep|yeah|ok|okay|sure)\W*\?+\W*$/.test(text)) return false;
  if (/^\W*(ok|okay|k)\b.*(\?|\b(how|what|why|who|where)\b)/.test(text)) return false;
  if (/^\W*(y|yes|yep|yeah|ok|okay)\W+[1-9]((\W|and|or|to)*[1-9])*\W*$/.test(text)) return false;
  return !costs || (text.match(/[\p{L}\p{N}]+/gu) ?? []).every((word) => PLAIN_WORDS.has(word));
}

const isReaction = (said: string) => /^\W*(?:liked|loved|reacted)\b/i.test(said);

/** "no thanks", "nah all good, never mind": no other time is wanted either. */
export const letsGo = (text: string) => new RegExp(`\\b(?:${words.lettingGo.join('|')})\\b`, 'i').test(text);

/** A reaction is a YES to the text that it quotes: only when that is the question which stands, at `moment` if it names one. */
export function likesAnother(words: string, moment: string | null): boolean {
  const quoted = /^\W*(?:liked|loved|reacted)\b[^"\u201c]*["\u201c](.*)/is.exec(words)?.[1];
  if (quoted === undefined) return false;
  return !quoted.includes('Reply YES') || (moment !== null && !quoted.includes(moment));
}

/** AGENT, "can i talk to someone", "call me", a complaint: a person is asked for, not only a question put. */
export function asksForPerson(words: string): boolean {
  return /\b(agent|human|person|someone|somebody|anyone|real|operator|staff|manager|owner|office|speak|talk|call|ring|phone|complain\w*|complaint|ridiculous|useless)\b/i.test(
    words,
  );
}

const DROP_PRICE = new RegExp(list(words.dropPrice), 'i');

/** "what does it cost to cancel": not what a lesson costs. */
export const asksDropPrice = (said: string): boolean => DROP_PRICE.test(said);

const COMPLAINT = new RegExp(list(words.complaints), 'i');

/** "sam was rude to me", "i want my money back": for a person, whatever it sounds like besides. */
export const complains = (said: string): boolean => COMPLAINT.test(said);

/** Sentences that begin like this are about something else. */
const NOT_A_NAME =
  /^\W*(none|nobody|that'?s|thats|not|wrong|maybe|perhaps|whatever|why|what|who|its? for|it's for|for my|idk|dunno|not telling|guess)\b/i;

/** What may be written down as a name: letters of any script, no digits, question or markup, and no more than a few words. */
export function isUsableName(heard: Heard, words: string): boolean {
  if (cleanName(heard.name ?? '') === null || /[0-9?{}<>/\\=]/.test(words)) return false;
  if (NOT_A_NAME.test(words) || !/\p{L}{2}|[^\p{Script=Latin}\P{L}]/u.test(words)) return false;
  return words.trim().split(/\s+/).length <= 8;
}
