import { FLOW_VERSION } from '../../../flows/machines';
import type { Command, EventKind } from '../../../flows/vocabulary';
import { askNoSoonerThan } from '../../../src/conversation/asking';
import { atRest, placeFrom, stateName } from '../../../src/conversation/place';
import { renderSaid, renderTexts } from '../../../src/conversation/render';
import { type Step, stepOfEvent, stepOfText } from '../../../src/conversation/step';
import { carrierHears, droppingWord } from '../../../src/domain/carrier';
import { codeFor } from '../../../src/domain/codes';
import type { Instant } from '../../../src/domain/time';
import { reasonNotToSend } from '../../../src/jobs/still-wanted';
import type { Conversation } from '../../../src/store/conversations';
import { hasCrossed } from '../../../src/turn/crossing';
import { conversationPlace, stillAbout } from '../../../src/turn/event';
import { factsForEvent, factsForText, plainFacts } from '../../../src/turn/facts';
import { heardAs, isForTheBot, isPerson, roleOf } from '../../../src/turn/hearing';
import { wantedToDrop } from '../../../src/turn/opt-out';
import { afterQuiet, typeOfReply } from '../../../src/turn/settle';
import { shortened, who } from '../../../src/turn/tell';
import { takeCredit } from './bank';
import { applyCommand } from './commands';
import { lessonOf, readsOfRows, speakerOf } from './reads';
import { draw, type EventRow, factOf, type Rows, type TextRow } from './rows';
import { CODE_KEY, type CoreTurn, conversationOf, planLesson, queue, summarise, tellOwner } from './turn';
import { offerFreed, wakePutOff } from './waitlist';

/** What one turn did: for properties and for whoever reads a failure. */
export type Turned = {
  phone: string;
  cause: string;
  from: string;
  to: string;
  asks: string | null;
  commands: Command[];
  reply: string;
  at: Instant;
  /** Out of texts: whatever happens is not said. */
  mute: boolean;
  /** Right behind a wish to book, before that was answered; nothing else was asked. */
  eager: boolean;
  /** The last question that had reached the phone when the turn began. */
  question: TextRow | null;
};

/** A school in memory with the real flows, facts, search, policy and copy; only tables, queue and network are not there. */
export class CoreSchool {
  readonly turns: Turned[] = [];
  constructor(
    readonly rows: Rows,
    public now: Instant,
  ) {
    // As the sweep does it for lessons that no turn has planned.
    for (const lesson of rows.lessons.filter((one) => one.status === 'confirmed')) {
      const { studentPhone: phone } = factOf(rows, lesson);
      const conversation = conversationOf(rows, phone);
      const facts = plainFacts(this.chance, speakerOf(rows, phone), 'student');
      planLesson({ rows, conversation, facts, now }, lesson.id);
    }
  }

  /** A text from a phone, and all that is due because of it; others of that phone may be right behind it. */
  async text(from: string, words: string, ...behind: string[]): Promise<void> {
    for (const each of [words, ...behind]) await this.take(from, each);
    return this.runDue();
  }

  /** Something happens and is not yet told to that phone when its text comes. */
  async whileOnItsWay(from: string, happens: () => Promise<void>, words: string): Promise<void> {
    this.notYetTold = from;
    await happens();
    await this.take(from, words);
    this.notYetTold = null;
    return this.runDue();
  }

  private notYetTold: string | null = null;
  private eager = false;

  private async take(from: string, words: string): Promise<void> {
    const { rows, now } = this;
    const conversation = conversationOf(rows, from);
    const inbound = { channel: 'sms', providerSid: '', to: rows.school.phone, from, text: words, media: 0 } as const;
    const seen = { phone: from, body: words, messageType: 'text', direction: 'in', status: 'received' } as const;
    queue({ rows, now }, { ...seen, sentAt: now });
    if (!isPerson(inbound)) return;
    const speaker = speakerOf(rows, from);
    const facts = plainFacts(this.chance, speaker, 'student', words);
    const carrier = carrierHears(inbound, conversation.optedOutAt !== null, rows.school.policy.freedCarrierWords);
    if (carrier) {
      return this.carrierHeard({ rows, conversation, facts, now }, carrier, droppingWord(inbound));
    }
    const { place, restarted } = placeFrom(conversation.place, conversation.flowVersion, roleOf(speaker));
    const understood = heardAs(words, speaker, place, now);
    if (conversation.takenOverAt !== null && !isForTheBot(understood, speaker)) {
      const values = { who: speaker.student?.name ?? from, words: shortened(words) };
      return tellOwner({ rows, conversation, facts, now }, { key: 'office_text', values });
    }
    const reads = readsOfRows(rows, now);
    const known = await factsForText(this.chance, reads, speaker, place, understood, words, now);
    known.crossed = await hasCrossed(reads, place, from, now);
    this.eager = !place.memory.replaced && (await reads.questionOut(from)) === null;
    const step = stepOfText(place, understood, known, now);
    if (restarted && step.said.length > 0) step.said.unshift({ key: 'forgotten', values: {} });
    this.settle({ rows, conversation, facts: known, now }, step, 'reply', stateName(place.value), `"${words}"`);
  }

  /** Money on the school's account, through the same matching of references. */
  async credit(asked: { amountCents: number; description?: string; id?: string }): Promise<void> {
    takeCredit(this.rows, asked, this.now);
    return this.runDue();
  }

  /** Goes forward, stopping wherever something falls due. */
  async advanceTo(target: Instant): Promise<void> {
    await this.runDue();
    for (let next = this.nextDue(); next !== null && next < target; next = this.nextDue()) {
      this.now = Math.max(this.now, next);
      await this.runDue();
    }
    this.now = target;
    return this.runDue();
  }

  nextDue(): Instant | null {
    const due = [...this.openEvents(), ...this.queued()].map((row) => row.dueAt);
    return due.length > 0 ? Math.min(...due) : null;
  }

  /** What reached a phone, in order. */
  received(phone: string): TextRow[] {
    return this.rows.texts
      .filter((text) => text.phone === phone && text.direction === 'out' && text.status === 'sent')
      .sort((a, b) => a.sentAt! - b.sentAt!);
  }

  private readonly chance = {
    random: (bytes: number) => draw(this.rows, bytes),
    keys: { codes: CODE_KEY, tokens: CODE_KEY, twilioAuthToken: '', twilioAccountSid: '' },
  };

  private openEvents = () => this.rows.events.filter((event) => !event.done);
  private queued = () => this.rows.texts.filter((text) => text.status === 'queued');

  private async runDue(): Promise<void> {
    for (;;) {
      for (const text of this.queued().sort((a, b) => a.dueAt - b.dueAt))
        if (text.dueAt <= this.now && text.phone !== this.notYetTold) this.send(text);
      const event = this.openEvents()
        .sort((a, b) => a.dueAt - b.dueAt)
        .find((one) => one.dueAt <= this.now);
      if (!event) return;
      await this.happens(event);
    }
  }

  private async happens(event: EventRow): Promise<void> {
    const { rows, now } = this;
    if (event.kind === 'slot_freed') return offerFreed({ rows, now }, event);
    const conversation = rows.conversations.find((one) => one.id === event.conversationId)!;
    const speaker = speakerOf(rows, conversation.phone);
    if (event.kind === 'lesson_notice')
      return summarise({ rows, now, facts: plainFacts(this.chance, speaker, 'student') }, event, conversation.phone);
    const { place } = placeFrom(conversation.place, conversation.flowVersion, 'student');
    const facts = await factsForEvent(
      this.chance,
      readsOfRows(rows, now),
      speaker,
      { ...event, kind: event.kind },
      conversation,
      now,
    );
    const wait = askNoSoonerThan(place, event.kind, facts, event.putOffSince, now);
    if (wait) {
      event.dueAt = wait.at;
      if (wait.because === 'busy') event.putOffSince ??= now;
      return;
    }
    const stands = event.key.startsWith('lesson:') ? stillAbout(event.key, facts.lesson?.startsAt) : true;
    const step = stands ? stepOfEvent(place, event.kind, facts, now) : { place, said: [], asks: null, commands: [] };
    const kept = { ...step, place: conversationPlace(conversation, step.place) };
    this.settle({ rows, conversation, facts, now }, kept, event.kind, stateName(place.value), event.kind);
    event.done = true;
  }

  /** Writes what a step decided: its commands, its reply, and where the conversation now stands (as JSON, like the column). */
  private settle(turn: CoreTurn, step: Step, messageType: 'reply' | EventKind, from: string, cause: string): void {
    const { rows, conversation, now } = turn;
    const { phone } = conversation;
    const question = this.lastQuestion(phone);
    for (const command of step.commands) applyCommand(turn, command);
    const mute = conversation.optedOutAt !== null && !step.commands.some((one) => one.kind === 'opt_in');
    const texts = mute ? [] : renderTexts(step.said, step.asks, step.place.memory, turn.facts);
    const reply = texts.join('\n');
    const dueAt = messageType === 'hold_ended' ? afterQuiet(turn) : now;
    const expiresAt = messageType === 'waitlist_offer' ? (step.place.memory.offer?.expiresAt ?? null) : null;
    const type = messageType === 'reply' ? typeOfReply(conversation, step) : messageType;
    for (const body of texts) queue(turn, { phone: conversation.phone, body, messageType: type, dueAt, expiresAt });
    conversation.place = JSON.parse(JSON.stringify(step.place));
    conversation.flowVersion = FLOW_VERSION;
    if (messageType === 'reply' && from !== 'idle' && stateName(step.place.value) === 'idle') wakePutOff(turn);
    const { asks, commands } = step;
    this.turns.push({
      ...{
        phone,
        cause,
        from,
        to: stateName(step.place.value),
        asks,
        commands,
        reply,
        at: now,
        mute,
        question,
        eager: this.eager,
      },
    });
    if (rows.texts.length > 10_000) throw new Error('a conversation without an end');
  }

  private lastQuestion(phone: string): TextRow | null {
    const asks = (text: TextRow) => text.phone === phone && text.status === 'sent' && /Reply |\?/.test(text.body);
    return this.rows.texts
      .filter(asks)
      .reduce<TextRow | null>((last, one) => (last && last.sentAt! > one.sentAt! ? last : one), null);
  }

  private async carrierHeard(turn: CoreTurn, heard: string, dropping: string | null): Promise<void> {
    const { rows, conversation, facts, now } = turn;
    if (heard === 'opt_in') {
      conversation.optedOutAt = null;
      const body = renderSaid({ key: 'opted_in', values: { school: rows.school.name } });
      queue(turn, { phone: conversation.phone, body, messageType: 'reply' });
    }
    if (heard !== 'opt_out') return;
    conversation.optedOutAt = now;
    conversation.place = atRest(roleOf(speakerOf(rows, conversation.phone)));
    const [next] = facts.student ? await readsOfRows(rows, now).lessonsAhead(facts.student.id) : [];
    if (!dropping || !next) return;
    rows.alerts.push({ kind: 'wanted_to_drop', detail: dropping });
    tellOwner(turn, wantedToDrop(who(turn), dropping, next, facts));
  }

  private send(text: TextRow): void {
    const { rows } = this;
    const code = this.rows.codes.find((one) => one.id === text.otpEventId);
    const lesson = text.lessonId ? factOf(this.rows, lessonOf(this.rows, text.lessonId)) : null;
    const unwanted = reasonNotToSend(
      {
        optedOut: this.isOut(text.phone),
        takenOver: rows.conversations.some((one) => one.phone === text.phone && one.takenOverAt !== null),
        messageType: text.messageType,
        outdated:
          text.lessonStart !== null &&
          (lesson?.startsAt !== text.lessonStart || !['confirmed', 'pending'].includes(lesson.status)),
        otp: code
          ? { id: code.id, nonce: code.nonce, ended: code.ended || code.verified || code.expiresAt <= this.now }
          : null,
        expiresAt: text.expiresAt,
      },
      this.now,
    );
    text.status = unwanted ? 'skipped' : 'sent';
    text.sentAt = this.now;
    if (code) text.body = text.body.replace('{code}', codeFor(CODE_KEY, code.id, code.nonce));
  }

  private isOut = (phone: string) =>
    this.rows.conversations.some((one: Conversation) => one.phone === phone && one.optedOutAt !== null);
}

/** Where a phone's conversation stands, as it would be loaded for the next text. */
export function placeOf(rows: Rows, phone: string) {
  const { place, flowVersion } = conversationOf(rows, phone);
  return placeFrom(place, flowVersion, 'student').place ?? atRest('student');
}
