import { FLOW_VERSION } from '../../flows/machines';
import { type Place, stateName } from '../conversation/place';
import { renderTexts } from '../conversation/render';
import type { Step } from '../conversation/step';
import { quietSpan } from '../domain/plan';
import { savePlace } from '../store/conversations';
import type { Alarm, Trace, World } from '../world';
import { carryOut } from './carry-out';
import { queue } from './tell';
import type { Turn } from './turn';

/** Writes what a step decided: its commands, its reply as a text to be sent, and where the conversation now stands. */
export async function settle(turn: Turn, step: Step, messageType: string): Promise<string> {
  for (const command of step.commands) await carryOut(turn, command);
  const { conversation, facts, tx, now } = turn;
  const texts =
    conversation.optedOutAt && !step.commands.some((one) => one.kind === 'opt_in')
      ? []
      : renderTexts(step.said, step.asks, step.place.memory, turn.facts);
  for (const body of texts)
    await queue(turn, {
      conversationId: conversation.id,
      phone: conversation.phone,
      body,
      messageType: messageType === 'reply' ? typeOfReply(conversation, step) : messageType,
      lessonId: facts.lesson?.id ?? null,
      ...(messageType === 'hold_ended' && { dueAt: afterQuiet(turn) }),
      ...(messageType === 'waitlist_offer' && { expiresAt: step.place.memory.offer?.expiresAt ?? null }),
    });
  await savePlace(tx, facts.school.id, conversation.id, step.place, FLOW_VERSION, now);
  return texts.join('\n');
}

/** What may still be said while a person answers: that they will, and what a start code was answered with. */
export function typeOfReply(
  conversation: Pick<Turn['conversation'], 'takenOverAt'>,
  { commands }: Pick<Step, 'commands'>,
): string {
  if (commands.some((one) => one.kind === 'hand_off')) return 'hand_off';
  const taken = conversation.takenOverAt !== null && !commands.some((one) => one.kind === 'hand_back');
  return taken ? 'code_reply' : 'reply';
}

/** A text that nobody waits for keeps until the quiet hours are over. */
export const afterQuiet = ({ facts, now }: Pick<Turn, 'facts' | 'now'>) =>
  quietSpan(now, facts.school.policy.quietHours, facts.school.zone)?.to ?? now;

/** What the trace says of a step. */
export const moved = (step: Step) => ({
  to: stateName(step.place.value),
  templates: [...step.said.map((said) => `say.${said.key}`), ...(step.asks ? [`ask.${step.asks}`] : [])],
  commands: step.commands,
});

export const unmoved = ({ value }: Place) => ({
  understood: null,
  from: stateName(value),
  to: stateName(value),
  templates: [],
  reply: '',
});

/** Alarms are set, those who look on are told, and the one log line of the turn is written: ids and names of steps only. */
export function afterCommit(world: World, trace: Trace, alarms: Alarm[], began: number): void {
  nudge(world, alarms, trace.at);
  world.observe(trace);
  world.log.info({
    turn: trace.cause.kind,
    school: trace.schoolId,
    ...(trace.cause.kind === 'event' ? { event: trace.cause.event } : { sid: trace.cause.sid }),
    heard: trace.understood?.readings.map((reading) => reading.intent).join('|'),
    from: trace.from,
    to: trace.to,
    commands: trace.commands.map((command) => command.kind).join(' '),
    ms: Math.round(performance.now() - began),
  });
}

/** After the commit the alarms are set, and nobody waits for it: one that is lost costs lateness only. */
export function nudge(world: World, alarms: Alarm[], now: number): void {
  if (alarms.length === 0) return;
  world.alarms
    .set(alarms, now)
    .catch((fault: unknown) => world.log.warn({ err: fault }, 'alarms not set; the sweep will find them'));
}
