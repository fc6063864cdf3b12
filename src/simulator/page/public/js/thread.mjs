import { h, icon } from './dom.mjs';
import { known, tell, zoneOf } from './store.mjs';
import { clock, day, moment } from './words.mjs';

/** Keeps a thread's bubbles as its texts are: what is there already is only marked anew, so that a reader hears new texts only. */
export function threadView(school) {
  const list = h('div', { class: 'thread', role: 'log', 'aria-live': 'polite', tabIndex: 0 });
  const shown = new Map();
  let lastDay = '';
  /** What stood below the texts when it was last put there: put again, a reader would hear it again. */
  let tail = '';
  let atEnd = true;
  list.addEventListener('scroll', () => {
    atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  });
  // What stands below (replies to tap, a warning) takes height from the thread: its end stays in view.
  new ResizeObserver(() => atEnd && toEnd()).observe(list);
  const toEnd = () => {
    list.scrollTop = list.scrollHeight;
  };

  /** `pending`: being sent; `typing`: an answer is awaited. `stuck`: the school's texts that have not gone. */
  function render({ texts, pending, typing, stuck, name, empty }) {
    list.setAttribute('aria-label', `Texts of ${name}`);
    const zone = zoneOf(school);
    let added = 0;
    for (const text of texts) {
      const at = Date.parse(text.at);
      const seen = shown.get(text.sid);
      if (seen) {
        if (seen.status !== text.status) marked(seen, text);
        continue;
      }
      if (day(at, zone) !== lastDay) {
        lastDay = day(at, zone);
        list.append(h('p', { class: 'day' }, lastDay));
      }
      const mark = markOf(text);
      const element = bubble(text, mark, clock(at, zone));
      shown.set(text.sid, { status: text.status, mark, element });
      list.append(element);
      added += 1;
    }
    const next = JSON.stringify([pending, typing, stuck, texts.length > 0 || empty]);
    if (next !== tail || added > 0) {
      tail = next;
      for (const old of list.querySelectorAll('.tail')) old.remove();
      list.append(...tailOf(pending, typing, stuck, texts.length === 0 ? empty : '', zone));
    }
    if (added > 0 || typing || atEnd) toEnd();
    choose(known.chosen);
  }

  function marked(seen, text) {
    const mark = markOf(text);
    seen.mark.replaceWith(mark);
    seen.mark = mark;
    seen.status = text.status;
  }

  function bubble(text, mark, at) {
    const own = text.direction === 'in';
    const side = own ? 'own' : text.byCarrier ? 'theirs carrier-says' : 'theirs';
    const why = h(
      'button',
      {
        class: 'why-button',
        type: 'button',
        title: 'Show what was heard and written',
        'aria-label': `Why? ${text.body.slice(0, 40)}`,
      },
      'Why?',
    );
    return h(
      'div',
      {
        class: `bubble ${side}`,
        'data-sid': text.sid,
        onclick: () => (getSelection()?.isCollapsed ?? true) && tell('why', text.sid),
      },
      text.byCarrier && h('p', { class: 'from' }, icon('carrier'), 'The carrier'),
      h('p', { class: 'words' }, text.body || '(empty)'),
      h(
        'p',
        { class: 'meta' },
        h('span', {}, at),
        mark,
        text.segments > 1 && h('span', {}, `${text.segments} SMS`),
        !text.byCarrier && why,
      ),
    );
  }

  /** Marks the text that "Why" explains. */
  function choose(sid) {
    for (const [one, { element }] of shown) element.classList.toggle('chosen', one === sid);
  }

  return { list, render, choose };
}

const MARKS = {
  received: ['delivered', 'Arrived'],
  queued: ['queued', 'Queued'],
  accepted: ['queued', 'Queued'],
  sending: ['queued', 'Sending'],
  sent: ['sent', 'Sent'],
  delivered: ['delivered', 'Delivered'],
  undelivered: ['failed', 'Not delivered'],
  failed: ['failed', 'Failed'],
};

function markOf({ status, direction }) {
  const [name, words] = MARKS[status] ?? ['queued', status];
  const shown = direction === 'in' && status === 'received' ? 'Delivered' : words;
  return h('span', { class: `mark mark-${name}` }, icon(name), shown);
}

function tailOf(pending, typing, stuck, empty, zone) {
  const sending = pending.map((body) =>
    h('div', { class: 'bubble own tail' }, h('p', { class: 'words' }, body || '(empty)')),
  );
  if (typing) sending.push(h('p', { class: 'typing tail', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')));
  const nothing = empty && sending.length === 0 && h('div', { class: 'empty tail' }, icon('bubble'), h('p', {}, empty));
  return [...sending, ...stuck.map((row) => stuckView(row, zone)), nothing].filter(Boolean);
}

function stuckView({ status, reason, dueAt, body }, zone) {
  const words = {
    queued: `Not sent yet${reason ? ` (${reason})` : ''}: tried again at ${moment(dueAt, zone)}`,
    sending: `No answer from Twilio: it is asked what became of it at ${moment(dueAt, zone)}`,
    skipped: `Not sent: ${reason ?? 'no longer wanted'}`,
    undelivered: `Not delivered: ${reason ?? 'the phone cannot be reached'}`,
    failed: `Failed: ${reason ?? 'Twilio refused it'}`,
  };
  return h(
    'div',
    { class: 'bubble theirs stuck tail' },
    h('p', { class: 'words' }, body),
    h(
      'p',
      { class: 'meta' },
      h(
        'span',
        { class: 'mark mark-failed' },
        icon(status === 'queued' || status === 'sending' ? 'queued' : 'failed'),
        words[status] ?? status,
      ),
    ),
  );
}
