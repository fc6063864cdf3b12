import { carrierWould } from './carrier.mjs';
import { fill, h, icon } from './dom.mjs';
import { countWords, segmentsOf } from './segments.mjs';

/**
 * Where a phone writes: Enter sends, Shift+Enter begins a line, arrow up and down bring back what was sent. `optedOut` and
 * `history` are asked at each key.
 */
export function composer({ id, send, optedOut, history }) {
  const count = h('p', { class: 'count', id: `${id}-count` });
  const warning = h('p', { class: 'carrier', role: 'status' });
  const input = h('textarea', {
    ...{ rows: 1, id: `${id}-input`, placeholder: 'Text message', autocomplete: 'off', enterKeyHint: 'send' },
    'aria-describedby': `${id}-count`,
  });
  const label = h('label', { class: 'vh', htmlFor: `${id}-input` });
  const button = h(
    'button',
    { class: 'send', type: 'submit', title: 'Send' },
    h('span', { class: 'vh' }, 'Send'),
    icon('send'),
  );
  let back = -1;

  function changed() {
    const { segments, encoding } = segmentsOf(input.value);
    count.textContent = countWords(input.value) + (encoding === 'UCS-2' ? ' (special letters: 70 each)' : '');
    count.classList.toggle('over', segments > 1);
    const would = carrierWould(input.value, optedOut());
    warning.className = `carrier ${would ? would.kind : ''}`;
    fill(warning, would && icon('carrier'), would && h('span', {}, would.words));
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, 120)}px`;
  }

  function write(words) {
    input.value = words;
    changed();
    input.setSelectionRange(words.length, words.length);
  }

  input.addEventListener('input', () => {
    back = -1;
    changed();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
    const up = event.key === 'ArrowUp' && (input.value === '' || back >= 0);
    const down = event.key === 'ArrowDown' && back >= 0;
    if (!up && !down) return;
    event.preventDefault();
    const sent = history();
    back = Math.max(-1, Math.min(sent.length - 1, back + (up ? 1 : -1)));
    write(back < 0 ? '' : (sent[sent.length - 1 - back] ?? ''));
  });

  const form = h(
    'form',
    {
      class: 'composer',
      onsubmit: (event) => {
        event.preventDefault();
        const words = input.value;
        if (words.trim() === '') return;
        back = -1;
        write('');
        send(words);
      },
    },
    warning,
    h('div', { class: 'line' }, label, input, button),
    count,
  );
  changed();
  return { form, input, changed, write, name: (words) => (label.textContent = words) };
}
