import { carrierHears, droppingWord } from '../../src/domain/carrier';

const OUT = ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'CANCEL'];
const DROPPING = ['CANCEL', 'END', 'QUIT'];

test.each(OUT)('%s alone opts out, however it is written', (word) => {
  for (const text of [word, word.toLowerCase(), ` ${word}\n`]) expect(carrierHears({ text }, false)).toBe('opt_out');
  expect(carrierHears({ text: `${word} my lesson` }, false)).toBeNull();
});

test('a school whose carrier frees CANCEL, END or QUIT hears them as ordinary words, the others never', () => {
  for (const word of OUT)
    expect(carrierHears({ text: word }, false, DROPPING)).toBe(DROPPING.includes(word) ? null : 'opt_out');
  expect(carrierHears({ text: 'cancel' }, true, DROPPING)).toBe('opted_out');
});

test('what the provider says that the carrier did goes before the words and the settings', () => {
  expect(carrierHears({ text: 'cancel', optOutType: 'STOP' }, false, DROPPING)).toBe('opt_out');
  expect(carrierHears({ text: 'arret', optOutType: 'STOP' }, false)).toBe('opt_out');
  expect(carrierHears({ text: 'stop', optOutType: 'HELP' }, false)).toBeNull();
  expect(carrierHears({ text: 'hello again', optOutType: 'START' }, true)).toBe('opt_in');
});

test('START and UNSTOP opt in, YES only who is out; anything else from them is kept from us', () => {
  for (const text of ['START', 'unstop', 'Yes']) expect(carrierHears({ text }, true)).toBe('opt_in');
  for (const text of ['START', 'unstop', 'Yes']) expect(carrierHears({ text }, false)).toBeNull();
  expect(carrierHears({ text: 'sat 3pm' }, true)).toBe('opted_out');
});

test('"cancel." with a sign passes the carrier, so it is a wish to drop; "Stop!" still asks for an end', () => {
  expect(carrierHears({ text: 'cancel.' }, false)).toBeNull();
  expect(carrierHears({ text: 'Stop!' }, false)).toBe('opt_out');
  expect([droppingWord({ text: 'Cancel.' }), droppingWord({ text: 'stop' })]).toEqual(['CANCEL', null]);
});
