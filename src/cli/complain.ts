import { CommanderError } from 'commander';
import { ConfigFault } from '../config';
import { StartFault } from '../embedded';
import { UsageFault } from './usage';

/** Says on standard error what went wrong and what to do, in a sentence each; gives the exit code. */
export function complain(fault: unknown): number {
  if (fault instanceof CommanderError) return fault.exitCode === 0 ? 0 : 2;
  for (const line of sentences(fault)) process.stderr.write(`${line}\n`);
  return fault instanceof UsageFault ? 2 : 1;
}

function sentences(fault: unknown): string[] {
  if (fault instanceof ConfigFault || fault instanceof UsageFault) return fault.problems;
  if (fault instanceof StartFault) return [fault.message];
  const {
    code,
    message = String(fault),
    port,
    stack,
  } = fault as { code?: string; message?: string; port?: number; stack?: string };
  switch (code) {
    case 'EADDRINUSE':
      return [`Port ${port} is in use by another program: stop it, or choose another port with PORT=4301.`];
    case 'EACCES':
      return [`${message}: give this user the right to it, or choose another place (DATA_DIR) or port (PORT).`];
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
      return [
        `DATABASE_URL or REDIS_URL does not answer (${code}): check that the server runs and that the address is right.`,
      ];
    case '28P01':
    case '28000':
    case '3D000':
      return [
        `The database refuses the connection (${message}): check user, password and database name in DATABASE_URL.`,
      ];
    case '42501':
      return [`The database role lacks a right (${message}): see \`dss doctor\`.`];
    default:
      return process.env.LOG_LEVEL === 'debug' && stack ? [stack] : [message];
  }
}
