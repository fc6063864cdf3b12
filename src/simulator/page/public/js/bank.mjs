import { post } from './api.mjs';
import { fill, h, icon } from './dom.mjs';
import { known, on, zoneOf } from './store.mjs';
import { dollars, moment } from './words.mjs';

const panel = document.querySelector('#bank');
const said = h('p', { class: 'said', role: 'status' });
const holds = h('div', { class: 'holds' });
const amount = h('input', {
  id: 'bank-amount',
  inputMode: 'decimal',
  value: '20',
  required: true,
  pattern: '[0-9]+([.][0-9]{1,2})?',
});
const words = h('input', { id: 'bank-words', autocomplete: 'off', placeholder: 'what the payer wrote' });
const school = h('select', { id: 'bank-school' });
const schoolField = h('div', { class: 'field' }, h('label', { htmlFor: 'bank-school' }, 'To'), school);
panel.append(
  h('h2', { id: 'bank-title' }, icon('bank'), 'Bank'),
  holds,
  said,
  h(
    'details',
    {},
    h('summary', {}, 'Any other payment'),
    h(
      'form',
      { onsubmit: anyOther },
      schoolField,
      h('div', { class: 'field narrow' }, h('label', { htmlFor: 'bank-amount' }, 'Dollars'), amount),
      h('div', { class: 'field' }, h('label', { htmlFor: 'bank-words' }, 'Description'), words),
      h('button', { type: 'submit' }, 'Send'),
    ),
  ),
);

const OUTCOMES = {
  confirmed: 'Matched: reference and amount are right, the lesson is booked.',
  queued: 'Kept for a person: it is not matched on a guess. The owner is told.',
  duplicate: 'Known already: nothing changed.',
  credited: 'The hold had ended and the time is gone: kept as credit.',
};

async function send(credits) {
  const lines = [];
  for (const credit of credits) {
    try {
      const { outcome } = await post('/bank-credits', credit);
      lines.push(`${dollars(credit.amountCents)}: ${OUTCOMES[outcome] ?? outcome}`);
    } catch (fault) {
      lines.push(fault.message);
    }
    fill(
      said,
      lines.map((line) => h('span', {}, line)),
    );
  }
}

/** The right payment of a hold. */
const right = ({ amountCents, reference, student, school: to }) => ({
  amountCents,
  description: `lesson ${reference}`,
  payer: student,
  to,
});

export const payFor = (hold) => send([right(hold)]);

/** Two letters swapped: what a hurried payer types. */
const swapped = (reference) => reference.slice(0, -2) + reference.at(-1) + reference.at(-2);

function ways(hold) {
  const good = right(hold);
  const id = `sim-twice-${crypto.randomUUID()}`;
  return [
    ['Wrong amount', () => send([{ ...good, amountCents: Math.max(100, good.amountCents - 500) }])],
    ['Wrong reference', () => send([{ ...good, description: `lesson ${swapped(hold.reference)}` }])],
    ['Pay twice', () => send([good, good])],
    [
      'Same line twice',
      () =>
        send([
          { ...good, id },
          { ...good, id },
        ]),
    ],
  ];
}

function render() {
  const schools = known.state?.schools ?? [];
  const open = schools.flatMap((one) => one.holds.map((hold) => ({ ...hold, school: one.phone })));
  fill(
    holds,
    open.length === 0 && h('p', { class: 'muted' }, 'No deposit is open. Book a lesson, and it waits here to be paid.'),
    open.map((hold) =>
      h(
        'div',
        { class: 'hold' },
        h(
          'p',
          {},
          h('strong', {}, `${hold.student} owes ${dollars(hold.amountCents)}`),
          ' ',
          h('code', {}, hold.reference),
        ),
        h('p', { class: 'muted' }, `Held until ${moment(hold.until, zoneOf(hold.school))}`),
        h(
          'button',
          { class: 'primary', type: 'button', 'data-key': `pay ${hold.reference}`, onclick: () => payFor(hold) },
          `Send the deposit, ${dollars(hold.amountCents)}`,
        ),
        h(
          'div',
          { class: 'ways', role: 'group', 'aria-label': `Other ways ${hold.student} may pay` },
          ways(hold).map(([label, act]) =>
            h(
              'button',
              { class: 'chip', type: 'button', 'data-key': `${label} ${hold.reference}`, onclick: act },
              label,
            ),
          ),
        ),
      ),
    ),
  );
  schoolField.hidden = schools.length < 2;
  fill(
    school,
    schools.map((one) => h('option', { value: one.phone }, one.name)),
  );
}

function anyOther(event) {
  event.preventDefault();
  const amountCents = Math.round(Number(amount.value) * 100);
  void send([{ amountCents, description: words.value, to: school.value }]);
}

on('state', render);
on('pay', payFor);
