import { isAustralianMobile, maskPhone, toE164 } from '../../src/domain/phones';

test.each([
  ['0491570006', '+61491570006'],
  ['0491 570 006', '+61491570006'],
  ['(0491) 570-006', '+61491570006'],
  ['+61 491 570 006', '+61491570006'],
  ['61491570006', '+61491570006'],
  ['0061491570006', '+61491570006'],
  ['0011 61 491 570 006', '+61491570006'],
  ['491570006', '+61491570006'],
  ['whatsapp:+61491570006', '+61491570006'],
  ['０４９１５７０００６', '+61491570006'],
  ['02 9876 5432', '+61298765432'],
  ['+14155552671', '+14155552671'],
])('%s is %s', (said, phone) => {
  expect(toE164(said)).toBe(phone);
});

test.each([
  '',
  'mia',
  'Twilio',
  '12345',
  '0491',
  '+0491570006',
  '1'.repeat(50),
  'javascript:1',
  '\u0000',
  '0491570006 or 0491570110',
])('%j is no phone', (said) => {
  expect(toE164(said)).toBeNull();
});

test('every number of the demo school and of fiction is a phone, and an Australian mobile', () => {
  const numbers = ['006', '110', '313', '737', '156', '157', '158', '159'].map((end) => `+61491570${end}`);
  numbers.push('+61491571266', '+61491571491', '+61491571804', '+61491572549', '+61491580000', '+61491580099');
  for (const number of numbers) {
    expect(toE164(number)).toBe(number);
    expect(toE164(`0${number.slice(3)}`)).toBe(number);
    expect(isAustralianMobile(number)).toBe(true);
  }
  expect(['+61298765432', '+14155552671', '+6149157000', '+61491570006x'].map(isAustralianMobile)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

test('a log shows the last three digits', () => {
  expect(maskPhone('+61491570006')).toBe('***006');
  expect(maskPhone('whatsapp:+61491570006')).toBe('***006');
  expect(maskPhone('123')).toBe('***');
});
