import type { Command } from 'commander';
import { FLOW_VERSION } from '../../flows/machines';
import { atRest } from '../conversation/place';
import { segmentsOf } from '../domain/texts';
import { openQueues } from '../jobs/queues';
import { makeLog } from '../log';
import { lockConversation, markConversation } from '../store/conversations';
import { insertOutgoing } from '../store/messages';
import { phone as readPhone, words } from './fields';
import { type AtSchool, atSchool, type SchoolOptions, schoolCommandOf } from './in-school';
import { reader } from './usage';
import { print } from './with';

/** Ten segments: what Twilio takes at most. */
const LONGEST = 1530;

/** `dss say`: a person answers; from then on the bot leaves this phone to people until `dss handback`. */
export function sayCommand(): Command {
  return schoolCommandOf('say', 'a person answers; the bot stays out of it until `dss handback PHONE`')
    .argument('<phone>')
    .argument('<text...>')
    .action(async (typed: string, text: string[], options: SchoolOptions) => {
      const { take, done } = reader();
      const phone = take(() => readPhone('PHONE', typed));
      const body = take(() => {
        const said = text.join(' ').replaceAll('\\n', '\n').trim();
        return said.includes('\n') && said.length <= LONGEST ? said : words('TEXT', said, LONGEST);
      });
      done();
      const id = await atSchool(
        options,
        async (tx, { school, now }) => {
          const rest = { place: atRest('student'), flowVersion: FLOW_VERSION };
          const conversation = await lockConversation(tx, school.id, phone, rest, now);
          if (conversation.optedOutAt !== null)
            throw new Error(`${phone} has opted out of texts (STOP): only that person can undo it, by texting START.`);
          if (conversation.takenOverAt === null)
            await markConversation(tx, school.id, conversation.id, 'taken_over_at', now);
          const office = { conversationId: conversation.id, phone, body, messageType: 'office', dueAt: now };
          return (await insertOutgoing(tx, school.id, office, now))!;
        },
        wakeWorker,
      );
      const { segments } = segmentsOf(body);
      print(
        options.json
          ? { id, phone, segments }
          : `Written (${segments} SMS); the worker sends it. The bot leaves ${phone} to you until \`dss handback ${phone}\`.`,
      );
    });
}

/** The row is the truth: without this alarm the sweep would find it within its minute. */
export async function wakeWorker(id: string, { school, storage, config, now }: AtSchool): Promise<void> {
  const queues = await openQueues({ databaseUrl: storage.ownerUrl, redisUrl: config.redisUrl }, makeLog('silent'));
  try {
    await queues.alarms.set([{ kind: 'message', schoolId: school.id, id, dueAt: now }], now);
  } finally {
    await queues.close();
  }
}
