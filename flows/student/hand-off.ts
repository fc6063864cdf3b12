import { dateLabel, timeLabel } from '../../src/domain/labels';
import { officeFrom, officeHoursLabel } from '../../src/domain/office';
import { type Args, command, forget, type SayKey, say } from '../vocabulary';

/** A person is to answer: when they do is promised from the office's hours. */
export const handOff = (why: (args: Args) => string) =>
  [say(promiseKey, promise), command((args) => ({ kind: 'hand_off', why: why(args) })), forget] as const;

const promised = ({ event: { facts, now } }: Args) => {
  const { zone, policy } = facts.school;
  return officeFrom(policy.officeHours, now, zone, new Set(facts.closedDates));
};

function promiseKey(args: Args): SayKey {
  const from = promised(args);
  if (!from) return 'handed_off_sometime';
  if (from.kind === 'now') return 'handed_off';
  if (from.days === 0) return 'handed_off_today';
  return from.days === 1 ? 'handed_off_tomorrow' : 'handed_off_later';
}

function promise(args: Args) {
  const { name, policy } = args.event.facts.school;
  const from = promised(args);
  return {
    school: name,
    hours: officeHoursLabel(policy.officeHours),
    time: timeLabel(policy.officeHours.from),
    day: from?.kind === 'later' ? dateLabel(from.date) : '',
  };
}
