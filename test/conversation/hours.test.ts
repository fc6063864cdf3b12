import { hoursIn } from '../../src/conversation/hear/hours';

const said = (text: string) =>
  hoursIn(text)?.map(({ weekdays, hours }) =>
    `${weekdays.join('')} ${hours.map((h) => `${h.from}-${h.to}`).join(' ')}`.trim(),
  );

describe("a week's working hours in a text", () => {
  it.each([
    ['hours mon-fri 8-5, sat 9-1', ['12345 08:00-17:00', '6 09:00-13:00']],
    ['hours mon-fri 8-12 and 1-5, sat 9-1', ['12345 08:00-12:00 13:00-17:00', '6 09:00-13:00']],
    ['Hours mon and wed 9am-3.30pm', ['13 09:00-15:30']],
    ['hours mon 8-5 tues 9-3', ['1 08:00-17:00', '2 09:00-15:00']],
    ['my hours weekdays 7 to 3', ['12345 07:00-15:00']],
    ['hours sat and sun off', ['67']],
    ['lunch 12-1', ['12:00-13:00']],
    ['lunch break mon-fri 12.30-1', ['12345 12:30-13:00']],
  ])('%s', (text, week) => {
    expect(said(text)).toEqual(week);
  });

  it('is only asked for when no whole day with its hours is said', () => {
    for (const text of ['hours', 'my hours', 'hours mon-fri', 'hours 8-5']) expect(hoursIn(text)).toEqual([]);
  });

  it('is not what other texts are about', () => {
    for (const text of ['off fri 2-4pm', 'lunch?', '2 hours with mia', 'how many hours'])
      expect(hoursIn(text)).toBeNull();
  });
});
