import { gate, type Run } from '../../src/jobs/gate';

describe('the gate before a school’s senders', () => {
  /** Runs that end when told to. */
  const runs = () => {
    const open: ((run: Run) => void)[] = [];
    return { open, run: () => new Promise<Run>((resolve) => void open.push(resolve)) };
  };

  it('turns away who comes when it is full, and another school passes', async () => {
    const through = gate(2);
    const { open, run } = runs();
    const inside = [through('bayside', run), through('bayside', run)];
    expect(await through('bayside', run)).toBeNull();
    const other = through('harbour', run);
    expect(open).toHaveLength(3);
    for (const end of open) end({ done: 1, left: true });
    expect(await Promise.all([...inside, other])).toEqual(Array(3).fill({ done: 1, left: true }));
  });

  it('looks again for whoever was turned away, so that no call is lost', async () => {
    const through = gate(1);
    const { open, run } = runs();
    const first = through('bayside', run);
    expect(await through('bayside', run)).toBeNull();
    open[0]!({ done: 3, left: false });
    await Promise.resolve();
    await Promise.resolve();
    expect(open).toHaveLength(2);
    open[1]!({ done: 1, left: false });
    expect(await first).toEqual({ done: 4, left: false });
  });

  it('is open again after a run that failed', async () => {
    const through = gate(1);
    await expect(through('bayside', () => Promise.reject(new Error('the database is away')))).rejects.toThrow('away');
    expect(await through('bayside', async () => ({ done: 1, left: false }))).toEqual({ done: 1, left: false });
  });
});
