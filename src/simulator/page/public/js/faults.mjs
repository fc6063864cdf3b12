import { post } from './api.mjs';
import { fill, h } from './dom.mjs';
import { known, on, tell } from './store.mjs';

const panel = document.querySelector('#faults');
const MODES = [
  ['500-before', 'Answers 500, text not taken'],
  ['500-after', 'Answers 500, but takes the text'],
  ['429', 'Too many requests (429)'],
  ['timeout', 'Takes the text, never answers'],
  ['timeout-before', 'Never answers, text not taken'],
  ['lost-answer', 'Takes the text, the line breaks'],
  ['silent', 'Takes the text, says nothing at all'],
  ['slow', 'Answers after 3 seconds'],
  ['slow-before', 'Takes a text only after 3 seconds'],
  ['refused', 'Refuses: not a mobile (21614)'],
  ['undelivered', 'Phone cannot be reached (30003)'],
  ['drop-callback', 'Delivers, tells no status'],
  ['duplicate-callback', 'Tells each status twice'],
  ['early-callback', 'Tells statuses before it answers'],
  ['shuffled-callback', 'Tells statuses in disorder'],
  ['delayed-callback', 'Tells statuses again later'],
];
const mode = h(
  'select',
  { id: 'fault-mode' },
  MODES.map(([value, label]) => h('option', { value }, label)),
);
const count = h('input', { id: 'fault-count', type: 'number', min: 1, max: 50, value: 1 });
const armed = h('div', { class: 'armed', role: 'status' });
panel.append(
  h(
    'details',
    {},
    h('summary', {}, h('h2', { id: 'faults-title' }, 'Faults')),
    h(
      'p',
      { class: 'muted' },
      'What the pretend Twilio does with the next texts of the school. None is lost, none goes twice.',
    ),
    h(
      'form',
      { onsubmit: arm },
      h('div', { class: 'field' }, h('label', { htmlFor: 'fault-mode' }, 'Twilio'), mode),
      h('div', { class: 'field narrow' }, h('label', { htmlFor: 'fault-count' }, 'Texts'), count),
      h('button', { type: 'submit' }, 'Make it so'),
    ),
  ),
  armed,
);

const ask = (body) => post('/faults', body).catch((fault) => tell('trouble', fault.message));

async function arm(event) {
  event.preventDefault();
  await ask({ mode: mode.value, count: Number(count.value) || 1 });
}

function render() {
  const faults = known.state?.faults ?? [];
  fill(
    armed,
    faults.map(({ mode: name, remaining }) =>
      h(
        'p',
        {},
        `${MODES.find(([value]) => value === name)?.[1] ?? name}: next ${remaining === 1 ? 'text' : `${remaining} texts`}`,
      ),
    ),
    faults.length > 0 && h('button', { type: 'button', onclick: () => ask({ mode: 'ok' }) }, 'All well again'),
  );
}

on('state', render);
