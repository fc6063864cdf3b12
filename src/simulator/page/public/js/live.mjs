import { get } from './api.mjs';
import { refreshAll, textsOf } from './phones.mjs';
import { known, setClock, setState, tell } from './store.mjs';

const dot = document.querySelector('#live');
const words = document.querySelector('#live-words');

/** Hears of everything as it happens; comes again by itself, and then reads all anew. */
export function listen() {
  const stream = new EventSource('/sim/api/stream');
  const heard = (name, take) => stream.addEventListener(name, (event) => take(JSON.parse(event.data)));
  heard('hello', async () => {
    show(true, 'Live');
    refreshAll();
    await readTurns();
  });
  heard('texts', ({ phones }) => textsOf(phones));
  heard('state', setState);
  heard('clock', ({ now }) => setClock(now));
  heard('traces', (turns) => {
    known.turns = [...known.turns, ...turns].slice(-60);
    tell('turns', turns);
  });
  stream.addEventListener('error', () => {
    show(false, 'Connecting');
    // The browser gives up for good on an answer that is no stream, such as 503 while the program starts.
    if (stream.readyState !== EventSource.CLOSED) return;
    stream.close();
    setTimeout(listen, 1_500);
  });
}

async function readTurns() {
  const answer = await get('/traces').catch(() => null);
  if (answer) known.turns = answer.traces;
  tell('turns', []);
}

function show(on, label) {
  dot.dataset.on = String(on);
  words.textContent = label;
}
