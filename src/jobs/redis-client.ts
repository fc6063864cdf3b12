import { Redis, type RedisOptions } from 'ioredis';

type Waiting = { shift(): { command: { reject(fault: Error): void } } | undefined };

/**
 * A client that can be ended at any time. Between two tries to connect the library's own stops trying without saying that it
 * has ended, and keeps what it had sent before the break: a worker that closes then would wait for ever.
 */
export class RedisClient extends Redis {
  override disconnect(reconnect = false): void {
    const between = !reconnect && this.status === 'reconnecting';
    // As one that has never connected: the library then tells the end at once.
    if (between) this.status = 'wait';
    super.disconnect(reconnect);
    if (between) this.#giveUpUnanswered();
  }

  override duplicate(override?: RedisOptions): never {
    const made = new RedisClient({ ...this.options, ...override } as never);
    this.#copies.add(made);
    made.once('end', () => this.#copies.delete(made));
    // The library's type says that a copy has nothing of ours.
    return made as never;
  }

  /** Ends it and all its copies, whatever they wait for. */
  endAll(): void {
    for (const copy of this.#copies) copy.endAll();
    this.disconnect();
  }

  readonly #copies = new Set<RedisClient>();

  #giveUpUnanswered(): void {
    const unanswered = (this as unknown as { prevCommandQueue: Waiting | null }).prevCommandQueue;
    for (let one = unanswered?.shift(); one; one = unanswered?.shift())
      one.command.reject(new Error('Connection is closed.'));
  }
}
