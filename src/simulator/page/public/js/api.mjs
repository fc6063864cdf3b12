/** Calls of `/sim/api`; each throws an Error with the simulator's own remedy. */
export const get = (path) => call(path, {});
export const post = (path, body) =>
  call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

async function call(path, init) {
  const response = await fetch(`/sim/api${path}`, init).catch(() => {
    throw new Error('The program does not answer. Is it still running?');
  });
  const answer = await response.json().catch(() => undefined);
  if (response.ok && answer && answer.error === undefined) return answer;
  throw new Error(answer?.error ?? `The simulator answered ${response.status}.`);
}

/** A Twilio-like id, made here so that the text is known before it is answered. */
export function newSid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `SM${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
