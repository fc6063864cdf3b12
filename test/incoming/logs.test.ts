import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLog } from '../../src/log';
import { deriveKeys } from '../../src/secrets';
import { simClient } from '../../src/simulator/client';
import { openDatabase } from '../../src/store/database';
import { rows } from '../../src/store/sql';
import { freshDatabase } from '../support/database';
import { freePort, startChild } from '../support/process';

const SECRET = 'a-secret-of-this-run-0123456789abcdef-0123456789';

/** A whole story with its faults, at the most talkative level; afterwards everything that was said is looked for in the log. */
test('no number, name, code, token or text of a whole run is in its log, at level trace', async () => {
  const database = await freshDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'dss-test-'));
  const port = await freePort();
  const child = await startChild(['start'], {
    ...{ DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: port, SECRET_KEY: SECRET },
    ...{ SIM_NOW: '2026-11-24T14:00:00+11:00', LOG_LEVEL: 'trace' },
  });
  const admin = openDatabase(database.adminUrl, { poolMax: 1 });
  try {
    const sim = simClient(child.url);
    const phone = '+61491570156';
    const says = async (text: string) => (await sim.text(phone, text)).replies.map((reply) => reply.body).join('\n');
    await says('sat 3pm with priya, i drive a wobbegong');
    await says('Xanthippe Quirke');
    const reference = /reference (\w+)/.exec(await says('yes'))![1]!;
    await sim.credit({ amountCents: 2000, description: `wobbegong ${reference}`, payer: 'Mr Quirke' });
    await sim.setClock('2026-11-28T14:59:00+11:00');
    const code = /code is (\d{6})/.exec((await sim.phone(phone)).map((text) => text.body).join('\n'))![1]!;
    await says('000000');
    await says(code);
    await sim.text('+61491570313', 'done xanthippe wobbegong parked well');
    await sim.text('+61491570157', 'agent please, my wobbegong is stuck');
    await sim.text('+61491570158', 'STOP');
    // Faults of theirs and of ours: whoever logs them has words and numbers at hand.
    const headers = {
      'x-twilio-signature': 'c2lnbmF0dXJlLW9mLXRoaXMtcnVu',
      'content-type': 'application/x-www-form-urlencoded',
    };
    const wrong = new URLSearchParams({ From: phone, Body: 'wobbegong' });
    await fetch(`${child.url}/webhooks/twilio/messages`, { method: 'POST', headers, body: wrong });
    await fetch(`${child.url}/sim/api/texts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"from": "wobbegong" "',
    });
    await fetch(`${child.url}/webhooks/bank/wobbegong-61491570156`, { method: 'POST', body: 'wobbegong' });
    await fetch(`${child.url}/wobbegong/61491570156`);
    await rows(admin, `update schools set policy = '{"holdHours": "wobbegong"}'`);
    await says('wobbegong again');
    await rows(
      admin,
      `update schools set policy = '{}'; alter table sms_logs add constraint no_such_animal check (body not like '%numbat%') not valid`,
    );
    await says('is it a numbat').catch(() => {});
    await rows(admin, 'alter table conversations rename column place to moved_place');
    await says('and now').catch(() => {});
    const keys = deriveKeys(SECRET);
    const needles = [
      ...['491570156', '491570157', '491570158', '491570313', '491571491', code, reference],
      ...['Xanthippe', 'Quirke', 'Priya', 'Nguyen', 'Rossi', 'wobbegong', 'numbat', 'parked well'],
      ...[SECRET, keys.twilioAuthToken, 'c2lnbmF0dXJlLW9mLXRoaXMtcnVu', 'pay@bayside'],
    ];
    const log = child.output();
    expect(log.split('\n').length).toBeGreaterThan(10);
    expect(log).toContain('"outcome":"poison"');
    const found = needles.filter((needle) => log.toLowerCase().includes(needle.toLowerCase()));
    const lines = log.split('\n').filter((line) => found.some((one) => line.toLowerCase().includes(one.toLowerCase())));
    expect([found, lines.slice(0, 3)]).toEqual([[], []]);
  } finally {
    await child.kill('SIGTERM');
    await admin.destroy();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 120_000);

test('an error tells its kind, code and place, and none of what it quotes', () => {
  const lines: string[] = [];
  const log = makeLog('trace', { write: (line: string) => void lines.push(line) });
  const fault = Object.assign(
    new Error('select 1 where x = $1 - invalid input syntax for type json: "hi im Mia" near +61 491 570 156'),
    {
      ...{ code: '22P02', detail: 'Key (phone)=(+61491570156) exists.', where: 'Mia', parameters: ['Mia'] },
    },
  );
  log.error(fault);
  log.error({ err: fault, phone: '+61491570156', name: 'Mia' });
  log.warn({ sid: 'x' }, 'a text of "Mia" from +61491570156');
  log.debug({ err: new SyntaxError('Unexpected token \'h\', "hi im Mia" is not valid JSON') }, 'x');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toContain('22P02');
  for (const line of lines) expect(line).not.toMatch(/Mia|491\s?570/);
});
