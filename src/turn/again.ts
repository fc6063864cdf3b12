import { Overtaken } from './turn';

const TRIES = 3;
/** Exclusion, serialisation and deadlock: someone else was first. */
const LOST = new Set(['23P01', '40001', '40P01']);

/** Runs it again when someone else was first, each time with fresh facts. */
export async function again<T>(once: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await once();
    } catch (fault) {
      const lost = fault instanceof Overtaken || LOST.has((fault as { code?: string }).code ?? '');
      if (!lost || tries >= TRIES) throw fault;
    }
  }
}

/** The database is away: nothing can be kept, so the sender is asked to try again. */
export function isOutage(fault: unknown): boolean {
  const { code = '', name = '' } = fault as { code?: string; name?: string };
  return (
    /^(ECONN|ENOENT|EPIPE|57P0|08)/.test(code) ||
    name === 'KnexTimeoutError' ||
    /Connection terminated/.test(String(fault))
  );
}
