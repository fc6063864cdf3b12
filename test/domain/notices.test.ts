import { isToldAtOnce, summaryDue } from '../../src/domain/notices';
import { parsePolicy } from '../../src/domain/policy';
import { instantOf } from '../../src/domain/time';

const zone = 'Australia/Sydney';
const policy = parsePolicy({});
const at = (date: string, time: string) => instantOf(date, time, zone);

describe('when an instructor hears of a change', () => {
  it('is at once for a lesson of today and the next two days on the calendar, however late it is', () => {
    const late = at('2026-11-24', '23:30');
    expect(isToldAtOnce(at('2026-11-26', '18:00'), policy, zone, late)).toBe(true);
    expect(isToldAtOnce(at('2026-11-27', '00:00'), policy, zone, late)).toBe(false);
  });

  it('is this evening, or the next when this one is over; by the wall clock, also when the clocks change', () => {
    expect(summaryDue(policy, zone, at('2026-11-24', '17:59'))).toBe(at('2026-11-24', '18:00'));
    expect(summaryDue(policy, zone, at('2026-11-24', '18:00'))).toBe(at('2026-11-25', '18:00'));
    expect(summaryDue(policy, zone, at('2026-10-03', '19:00'))).toBe(at('2026-10-04', '18:00'));
  });
});
