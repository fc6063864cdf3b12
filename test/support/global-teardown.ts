import { rmSync } from 'node:fs';
import type { Embedded } from '../../src/embedded';

async function globalTeardown(): Promise<void> {
  const { dssTestServer } = globalThis as unknown as { dssTestServer?: { embedded: Embedded; dataDir: string } };
  if (!dssTestServer) return;
  await dssTestServer.embedded.release();
  rmSync(dssTestServer.dataDir, { recursive: true, force: true });
}

module.exports = globalTeardown;
