import { hkdfSync, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config';
import type { Keys } from './world';

/**
 * SECRET_KEY, or the key made once below the data folder (`secret.key`, 64 hex digits, readable by its owner only).
 * Throws when the folder cannot be written or the file was damaged.
 */
export function loadSecretKey(config: Pick<Config, 'secretKey' | 'dataDir' | 'production'>): string {
  if (config.secretKey) return config.secretKey;
  if (config.production) throw new Error('SECRET_KEY is not set: set it to the output of: openssl rand -hex 32');
  const path = join(config.dataDir, 'secret.key');
  const key = readKey(path) ?? makeKey(config.dataDir, path);
  if (/^[0-9a-f]{64}$/.test(key)) return key;
  throw new Error(`${path} is damaged: restore it, or delete it to make a new key (open start codes and links end).`);
}

/** Keys for separate purposes, so that one never serves for another; the same secret gives the same keys. */
export function deriveKeys(secretKey: string): Keys {
  const derive = (purpose: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secretKey, 'driving-school-scheduler', purpose, bytes));
  return {
    codes: derive('codes', 32),
    tokens: derive('tokens', 32),
    twilioAuthToken: derive('simulator twilio auth token', 16).toString('hex'),
    twilioAccountSid: `AC${derive('simulator twilio account', 16).toString('hex')}`,
  };
}

function readKey(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The file appears whole or not at all, and of two starters the first one's key counts for both. */
function makeKey(folder: string, path: string): string {
  mkdirSync(folder, { recursive: true });
  const draft = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, 'utf8').trim();
}
