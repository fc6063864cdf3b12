import './add.mjs';
import './bank.mjs';
import './clock.mjs';
import './faults.mjs';
import './why.mjs';
import { get } from './api.mjs';
import { listen } from './live.mjs';
import { known, loadPhones, on, setState } from './store.mjs';
import { spaced } from './words.mjs';

const trouble = document.querySelector('#trouble');
const school = document.querySelector('#school');

on('trouble', (words) => {
  trouble.hidden = !words;
  trouble.textContent = words;
  if (words) setTimeout(() => (trouble.hidden = true), 8_000);
});

on('state', () => {
  const [first, ...more] = known.state.schools;
  const others = more.length + known.state.others.length;
  school.textContent = first
    ? `${first.name} \u00b7 ${spaced(first.phone)}${others > 0 ? ` and ${others} more` : ''}`
    : 'There is no school yet';
});

/** The program may still be starting: the page waits for it. */
async function begin() {
  try {
    setState(await get('/state'));
  } catch (fault) {
    school.textContent = fault.message;
    return void setTimeout(begin, 1_000);
  }
  loadPhones();
  listen();
}

void begin();
