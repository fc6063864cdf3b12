import { FINER_INTENTS, INSTRUCTOR_INTENTS, type Intent, STUDENT_INTENTS } from '../../flows/heard';
import { fromRecord } from '../../src/conversation/surface';
import { build } from '../../src/conversation/understand/intents/build';
import { read } from '../../src/conversation/understand/reading';
import { NOW } from './support/short';

const INTENTS: Intent[] = [...new Set([...STUDENT_INTENTS, ...INSTRUCTOR_INTENTS, ...FINER_INTENTS])];
const TEXTS = [
  '',
  'hi',
  '2',
  'not 2',
  '1234',
  'move tues 3pm to wed 4pm with sam',
  'mon or tues arvo, 90 min',
  'im liam',
  'mia no show',
  '?',
];
const ROLES = ['student', 'instructor', 'owner'];
const CONTEXTS = [
  'idle',
  'asked_when',
  'asked_duration',
  'asked_confirm',
  'offered_slots:2',
  'awaiting_otp',
  'resched_asked_when',
];

test('what is built for an intent is of that intent, whatever the text and whatever was asked', () => {
  for (const role of ROLES)
    for (const context of CONTEXTS)
      for (const text of TEXTS) {
        const { listening } = fromRecord({ role, text, now: NOW, tz: 'Australia/Sydney', context });
        const reading = read(text, listening);

        for (const intent of INTENTS) {
          const heard = build(intent, reading);

          expect(heard.length).toBeGreaterThan(0);
          expect(heard.map((one) => one.intent)).toEqual(heard.map(() => intent));
        }
      }
});
