import { initialName } from '../../src/domain/names';
import { type Args, command, remember, say } from '../vocabulary';
import { clockInWords } from '../wording';
import { namesOf } from './off-wording';

const late = ({ event }: Args) => event.facts.late!;
const understood = remember(() => ({ unclear: 0 }));
const tellThem = command((args) => ({ kind: 'tell_late', delayed: late(args).reached }));

const told = say('late_told', (args) => ({
  lessons: late(args)
    .reached.map((one) => `${initialName(one.lesson.student)} ${clockInWords(one.expectedAt, args.event.facts)}`)
    .join(', '),
}));
const unreached = say('not_texted', (args) => ({ names: namesOf(late(args).unreached.map((one) => one.lesson)) }));

/** Everyone whose lesson a delay moves is told when it should begin; the lessons themselves stay as they are booked. */
export const runningLate = [
  { guard: 'nobodyWaits', actions: [say('late_nobody'), understood] },
  { guard: 'delayUnsaid', actions: [say('late_how_long'), understood] },
  { guard: 'noneReached', actions: [unreached, understood] },
  { guard: 'someUnreached', actions: [tellThem, told, unreached, understood] },
  { actions: [tellThem, told, understood] },
] as const;
