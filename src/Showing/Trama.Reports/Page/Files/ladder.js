// The ladder of a connection: two lifelines, the rows in sight alone.
import { button, h, later, onPress, say } from './dom.js';
import { slants } from './slanted.js';
import { go } from './state.js';
import { language, word } from './words.js';
import { duration } from './text.js';

// Where in its row a line of the ladder lies; how many rows around those in sight may have arrows that pass.
const ROW = 24, PAGE = 200, LINE = 17, AROUND = 60;

/** @param {import('./feed.js').Feed} feed @param {number} connection @param {any} facts @param {(row: any) => void} chosen */
export function makeLadder(feed, connection, facts, chosen) {
  let total = facts.rows, pages = new Map(), active = -1, held = -1, side = '', lit = { packets: new Set(), exchanges: new Set() };
  const space = h('.space'), rows = h('.rows', { role: 'list' });
  const view = h('.view', { tabindex: 0, role: 'region', 'aria-label': word('ladder'), onkeydown: pressed }, space, rows);
  const element = h(facts.joined ? '.ladder.joined' : '.ladder', {}, h('.ends', { 'aria-hidden': 'true' }, h('span'),
    h('span.client', {}, facts.client), h('span.server', {}, facts.server)), view);

  async function load(page) {
    pages.set(page, null);
    const answer = await feed.ask('ladder', { connection, first: page * PAGE, count: PAGE, lang: language() }).catch(() => null);
    if (!answer) return;
    total = answer.count;
    pages.set(page, answer.rows);
    draw();
  }

  const knownAt = at => pages.get(Math.floor(at / PAGE))?.[at % PAGE];
  const rowAt = at => {
    const page = Math.floor(at / PAGE), known = pages.get(page);
    if (known === undefined) load(page);
    return known?.[at % PAGE];
  };

  function draw() {
    space.style.height = total * ROW + 'px';
    const first = Math.max(0, Math.floor(view.scrollTop / ROW)), last = Math.min(total, first + Math.ceil(view.clientHeight / ROW) + 1);
    rows.style.transform = 'translateY(' + first * ROW + 'px)';
    const made = [];
    for (let at = first; at < last; at++) made.push(rungOf(rowAt(at), at));
    if (facts.joined) {
      const around = [];
      for (let at = Math.max(0, first - AROUND); at < Math.min(total, last + AROUND); at++) around.push(knownAt(at));
      const arrows = slants(around, at => (at - first) * ROW + LINE, (last - first) * ROW);
      made.unshift(h('.rung.over', { 'aria-hidden': 'true' }, h('time'), h('span.lane', {}, arrows), h('span.note')));
    }
    rows.replaceChildren(...made);
  }

  const timeOf = row => duration(row.at - facts.at);
  const noteOf = row => [row.marks, row.closing].filter(Boolean).join(' · ');
  const spoken = row => [timeOf(row), row.from === 'client' ? word('client') : word('server'),
    row.packet ? word('packet') + ' ' + row.packet + ':' : '', row.kind === 'leaves' || row.kind === 'arrives' ? word(row.kind) : '',
    row.title, row.text, noteOf(row), row.found].filter(Boolean).join(' ');

  function rungOf(row, at) {
    if (!row) return h('.rung.wait', { role: 'listitem' });
    const isLit = row.packet ? lit.packets.has(row.packet) : row.exchange ? lit.exchanges.has(row.exchange) : false;
    const flags = [facts.joined && row.kind === 'message' ? 'said' : row.kind, row.from, row.again && 'again', row.bad && 'wrong',
      row.found && 'found', row.failed && 'failed', at === active && 'active', isLit && 'lit', side && row.from !== side && 'faint',
      row.clientJoin && 'cj', row.serverJoin && 'sj'].filter(Boolean);
    const time = timeOf(row), note = noteOf(row);
    const label = row.kind === 'message' ? h('span.label', {}, h('b', {}, row.title), ' ', row.text ?? '')
      : h('span.label', {}, row.text ?? '');
    return h('.rung', {
      role: 'listitem', class: 'rung ' + flags.join(' '),
      'aria-label': spoken(row),
    }, h('time', {}, time), h('span.lane', {}, label),
    h('span.note', {}, row.kind === 'message' ? row.size : facts.joined && row.packet ? '#' + row.packet : '', note,
      row.found ? h('span.bad', {}, ' ◆ ' + row.found) : ''));
  }

  function choose(at) {
    active = at;
    const row = rowAt(at);
    draw();
    if (row) chosen(row);
  }

  function show(at) {
    const y = at * ROW;
    draw();
    if (y < view.scrollTop || y + ROW > view.scrollTop + view.clientHeight) view.scrollTop = Math.max(0, y - view.clientHeight / 3);
    active = at;
    draw();
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const screen = Math.max(1, Math.floor(view.clientHeight / ROW) - 1);
    const to = { j: active + 1, ArrowDown: active + 1, k: active - 1, ArrowUp: active - 1, PageDown: active + screen,
      PageUp: active - screen,
      Home: 0, End: total - 1 }[event.key];
    if (to !== undefined) {
      show(Math.max(0, Math.min(total - 1, to)));
      const row = rowAt(active);
      if (row) say(spoken(row));
    } else if (event.key === 'Enter' && active >= 0) choose(active);
    else if (event.key === 'c' || event.key === 's') {
      const asked = event.key === 'c' ? 'client' : 'server';
      side = side === asked ? '' : asked;
      draw();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  onPress(rows, event => choose(Math.floor((event.clientY - rows.getBoundingClientRect().top) / ROW)
    + Math.floor(view.scrollTop / ROW)));
  view.addEventListener('scroll', () => requestAnimationFrame(draw), { passive: true });
  for (const name of ['wheel', 'pointerdown', 'keydown']) view.addEventListener(name, () => { held = -1; }, { passive: true });
  // What opens below makes this lower: the row that was asked for stays in sight until somebody moves on.
  new ResizeObserver(later(20, () => held >= 0 ? show(held) : draw())).observe(view);
  load(0);
  return {
    element, focus: () => view.focus(), draw,
    /** Lights the rows that belong to what is open below. @param {{packets: Set<number>, exchanges: Set<number>}} what */
    light(what) {
      lit = what;
      draw();
    },
    /** Shows the row of a packet. @param {number} packet */
    async toPacket(packet) {
      const place = await feed.ask('place', { packet, connection }).catch(() => null);
      if (!place || place.connection !== connection || place.row < 0) return;
      held = place.row;
      show(held);
    },
  };
}

/** The bytes of a packet, opened below the ladder, and what they say. @param {import('./feed.js').Feed} feed @param {number} packet
 *  @param {(what: {packets: number[], exchanges: number[]}) => void} lit told what belongs to it */
export async function packetBytes(feed, packet, lit) {
  let why = '';
  const answer = await feed.ask('packet', { packet, lang: language() }).catch(error => { why = error.message; });
  const messages = answer?.messages ?? [];
  lit({ packets: [packet], exchanges: messages.map(message => message.exchange) });
  return h('section.bytes', { 'aria-label': word('packet') + ' ' + packet },
    h('h3', {}, word('packet') + ' ' + packet, answer ? h('small', {}, ' ' + answer.length + ' B') : '',
      button('×', () => go({ packet: undefined }), { 'aria-label': word('close'), class: 'plain' })),
    messages.length ? h('p', {}, word('carries') + ' ', ...messages.flatMap((message, i) => [i ? ', ' : '', button(message.title, () =>
      go({ connection: answer.connection, exchange: message.exchange }), { class: 'link' })])) : null,
    answer ? h('pre', { tabindex: 0 }, answer.hex) : h('p.dim', {}, why || word('gone')));
}
