import { machineLike } from '../../src/domain/machine-like';

const OURS = 'Sat 28 Nov, 3:00pm, 60 min with Priya? Reply YES to book.';

test.each([
  "I'm driving with Do Not Disturb While Driving turned on. I'll see your message when I get where I'm going.",
  '(I\'m not receiving notifications. If this is urgent, reply "urgent" to send a notification through with your original message.)',
  'I’m driving right now, I’ll get back to you later. Sent from My Car',
  'Driving Focus is on. I will reply when I arrive.',
  'This is an automated response. I am unable to take your call.',
  'AUTO REPLY: thanks, we are closed',
  'I am out of the office until Monday 30 November with limited access to email.',
  "Hi, I'm currently on annual leave and will return on 4 Jan.",
  'Thank you for your message. We will get back to you shortly.',
  'Thanks for your enquiry, our team will be in touch soon.',
  'This number is not monitored. Please call us.',
  'Please do not reply to this message.',
])('an automatic answer is known: %s', (text) => {
  expect(machineLike(text, [])).toBe('auto_reply');
});

test.each([
  'Your message could not be delivered to +61491570156',
  'Delivery Status Notification (Failure)',
  'The number you have dialled is not in service',
  'Missed call from 0491570156 at 10:03am',
])('a notice is known: %s', (text) => {
  expect(machineLike(text, [])).toBe('notice');
});

test('our own text sent back is known, quoted or with other signs', () => {
  expect(machineLike(OURS, ['Hi', OURS])).toBe('echo');
  expect(machineLike(`> ${OURS.toUpperCase()}`, [OURS])).toBe('echo');
  expect(machineLike(`FW: ${OURS}`, [OURS])).toBe('echo');
});

test.each([
  'im driving there now, running 10 min late',
  'hi can i get a driving lesson sat arvo',
  'thanks for the lesson! same time next week?',
  'thank you for your message, yes please book it',
  'is this an automated reply or a person?',
  'the message was not delivered to me can you send it again',
  'im on leave next week so can i move my lesson to friday',
  'sorry was out of the office until now, can i still book for tomorrow',
  'yes to Sat 28 Nov, 3:00pm, 60 min with Priya, and can my brother come too? he wants to learn as well',
  'whats the number i should call',
  'yes',
  '',
])('what a person may have typed is no machine: %s', (text) => {
  expect(machineLike(text, [OURS])).toBeNull();
});
