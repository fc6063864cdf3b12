import { dollars, momentLabel } from '../src/domain/labels';
import { type Args, command, conversation, forget, remember, type Said, say, type Waivable } from './vocabulary';
import { momentInWords } from './wording';

const charge = ({ event }: Args) => event.facts.waive!.charge!;
const values = (args: Args) => ({
  name: charge(args).name,
  amount: dollars(charge(args).amountCents),
  credit: dollars(charge(args).backCents),
  slot: momentInWords(charge(args).lessonAt, args.event.facts),
});
const named = ({ event }: Args) => ({ name: event.facts.waive?.name ?? '' });

/** Whose late notice is to be let go, and which: the newest that stands. Asked back, as it gives money away. */
export const waiving = [
  { guard: 'mayNotWaive', actions: [say('office_waives')] },
  { guard: 'waivesNobody', actions: [say('waive_whom')] },
  { guard: 'waivesStranger', actions: [say('no_such_student', named)] },
  {
    guard: 'waivesOneOfSeveral',
    actions: [
      say('which_student', ({ event }) => ({
        names: event.facts.waive!.candidates.map((one) => one.name).join(', '),
      })),
    ],
  },
  {
    guard: 'chargeStands',
    target: '#waiveConfirm',
    actions: [
      remember((args) => {
        const { chargeId, phone } = charge(args);
        return { waive: { chargeId, phone, words: values(args) }, unclear: 0 };
      }),
    ],
  },
  { target: '#rest', actions: [say('nothing_to_waive', named)] },
] as const;

/** What the student hears, whoever of the school let it go. */
export const toldWaived = (
  { backCents, lessonAt }: Waivable,
  { name, zone }: { name: string; zone: string },
): Said => ({
  key: backCents > 0 ? 'waived_credit' : 'waived',
  values: { school: name, slot: momentLabel(lessonAt, zone), credit: dollars(backCents) },
});

const gone = { target: '#rest', actions: [say('waived_meanwhile'), forget] } as const;
const letGo = [
  command((args) => ({ kind: 'waive_charge', charge: charge(args), by: args.event.facts.instructor?.name ?? 'owner' })),
  command((args) => ({
    kind: 'tell',
    phone: charge(args).phone,
    said: toldWaived(charge(args), args.event.facts.school),
    lessonId: charge(args).lessonId,
    messageType: 'waived',
  })),
  say('waive_done', values),
  forget,
] as const;

/** "waive mia", by the owner or whoever else the policy names. */
export const waive = conversation.createStateConfig({
  initial: 'confirm',
  states: {
    confirm: {
      id: 'waiveConfirm',
      on: {
        confirm_yes: [{ guard: 'chargeStands', target: '#rest', actions: letGo }, gone],
        unsure_yes: { actions: [say('plain_yes')] },
        stale_answer: [
          { guard: 'chargeStands', target: '#waiveConfirm', reenter: true, actions: [say('too_old_change')] },
          gone,
        ],
        confirm_no: { target: '#rest', actions: [say('waive_kept'), forget] },
      },
    },
  },
});
