import { post } from './api.mjs';
import { fill, h } from './dom.mjs';
import { known, now, on, personOf, setClock, tell, zoneOf } from './store.mjs';
import { clock, coming, day, moment, until, zoneName } from './words.mjs';

const section = document.querySelector('#clock');
const date = h('span', { class: 'date' });
const time = h('span', { class: 'time' });
const next = h('p', { class: 'next muted' });
const steps = h('div', { class: 'steps', role: 'group', 'aria-label': 'Move the clock' });
section.append(h('p', { class: 'now' }, time, date), h('div', { class: 'moves' }, steps, next));
let moving = '';

const zone = () => zoneOf(known.state?.schools[0]?.phone);

/** The next start of a lesson of a phone here that has texted; failing that, of a phone here, or of anybody. */
function nextLesson() {
  const lessons = (known.state?.schools ?? []).flatMap((school) => school.lessons).sort((a, b) => a.at - b.at);
  const ahead = lessons.filter((lesson) => lesson.at > now() + 1_000);
  const here = (lesson) => known.phones.some((one) => one.number === lesson.phone);
  const texted = (lesson) => here(lesson) && (known.threads.get(lesson.phone)?.length ?? 0) > 0;
  return ahead.find(texted) ?? ahead.find(here) ?? ahead[0];
}

async function move(words, body) {
  moving = words;
  render();
  try {
    setClock(Date.parse((await post('/clock', body)).now));
  } catch (fault) {
    tell('trouble', fault.message);
  }
  moving = '';
  render();
}

const goTo = (at) => move(`Moving to ${moment(at, zone())}`, { set: new Date(at).toISOString() });

function render() {
  const event = known.state?.next;
  const lesson = nextLesson();
  const step = (key, label, title, act) =>
    h('button', { type: 'button', 'data-key': key, disabled: moving !== '' || !act, title, onclick: act }, label);
  fill(
    steps,
    step('hour', '+1 h', 'One hour on', () => move('One hour on', { advance: 'PT1H' })),
    step('day', '+1 day', 'One day on', () => move('One day on', { advance: 'P1D' })),
    step(
      'lesson',
      'Lesson start',
      lesson ? `To ${moment(lesson.at, zone())}: ${lesson.student} with ${lesson.instructor}` : 'No lesson ahead',
      lesson && (() => goTo(lesson.at)),
    ),
    step(
      'next',
      'Next event',
      event ? `To ${moment(event.at, zone())}` : 'Nothing is to come',
      event && (() => goTo(event.at)),
    ),
  );
  section.setAttribute('aria-busy', String(moving !== ''));
  tick();
}

function tick() {
  if (!known.state) return;
  const at = now();
  time.textContent = clock(at, zone(), true);
  date.textContent = `${day(at, zone())} \u00b7 ${zoneName(at, zone())}`;
  const event = known.state.next;
  const who = event && personOf(event.who, known.state.schools.find((one) => one.id === event.schoolId)?.phone);
  const name = who && who.role !== 'new' ? ` (${who.name})` : '';
  next.textContent =
    moving || (event ? `Next ${until(event.at - at)}: ${coming(event.what)}${name}` : 'Nothing is to come');
  next.title = event ? moment(event.at, zone()) : '';
}

setInterval(tick, 1_000);
on('state phones thread', render);
on('clock', tick);
