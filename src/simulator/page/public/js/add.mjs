import { fill, h, icon } from './dom.mjs';
import { addPhone } from './phones.mjs';
import { freeNumber, known } from './store.mjs';
import { spaced } from './words.mjs';

const dialog = document.querySelector('#add-dialog');
const button = document.querySelector('#add');
fill(button, icon('add'), 'Add a phone');
button.addEventListener('click', open);

function open() {
  const schools = known.state?.schools ?? [];
  const school = h(
    'select',
    { id: 'add-school', onchange: people },
    schools.map((one) => h('option', { value: one.phone }, one.name)),
  );
  const list = h('div', { class: 'people' });
  const number = h('input', {
    id: 'add-number',
    type: 'tel',
    autocomplete: 'off',
    required: true,
    pattern: '\\+?[0-9 ]{8,18}',
    placeholder: '+61 491 570 156',
  });

  function people() {
    const chosen = schools.find((one) => one.phone === school.value);
    const free = freeNumber(chosen?.phone);
    number.value = spaced(free);
    const here = new Set(known.phones.filter((one) => one.school === chosen?.phone).map((one) => one.number));
    const off = (chosen?.people ?? []).filter((one) => !here.has(one.phone));
    fill(
      list,
      off.map((one) =>
        h(
          'button',
          { class: 'chip', type: 'button', onclick: () => take(one.phone) },
          `${one.name}`,
          one.role !== 'owner' && h('span', { class: 'muted' }, one.role),
        ),
      ),
    );
  }

  function take(value) {
    dialog.close();
    const plain = value.replace(/\s/g, '');
    addPhone(plain.startsWith('0') ? `+61${plain.slice(1)}` : plain, school.value);
  }

  people();
  fill(
    dialog,
    h('h2', { id: 'add-title' }, 'Add a phone'),
    h('div', { class: 'field', hidden: schools.length < 2 }, h('label', { htmlFor: 'add-school' }, 'It texts'), school),
    h('p', { class: 'muted' }, 'Somebody the school knows'),
    list,
    h(
      'form',
      {
        onsubmit: (event) => {
          event.preventDefault();
          take(number.value);
        },
      },
      h(
        'div',
        { class: 'field' },
        h('label', { htmlFor: 'add-number' }, 'Or any number, known or not'),
        h('div', { class: 'number-line' }, number, h('button', { class: 'primary', type: 'submit' }, 'Add')),
      ),
    ),
    h('button', { class: 'quiet close', type: 'button', onclick: () => dialog.close() }, 'Close'),
  );
  dialog.showModal();
}
