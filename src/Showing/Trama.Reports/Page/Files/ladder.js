// The ladder of a connection: two lifelines, the rows in sight alone.
import { h, later, onPress, say } from './dom.js';
import { makePages } from './pages.js';
import { slants } from './slanted.js';
import { language, word } from './words.js';
import { duration } from './text.js';

// Where in its row a line of the ladder lies; how many rows around those in sight may have arrows that pass.
const ROW = 24, PAGE = 200, LINE = 17, AROUND = 60;

/** @param {import('./feed.js').Feed} feed @param {number} connection @param {any} facts @param {(row: any) => void} chosen */
export function makeLadder(feed, connection, facts, chosen) {
  let total = facts.rows, active = -1, held = -1, side = '', lit = { packets: new Set(), exchanges: new Set() };
  const space = h('.space'), rows = h('.rows', { role: 'list' });
  const view = h('.view', { tabindex: 0, role: 'region', 'aria-label': word('ladder'), onkeydown: pressed }, space, rows);
  const element = h(facts.joined ? '.ladder.joined' : '.ladder', {}, h('.ends', { 'aria-hidden': 'true' }, h('span'),
    h('span.client', {}, facts.client), h('span.server', {}, facts.server)), view);

  const pages = makePages(PAGE, (first, count, signal) => feed.ask('ladder', { connection, first, count, lang: language() }, signal),
    answer => {
      total = answer.count;
      draw();
    });
  const seen = () => Math.ceil(view.clientHeight / ROW) + 1;

  function draw() {
    space.style.height = total * ROW + 'px';
    const first = Math.max(0, Math.floor(view.scrollTop / ROW)), last = Math.min(total, first + seen());
    rows.style.transform = 'translateY(' + first * ROW + 'px)';
    const made = [];
    for (let at = first; at < last; at++) made.push(rungOf(pages.at(at), at));
    if (facts.joined) {
      const around = [];
      for (let at = Math.max(0, first - AROUND); at < Math.min(total, last + AROUND); at++) around.push(pages.known(at));
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
    const row = pages.at(at);
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
      const row = pages.at(active);
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
  pages.reset();
  return {
    element, focus: () => view.focus(), draw,
    /** There is more of it, or something else: what is in sight stays where it is. @param {any} now */
    grow(now) {
      [facts, total] = [now, now.rows];
      const first = Math.floor(view.scrollTop / ROW);
      draw();
      return pages.refresh(first, first + seen());
    },
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
