import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { Understood } from '../flows/heard';
import type { Channel } from './channels/channel';
import type { Config } from './config';

/** What to look at, and when: a job holds this and nothing else. */
export type Alarm = { kind: 'message' | 'event'; schoolId: string; id: string; dueAt: number };

/** The alarm clock. Losing one costs lateness only: the rows are the truth and a sweep finds them. */
export type Alarms = { set(alarms: Alarm[], now: number): Promise<void>; close(): Promise<void> };

/** Secret material derived from SECRET_KEY; none of it is in the database. */
export type Keys = { codes: Buffer; tokens: Buffer; twilioAuthToken: string; twilioAccountSid: string };

/** What one turn did, for those who want to look over its shoulder (the simulator's "why"). Holds words: never logged. */
export type Trace = {
  schoolId: string;
  phone: string;
  /** The provider's id of the text, or the id of the event. */
  cause: { kind: 'text'; sid: string } | { kind: 'event'; id: string; event: string };
  at: number;
  /** All readings with the reasons; absent for an event, or when no machine was asked. */
  understood: Understood | null;
  from: string;
  to: string;
  /** Copy keys, in order: `say.held`, `ask.book.confirm`. */
  templates: string[];
  /** Commands as they were carried out: each stands for the rows it wrote. */
  commands: { kind: string }[];
  reply: string;
};

/** Everything with an effect, built once at the rim and handed inwards. */
export type World = {
  config: Config;
  /** Pool of the tables' owner, who is no superuser: without a school set it sees no row. */
  db: Knex;
  /** The only clock: ms since epoch; in the simulator it is read from the database. */
  now(): Promise<number>;
  random(bytes: number): Buffer;
  keys: Keys;
  log: Logger;
  alarms: Alarms;
  channel: Channel;
  /** Called after the commit of each turn; must not throw. */
  observe(trace: Trace): void;
};
