import type { Facts } from '../../flows/vocabulary';
import type { Conversation } from '../store/conversations';
import type { Tx } from '../store/sql';
import type { Alarm, World } from '../world';

/** The diary refused what the guard had allowed: the turn is run again with fresh facts. */
export class Overtaken extends Error {}

/** The turn that carries out: its transaction, whose conversation it is, and the alarms to set after the commit. */
export type Turn = {
  world: World;
  tx: Tx;
  conversation: Conversation;
  facts: Facts;
  alarms: Alarm[];
  now: number;
};
