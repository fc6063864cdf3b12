/** Does `work` for each, at most `most` at a time; the first fault is thrown once all that had begun has ended. */
export async function sideBySide<T>(items: T[], most: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const one = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(most, items.length) }, one));
  const failed = ended.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}
