import type { Knex } from 'knex';
import { at, row, rows, type Tx } from './sql';

export type Conversation = {
  id: string;
  phone: string;
  place: unknown;
  flowVersion: number;
  takenOverAt: number | null;
  optedOutAt: number | null;
  /** How its last text came, and when that was written. */
  channel: 'sms' | 'whatsapp';
  heardAt: number | null;
  /** Since when it is in or out of texts. */
  optChangedAt: number | null;
  /** As stored: see `takenFrom` in conversation-log.ts. */
  answers: [number, string | null, 0 | 1][];
};

const COLUMNS = `id, phone, place, flow_version as "flowVersion", taken_over_at as "takenOverAt", opted_out_at as "optedOutAt",
  channel, heard_at as "heardAt", opt_changed_at as "optChangedAt", answers`;

/** The conversation of a phone, made if need be and locked until the transaction ends: texts of one phone queue here. */
export async function lockConversation(
  tx: Tx,
  schoolId: string,
  phone: string,
  atRest: { place: unknown; flowVersion: number },
  now: number,
): Promise<Conversation> {
  const found = await row<Conversation>(
    tx,
    `select ${COLUMNS} from conversations where school_id = ? and phone = ? for no key update`,
    [schoolId, phone],
  );
  if (found) return found;
  const made = await row<Conversation>(
    tx,
    `insert into conversations (school_id, phone, place, flow_version, created_at, updated_at) values (?, ?, ?, ?, ?, ?)
     on conflict (school_id, phone) do update set updated_at = conversations.updated_at returning ${COLUMNS}`,
    [schoolId, phone, JSON.stringify(atRest.place), atRest.flowVersion, at(now), at(now)],
  );
  return made!;
}

/** The id of a phone's conversation, made if need be. It is not locked: a turn of that phone may be at it. */
export async function conversationIdOf(
  tx: Tx,
  schoolId: string,
  phone: string,
  atRest: { place: unknown; flowVersion: number },
  now: number,
): Promise<string> {
  await rows(
    tx,
    `insert into conversations (school_id, phone, place, flow_version, created_at, updated_at) values (?, ?, ?, ?, ?, ?)
     on conflict (school_id, phone) do nothing`,
    [schoolId, phone, JSON.stringify(atRest.place), atRest.flowVersion, at(now), at(now)],
  );
  const known = await row<{ id: string }>(tx, 'select id from conversations where school_id = ? and phone = ?', [
    schoolId,
    phone,
  ]);
  return known!.id;
}

export async function lockConversationById(tx: Tx, schoolId: string, id: string): Promise<Conversation | null> {
  return row<Conversation>(
    tx,
    `select ${COLUMNS} from conversations where school_id = ? and id = ? for no key update`,
    [schoolId, id],
  );
}

export async function savePlace(
  tx: Tx,
  schoolId: string,
  id: string,
  place: unknown,
  flowVersion: number,
  now: number,
): Promise<void> {
  await rows(
    tx,
    'update conversations set place = ?, flow_version = ?, updated_at = ? where school_id = ? and id = ?',
    [JSON.stringify(place), flowVersion, at(now), schoolId, id],
  );
}

/** Sets or clears when the person opted out of texts, or when the office took over. */
export async function markConversation(
  tx: Tx,
  schoolId: string,
  id: string,
  mark: 'opted_out_at' | 'taken_over_at',
  when: number | null,
): Promise<void> {
  await rows(tx, 'update conversations set ?? = ? where school_id = ? and id = ?', [
    mark as Knex.RawBinding,
    when === null ? null : at(when),
    schoolId,
    id,
  ] as Knex.RawBinding[]);
}
