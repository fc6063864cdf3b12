import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { codeOf } from './fault';

/**
 * What tells one process from a later one with the same number: pid, start time and boot. Undefined when it is dead,
 * or a zombie that nobody has collected (frequent in containers without an init).
 */
export function identify(pid: number): string | undefined {
  return process.platform === 'linux' ? identifyOnLinux(pid) : identifyByPs(pid);
}

/** Whether the process that once had this identity still runs. */
export function isAlive(identity: string): boolean {
  const pid = Number.parseInt(identity, 10);
  const now = pid > 0 ? identify(pid) : undefined;
  return now !== undefined && (now === identity || now.endsWith(HIDDEN));
}

/** The command line of a process; empty when it is gone or hidden from us. */
export function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** Sends a signal; false when the process had already gone. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
    throw error;
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Marks a process that is there but that the system (hidepid) does not let us look at. */
const HIDDEN = ' hidden';

let boot: string | undefined;

function identifyOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in parentheses may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${pid} ${fields[19]} ${boot}`;
  } catch {
    try {
      process.kill(pid, 0);
    } catch (error) {
      if (codeOf(error) !== 'EPERM') return undefined;
    }
    return `${pid}${HIDDEN}`;
  }
}

function identifyByPs(pid: number): string | undefined {
  try {
    const options = { encoding: 'utf8', env: { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' } } as const;
    const [state, ...started] = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], options)
      .trim()
      .split(/\s+/);
    return !state || state.startsWith('Z') ? undefined : `${pid} ${started.join(' ')}`;
  } catch {
    return undefined;
  }
}
