import { type Started, startProgram } from '../support/program';

describe('two learners of one phone', () => {
  const karen = '+61491570157';
  let program: Started;
  beforeAll(async () => {
    program = await startProgram('2026-11-23T10:00:00+11:00');
  });
  afterAll(() => program.stop());

  const say = async (words: string) => (await program.sim.text(karen, words)).replies.map((one) => one.body).join('\n');
  const pay = async (held: string) => {
    const reference = /reference (\w+)/.exec(held)![1]!;
    return (await program.sim.credit({ amountCents: 2000, description: reference })).outcome;
  };

  it('begin at the same time with two instructors, each by the code that was sent for them', async () => {
    await say('tues 9am with sam for my daughter ella');
    await say('Karen Smith');
    expect(await pay(await say('yes'))).toBe('confirmed');
    expect(await say('tues 9am for my son leo')).toBe(
      'Tue 24 Nov, 9:00am, 60 min with Priya for Leo? Reply YES to book.',
    );
    expect(await pay(await say('yes'))).toBe('confirmed');
    await program.sim.setClock('2026-11-24T08:58:30+11:00');
    const texts = (await program.sim.phone(karen)).map((text) => text.body).join('\n');
    const codeOf = (name: string) => new RegExp(`${name}'s start code is (\\d{6})`).exec(texts)![1]!;
    const wrong = [1, 2, 3].map((n) => `00000${n}`).find((code) => ![codeOf('Ella'), codeOf('Leo')].includes(code))!;

    expect(await say(wrong)).toContain('tries left: 4');
    expect(await say(codeOf('Leo'))).toContain('Thanks Leo, your lesson with Priya has started.');
    expect(await say(codeOf('Leo'))).not.toContain('has started');
    expect(await say(codeOf('Ella'))).toContain('Thanks Ella, your lesson with Sam has started.');
  });
});
