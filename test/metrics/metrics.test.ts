import { type Started, startProgram } from '../support/program';

const MIA = '+61491570156';

describe('GET /metrics', () => {
  let program: Started;
  beforeAll(async () => {
    // The administrator's role, as the embedded server has it, sees the hand-offs of all schools.
    program = await startProgram('2026-11-22T23:00:00Z');
  });
  afterAll(() => program.stop());

  const scraped = async () => {
    const answer = await fetch(`${program.running.url}/metrics`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    return answer.text();
  };
  const value = (text: string, line: string) =>
    Number(
      text
        .split('\n')
        .find((one) => one.startsWith(`${line} `))
        ?.split(' ')
        .at(-1),
    );

  it('counts turns, texts, segments and what was not understood', async () => {
    await program.sim.text(MIA, 'hi');
    await program.sim.text(MIA, 'mia');
    await program.sim.text(MIA, 'qwertz uiop asdf');
    const text = await scraped();
    expect(value(text, 'dss_heard_total')).toBe(3);
    expect(value(text, 'dss_not_understood_total')).toBe(1);
    expect(value(text, 'dss_turns_total{kind="text",result="not_understood"}')).toBe(1);
    expect(value(text, 'dss_turn_seconds_count{kind="text",result="done"}')).toBe(3);
    expect(value(text, 'dss_texts_total{direction="in",status="received",error=""}')).toBe(3);
    expect(value(text, 'dss_texts_total{direction="out",status="accepted",error=""}')).toBe(3);
    expect(value(text, 'dss_segments_total')).toBeGreaterThanOrEqual(3);
    expect(value(text, 'dss_queue_due{kind="message"}')).toBe(0);
    expect(value(text, 'dss_queue_oldest_due_seconds{kind="event"}')).toBe(0);
    expect(text).toContain('dss_hand_offs_open');
    expect(text).toContain('process_resident_memory_bytes');
  });

  it('names no school and no phone', async () => {
    const own = (await scraped()).split('\n').filter((line) => line.includes('dss_'));
    expect(own.length).toBeGreaterThan(20);
    expect(own.join('\n')).not.toMatch(/Bayside|614915|[0-9a-f]{8}-[0-9a-f]{4}/);
  });

  it('refusals of the provider are counted by their code', async () => {
    await program.sim.fault('429', 1);
    await program.sim.text(MIA, 'prices');
    expect(value(await scraped(), 'dss_texts_total{direction="out",status="busy",error=""}')).toBeGreaterThanOrEqual(1);
  });
});
