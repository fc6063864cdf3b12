/** What was asked for cannot be: one sentence each with field, value and remedy. Exit code 2, nothing was written. */
export class UsageFault extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
    this.name = 'UsageFault';
  }
}

/** Reads several fields and reports every fault of them together. */
export function reader() {
  const problems: string[] = [];
  return {
    /** The value, or undefined with the fault noted; `read` throws a string for what it refuses. */
    take<T>(read: () => T): T {
      try {
        return read();
      } catch (fault) {
        if (typeof fault !== 'string') throw fault;
        problems.push(fault);
        return undefined as T;
      }
    },
    done(): void {
      if (problems.length > 0) throw new UsageFault(problems);
    },
  };
}
