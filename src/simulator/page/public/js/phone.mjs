import { answersTo, hintFor } from './answers.mjs';
import { get, newSid, post } from './api.mjs';
import { composer } from './composer.mjs';
import { fill, h, icon } from './dom.mjs';
import { known, on, personOf, schoolOf, setPhones, tell, zoneOf } from './store.mjs';
import { threadView } from './thread.mjs';
import { dollars, moment, spaced } from './words.mjs';

const ROLES = { instructor: 'Instructor', owner: 'Office' };

/** One phone on the page; `{number, card, refresh, update}`. */
export function phoneView({ number, school }) {
  const id = `phone-${number.slice(1)}-${school.slice(1)}`;
  const thread = threadView(school);
  const pending = new Map();
  const title = h('h3', { id: `${id}-name` });
  const avatar = h('span', { class: 'avatar', 'aria-hidden': 'true' });
  const under = h('p', { class: 'muted' });
  const quick = h('div', { class: 'quick', role: 'group', 'aria-label': 'Tap to reply' });
  const trouble = h('p', { class: 'phone-trouble', role: 'alert' });
  const choose = h('select', { class: 'school', 'aria-label': 'Texts this school', onchange: moveTo });
  const remove = h(
    'button',
    { class: 'quiet icon-only', type: 'button', title: 'Take this phone off the page', onclick: leave },
    h('span', { class: 'vh' }, 'Remove'),
    icon('close'),
  );
  const write = composer({
    id,
    send,
    optedOut,
    history: () =>
      texts()
        .filter((text) => text.direction === 'in')
        .map((text) => text.body),
  });
  const head = h('header', {}, avatar, h('div', { class: 'who' }, title, under), choose, remove);
  const card = h(
    'article',
    { class: 'phone', id, 'aria-labelledby': `${id}-name` },
    head,
    thread.list,
    quick,
    trouble,
    write.form,
  );

  const texts = () =>
    (known.threads.get(number) ?? []).filter((text) => (text.direction === 'in' ? text.to : text.from) === school);
  function optedOut() {
    return known.state?.optedOut.some((one) => one.school === school && one.phone === number) ?? false;
  }

  async function send(body) {
    const sid = newSid();
    pending.set(sid, body);
    trouble.textContent = '';
    update();
    tell('sent', sid);
    try {
      await post('/texts', { from: number, to: school, body, sid });
    } catch (fault) {
      trouble.textContent = fault.message;
    }
    await refresh();
    pending.delete(sid);
    update();
  }

  async function refresh() {
    const answer = await get(`/phones/${encodeURIComponent(number)}`).catch(() => null);
    if (answer) known.threads.set(number, answer.texts);
    update();
    tell('thread', number);
  }

  function update() {
    const { name, role } = personOf(number, school);
    fill(
      title,
      h('span', { class: 'name' }, name),
      (optedOut() || ROLES[role]) &&
        h('span', { class: `role ${optedOut() ? 'out' : ''}` }, optedOut() ? 'Opted out' : ROLES[role]),
    );
    under.textContent = spaced(number);
    avatar.textContent = role === 'new' ? '?' : name.slice(0, 1).toUpperCase();
    avatar.dataset.role = role;
    write.name(`Text from ${name} (${spaced(number)})`);
    const mine = texts();
    const waiting = [...pending].filter(([sid]) => !mine.some((text) => text.sid === sid)).map(([, body]) => body);
    thread.render({
      texts: mine,
      pending: waiting,
      typing: pending.size > 0,
      stuck: stuckTexts(),
      name,
      empty: about(role),
    });
    fill(quick, pending.size > 0 ? [] : quickReplies(mine, role));
    const schools = known.state?.schools ?? [];
    choose.hidden = schools.length < 2;
    fill(
      choose,
      schools.map((one) => h('option', { value: one.phone, selected: one.phone === school }, one.name)),
    );
    write.changed();
  }

  /** What an empty thread says of whose phone it is. */
  function about(role) {
    if (role === 'new') return 'The school has never heard from this phone.';
    const lesson = schoolOf(school)?.lessons.find((one) => one.phone === number);
    if (lesson) return `Next lesson: ${moment(lesson.at, zoneOf(school))} with ${lesson.instructor}.`;
    return role === 'student' ? 'A student without a lesson ahead.' : 'No texts yet.';
  }

  const stuckTexts = () =>
    (schoolOf(school)?.stuck ?? [])
      .filter((row) => row.phone === number)
      .slice(0, 3)
      .reverse();

  function quickReplies(mine, role) {
    if (mine.length === 0) {
      const hint = hintFor(role);
      return [
        h('p', { class: 'muted' }, 'Try:'),
        chip(hint, hint, () => write.write(hint) || write.input.focus(), 'hint'),
      ];
    }
    const last = mine.findLast((text) => !text.byCarrier);
    const answers = last?.direction === 'out' ? answersTo(last.body) : [];
    const hold = schoolOf(school)?.holds.find((one) => one.phone === number);
    return [
      ...answers.map(({ say, label }) => chip(say, [h('b', {}, say), label], () => send(say))),
      hold && chip('pay', `Pay ${dollars(hold.amountCents)}`, () => tell('pay', { ...hold, school }), 'pay'),
    ];
  }

  const chip = (key, label, onclick, kind = '') =>
    h(
      'button',
      { class: `chip ${kind}`, type: 'button', 'data-key': key, onclick },
      kind === 'pay' && icon('bank'),
      label,
    );

  function moveTo() {
    setPhones(
      known.phones.map((one) =>
        one.number === number && one.school === school ? { number, school: choose.value } : one,
      ),
    );
  }

  function leave() {
    setPhones(known.phones.filter((one) => one.number !== number || one.school !== school));
    document.querySelector('#add').focus();
  }

  on('state', update);
  on('chosen', () => thread.choose(known.chosen));
  return { number, school, id, card, refresh, update };
}
