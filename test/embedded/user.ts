import { Client } from 'pg';
import { startEmbedded } from '../../src/embedded';

// A user of the embedded server in a process of its own, for tests that kill it: node user.ts DATA_DIR [SQL].
// Says its addresses (or its fault) in one JSON line, and releases on a line of standard input.
async function main(): Promise<void> {
  const embedded = await startEmbedded({ dataDir: process.argv[2] ?? '' });
  const client = new Client({ connectionString: embedded.ownerUrl });
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query(process.argv[3] ?? 'select 1 as one');
  await client.end();
  process.stdout.write(`${JSON.stringify({ ...embedded, rows, uid: process.getuid?.() })}\n`);
  process.stdin.once('data', async () => {
    await embedded.release();
    process.exit(0);
  });
}

main().catch((error: Error) => {
  process.stdout.write(`${JSON.stringify({ fault: error.message, name: error.name })}\n`);
  process.exit(1);
});
