import { fill, h, icon } from './dom.mjs';
import { phoneView } from './phone.mjs';
import { known, on, personOf, setPhones } from './store.mjs';
import { spaced } from './words.mjs';

const row = document.querySelector('#phone-row');
const tabs = document.querySelector('#phone-tabs');
const elsewhere = document.querySelector('#elsewhere');
/** Views live as long as the page: a phone that comes back has its thread. */
const views = new Map();
/** Numbers off the page that got a text. */
const others = new Map();
let front = 0;

const keyOf = ({ number, school }) => `${number} ${school}`;

function place() {
  const shown = known.phones.map((phone) => {
    const key = keyOf(phone);
    if (!views.has(key)) {
      views.set(key, phoneView(phone));
      views.get(key).refresh();
    }
    return views.get(key);
  });
  for (const card of [...row.children]) if (!shown.some((view) => view.card === card)) card.remove();
  for (const [index, view] of shown.entries())
    if (row.children[index] !== view.card) row.insertBefore(view.card, row.children[index] ?? null);
  front = Math.min(front, Math.max(0, shown.length - 1));
  for (const { number } of known.phones) others.delete(number);
  showTabs();
  showOthers();
}

/** On a narrow screen one phone at a time; elsewhere the tabs are not shown. */
function showTabs() {
  for (const [index, card] of [...row.children].entries()) card.classList.toggle('front', index === front);
  fill(
    tabs,
    known.phones.map((phone, index) => {
      const { name } = personOf(phone.number, phone.school);
      const pressed = String(index === front);
      const go = () => {
        front = index;
        showTabs();
      };
      return h(
        'button',
        { class: 'tab', type: 'button', 'aria-pressed': pressed, 'data-key': keyOf(phone), onclick: go },
        name,
      );
    }),
  );
}

function showOthers() {
  fill(
    elsewhere,
    [...others]
      .slice(0, 3)
      .map(([number, { school, name }]) =>
        h(
          'button',
          { class: 'chip', type: 'button', onclick: () => addPhone(number, school) },
          icon('add'),
          `${name} got a text`,
        ),
      ),
  );
}

export function addPhone(number, school) {
  if (!known.phones.some((one) => one.number === number && one.school === school))
    setPhones([...known.phones, { number, school }]);
  front = known.phones.findIndex((one) => one.number === number && one.school === school);
  showTabs();
  const input = row.children[front]?.querySelector('textarea');
  input?.focus();
  input?.scrollIntoView({ block: 'nearest' });
}

/** Texts came or went on these numbers: those on the page are read again, the others are named. */
export function textsOf(numbers) {
  for (const number of numbers) {
    const here = [...views.values()].filter(
      (view) => view.number === number && known.phones.some((one) => one.number === number),
    );
    for (const view of here) view.refresh();
    if (here.length > 0) continue;
    const school =
      known.state?.schools.find((one) => one.people.some((person) => person.phone === number)) ??
      known.state?.schools[0];
    if (school) others.set(number, { school: school.phone, name: nameFor(number, school.phone) });
  }
  showOthers();
}

function nameFor(number, school) {
  const { name, role } = personOf(number, school);
  return role === 'new' ? spaced(number) : name;
}

export function refreshAll() {
  for (const view of views.values()) view.refresh();
}

on('phones', place);
on('state', showTabs);
