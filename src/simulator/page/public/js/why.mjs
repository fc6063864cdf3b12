import { get } from './api.mjs';
import { changeOf } from './changes.mjs';
import { fill, h, icon } from './dom.mjs';
import { fieldsOf, turnWords } from './heard.mjs';
import { known, on, personOf, tell, zoneOf } from './store.mjs';
import { clock, moment } from './words.mjs';

const panel = document.querySelector('#why');
const body = h('div', { class: 'why-body', 'aria-live': 'polite' });
const list = h('ol', { class: 'turns', 'aria-label': 'Last turns' });
const save = h('a', { class: 'button', href: '/sim/api/dialogue', download: '' }, icon('save'), 'Save as dialogue');
panel.append(
  h('a', { class: 'back', href: '#phones' }, 'Back to the phones'),
  h('div', { class: 'panel-head' }, h('h2', { id: 'why-title', tabIndex: -1 }, 'Why'), save),
  body,
  h('details', { class: 'last' }, h('summary', {}, 'Last turns'), list),
);

/** A text just sent is explained as soon as its turn is known, until another is chosen. */
let awaited = null;

const schoolPhone = (id) => known.state?.schools.find((one) => one.id === id)?.phone;
const nameOf = (trace) => {
  const { name, role } = personOf(trace.phone, schoolPhone(trace.schoolId));
  return role === 'new' ? trace.phone : name;
};

async function explain(sid) {
  known.chosen = sid;
  tell('chosen');
  const why = await get(`/traces/${sid}`).catch(() => null);
  if (known.chosen === sid && why) render(why);
}

function render({ text, row, trace, written }) {
  const zone = zoneOf(text?.direction === 'in' ? text.to : text?.from);
  fill(
    body,
    text && h('blockquote', {}, text.body || '(empty)'),
    row && kept(row, zone),
    trace ? turn(trace, written ?? []) : text && h('p', { class: 'muted' }, unexplained(text, row)),
  );
}

function unexplained(text, row) {
  if (text.byCarrier) return 'The carrier said this by itself. The school had no part in it.';
  if (row) return 'No turn wrote this: the bank, the office or a timer did.';
  return 'No turn is known of this text. It may still be on its way, or it is more than 500 turns ago.';
}

const step = (title, ...what) => h('section', { class: 'step' }, h('h3', {}, title), h('div', {}, what));
const tags = (items, kind = '') =>
  h(
    'ul',
    { class: `tags ${kind}` },
    items.map((item) => h('li', {}, item)),
  );

function kept(row, zone) {
  const late = row.dueAt > row.writtenAt ? `, to go ${moment(row.dueAt, zone)}` : '';
  return h(
    'p',
    { class: 'muted' },
    `The school keeps it as ${row.messageType.replaceAll('_', ' ')}: ${row.status}${row.reason ? ` (${row.reason})` : ''}${late}.`,
  );
}

function turn(trace, written) {
  const { understood, commands, templates, from, to, ms } = trace;
  return [
    h(
      'p',
      { class: 'turn-line muted' },
      turnWords(trace, nameOf(trace)),
      ms !== null && h('span', { class: 'ms' }, `${ms} ms`),
    ),
    understood &&
      step(
        'Heard',
        understood.readings.map((reading, index) => heardAs(reading, index, understood.readings.length)),
      ),
    understood?.also.length > 0 &&
      step(
        'And in passing',
        understood.also.map((reading) => heardAs(reading, 0, 1)),
      ),
    understood?.why.length > 0 &&
      step(
        'Because',
        h(
          'ul',
          { class: 'reasons' },
          understood.why.map((line) => h('li', {}, line)),
        ),
      ),
    step(
      'Moved',
      h(
        'p',
        { class: 'states' },
        h('code', {}, from),
        icon('arrow'),
        h('span', { class: 'vh' }, 'to'),
        h('code', {}, to),
      ),
    ),
    commands.length > 0 &&
      step(
        'Did',
        h(
          'ul',
          { class: 'reasons' },
          commands.map((command) => h('li', {}, h('code', {}, command.kind), ' ', changeOf(command.kind))),
        ),
      ),
    written.length > 0 &&
      step(
        'Wrote',
        h(
          'ul',
          { class: 'rows' },
          written.map((one) => h('li', {}, h('code', {}, one.table), ' ', one.what)),
        ),
      ),
    templates.length > 0 ? step('Said', tags(templates, 'keys')) : step('Said', h('p', { class: 'muted' }, 'Nothing.')),
  ];
}

function heardAs(reading, index, count) {
  return h(
    'div',
    { class: 'reading' },
    h(
      'p',
      {},
      count > 1 && h('span', { class: 'muted' }, `${index + 1} of ${count} `),
      h('strong', {}, reading.intent.replaceAll('_', ' ')),
    ),
    h(
      'dl',
      {},
      fieldsOf(reading).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
    ),
  );
}

function renderList() {
  fill(
    list,
    known.turns
      .slice(-12)
      .reverse()
      .map((trace) => {
        const at = clock(trace.at, zoneOf(schoolPhone(trace.schoolId)));
        const show = () => (trace.cause.kind === 'text' ? explain(trace.cause.sid) : showEvent(trace));
        return h(
          'li',
          {},
          h(
            'button',
            { type: 'button', 'data-key': String(trace.seq), onclick: show },
            h('span', { class: 'muted' }, at),
            ` ${turnWords(trace, nameOf(trace))}`,
          ),
        );
      }),
  );
}

async function showEvent({ seq }) {
  known.chosen = null;
  tell('chosen');
  const why = await get(`/traces/${seq}`).catch(() => null);
  if (why && known.chosen === null) render(why);
}

on('sent', (sid) => {
  awaited = sid;
});
on('why', (sid) => {
  awaited = null;
  void explain(sid);
  if (panel.getBoundingClientRect().top > innerHeight - 80) document.querySelector('#why-title').focus();
});
on('turns', (turns) => {
  renderList();
  const mine = turns.find((trace) => trace.cause.sid === awaited);
  if (mine) void explain(awaited);
});
fill(
  body,
  h(
    'p',
    { class: 'muted' },
    'Send a text, or press Why? under one, to see what was heard in it, where the conversation went and what was written.',
  ),
);
