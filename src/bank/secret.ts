import { createHmac } from 'node:crypto';

/** The secret with which a school's bank feed signs (Standard Webhooks, `whsec_` and base64 of 32 bytes). Not stored: derived. */
export function bankSecret(key: Buffer, schoolId: string): string {
  return `whsec_${createHmac('sha256', key).update(`bank webhook ${schoolId.toLowerCase()}`).digest('base64')}`;
}
