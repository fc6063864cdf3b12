import { inOrder } from '../../src/web/in-order';

test('texts of one phone are handled one at a time in the order of their arrival, and those of others do not wait', async () => {
  const oneByOne = inOrder();
  const log: string[] = [];
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = oneByOne('mia', async () => {
    await held;
    log.push('mia 1');
    throw new Error('a fault of ours');
  });
  const second = oneByOne('mia', async () => void log.push('mia 2'));
  const third = oneByOne('mia', async () => void log.push('mia 3'));
  await oneByOne('leo', async () => void log.push('leo 1'));
  expect(log).toEqual(['leo 1']);
  release();
  await expect(first).rejects.toThrow('a fault of ours');
  await Promise.all([second, third]);
  expect(log).toEqual(['leo 1', 'mia 1', 'mia 2', 'mia 3']);
});
