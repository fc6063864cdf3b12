import fc from 'fast-check';
import { type Asked, owedBy, paidBy } from '../../src/domain/matching';

const deposit = (status: Asked['status'], amountCents = 2000, reference = 'DSAAC6NN'): Asked => ({
  status,
  amountCents,
  reference,
});
const paid = (cents: number, deposits: Asked[]) => {
  const match = paidBy(cents, deposits);
  return match.kind === 'pays' ? match.deposits.length : match.why;
};

describe('a credit pays what was asked under its reference', () => {
  const [held, ended, landed] = [deposit('pending'), deposit('failed'), deposit('confirmed')];

  test.each([
    ['one deposit', 2000, [held], 1],
    ['one whose hold has ended', 2000, [ended], 1],
    ['all that were asked together', 6000, [held, held, held], 3],
    ['those that are still held', 4000, [held, held, ended], 2],
    ['all that were asked, though one has ended meanwhile', 6000, [held, held, ended], 3],
    ['what is left when the others have landed', 2000, [landed, landed, ended], 1],
    ['not one of several', 2000, [held, held], '$20 came, $40 is asked'],
    ['not two of three', 4000, [held, held, held], '$40 came, $60 is asked'],
    ['not a cent more', 2001, [held], '$20.01 came, $20 is asked'],
    ['not a cent less', 1999, [held], '$19.99 came, $20 is asked'],
    ['not again', 4000, [landed, landed], 'that deposit is paid already'],
    ['not under two references', 4000, [held, deposit('pending', 2000, 'DS7K2QXX')], 'more than one reference'],
  ])('%s', (_, cents, deposits, expected) => {
    expect(paid(cents, deposits)).toBe(expected);
  });

  it('never anything but a sum of what is unpaid, to the cent', () => {
    const some = fc.array(
      fc.record({
        status: fc.constantFrom('pending', 'failed', 'confirmed'),
        amountCents: fc.constantFrom(1000, 2000, 2050, 3000),
        reference: fc.constant('DSAAC6NN'),
      }) as fc.Arbitrary<Asked>,
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 20_000 }), (deposits, cents) => {
        const match = paidBy(cents, deposits);
        if (match.kind === 'person') return;
        expect(match.deposits.reduce((sum, one) => sum + one.amountCents, 0)).toBe(cents);
        expect(match.deposits.every((one) => one.status !== 'confirmed')).toBe(true);
        // All that is held is paid, or nothing: no lesson of a list is picked out.
        const heldLeft = deposits.filter((one) => one.status === 'pending' && !match.deposits.includes(one));
        expect(heldLeft).toEqual([]);
      }),
    );
  });
});

describe('a credit pays what is owed for late drops', () => {
  const owed = (...cents: number[]) => cents.map((owingCents, id) => ({ id, owingCents }));
  const ids = (cents: number, list: { id: number; owingCents: number }[]) => owedBy(cents, list).map((one) => one.id);

  it('all of it, or exactly one, the oldest of those that are as much', () => {
    expect(ids(11_000, owed(5500, 5500))).toEqual([0, 1]);
    expect(ids(5500, owed(3000, 5500, 5500))).toEqual([1]);
    expect(ids(5501, owed(5500, 5500))).toEqual([]);
    expect(ids(0, [])).toEqual([]);
  });
});
