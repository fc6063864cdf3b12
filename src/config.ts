/** The settings of one process, read once from the environment. Defaults carry the simulator; see README's table. */
export type Config = {
  host: string;
  port: number;
  /** Address that Twilio (or the simulator) calls; signatures are checked against it. No trailing slash. */
  publicUrl: string;
  /** Absent: the embedded server below `dataDir` is used. */
  databaseUrl?: string;
  /** Absent: BullMQ runs on PostgreSQL. */
  redisUrl?: string;
  dataDir: string;
  simulator: boolean;
  /** Where the simulator's clock starts in a new database, ms since epoch. */
  simNow?: number;
  /** Absent with the simulator: it has an account of its own. */
  twilio?: { accountSid: string; authToken: string };
  twilioApiBaseUrl: string;
  /** Absent: made once below `dataDir` (never in production). */
  secretKey?: string;
  role: 'all' | 'web' | 'worker';
  logLevel: string;
  production: boolean;
};
