import { type DestinationStream, type LogFn, type Logger, pino } from 'pino';

/**
 * Fields that may reach the log. What is not listed is dropped, so that a text, a phone number, a name or a code
 * cannot get there by a careless call; add a field here on purpose.
 */
const KNOWN_FIELDS = new Set([
  ...['turn', 'school', 'conversation', 'message', 'event', 'lesson', 'deposit', 'job', 'ids', 'id', 'sid'],
  ...['heard', 'from', 'to', 'commands', 'outcome', 'kind', 'status', 'role', 'queue', 'signal', 'applied', 'version'],
  ...['ms', 'count', 'attempt', 'lateMs', 'due', 'code', 'constraint', 'table', 'method', 'route', 'problems'],
  ...['host', 'port', 'addresses', 'pid', 'err'],
]);

export type LogStream = DestinationStream;

/** One JSON object a line on standard error (standard output belongs to the commands' data). */
export function makeLog(
  level: string,
  destination: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Logger {
  return pino(
    {
      level,
      base: null,
      // The library would make an error's own message, which may hold a text, the message of the line.
      errorKey: 'notLogged',
      hooks: { logMethod: withoutErrorAsMessage },
      formatters: { log: knownFields },
      serializers: { err: faultOnly },
    },
    destination,
  );
}

function withoutErrorAsMessage(this: Logger, args: Parameters<LogFn>, method: LogFn): void {
  const [first, ...rest] = args as unknown[];
  const fields = first instanceof Error ? { err: first } : first;
  method.apply(
    this,
    [fields, ...rest].map((one) => (typeof one === 'string' ? masked(one) : one)) as Parameters<LogFn>,
  );
}

function knownFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => KNOWN_FIELDS.has(name))
      .map(withoutSecrets),
  );
}

/** Row ids and the provider's message ids may stand: they are how an operator finds the row. */
const ID = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[SM]M[0-9a-f]{32})$/i;

function withoutSecrets([name, value]: [string, unknown]): [string, unknown] {
  return [name, name === 'err' || typeof value !== 'string' || ID.test(value) ? value : masked(value)];
}

/**
 * An error's kind, code and place. PostgreSQL's `detail`, `where` and `parameters` hold rows and are left out, and so
 * is the SQL that Knex puts before " - " of the message with its bindings; long numbers are masked in what is left.
 */
function faultOnly(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: masked(String(error)) };
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  const message = error.message.slice(error.message.lastIndexOf(' - ') + 1).trim();
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { type: error.name, message: masked(message), code, constraint, table, stack: frames.slice(0, 12).join('\n') };
}

/** Numbers of six digits or more (phones, codes) and whatever is quoted (a text, a name, a value) become dots. */
function masked(text: string): string {
  return text.replace(/\+?\d[\d ]{4,}\d/g, '…').replace(/"[^"]*"|“[^”]*”|`[^`]*`|(?<!\w)'[^']*'/g, '…');
}
