// A table of any length: only the rows in sight are elements, and only the pages around them are asked for.
import { h, later, onPress } from './dom.js';
import { word } from './words.js';

const ROW = 28, HEAD = 24, PAGE = 100, TALLEST = 6e6;

/**
 * @typedef {Object} Column
 * @property {string} title @property {string} [name] class @property {boolean} [number] @property {string} [order]
 * @property {(row: any) => (Node|string|number)} cell
 */

/** @typedef {{element: HTMLElement, refresh: () => Promise<any>, reset: () => void, select: (test: (row: any) => boolean) => void,
 *   count: () => number, focus: () => void}} Grid */

/**
 * @param {{label: string, columns: Column[], ask: (first: number, count: number, signal: AbortSignal) => Promise<any>,
 *   id: (row: any) => string, open: (row: any) => void, sort?: (order: string) => void,
 *   order?: () => [string|undefined, boolean], counted?: (count: number) => void, flags?: (row: any) => string}} given
 * @returns {Grid}
 */
export function makeGrid(given) {
  let total = 0, pages = new Map(), active = 0, stop = new AbortController(), isKnown = false, chosen = _ => false;
  const ident = 'grid' + Math.random().toString(36).slice(2, 8);
  const head = h('.row.head', { role: 'row', 'aria-rowindex': 1 });
  const space = h('.space', { role: 'presentation' }), rows = h('.rows', { role: 'rowgroup' });
  const none = h('p.none', { role: 'presentation' }, word('nothing'));
  space.append(rows);
  const element = h('.grid', {
    role: 'grid', tabindex: 0, 'aria-label': given.label, onkeydown: pressed,
  }, h('.heads', { role: 'rowgroup' }, head), space, none);

  function drawHead() {
    const [order, down] = given.order?.() ?? [undefined, false];
    head.replaceChildren(...given.columns.map(column => {
      const isOrder = column.order !== undefined && column.order === order;
      return h('span.' + (column.name ?? 'cell') + (column.number ? '.number' : ''), {
        role: 'columnheader', 'aria-sort': isOrder ? down ? 'descending' : 'ascending' : undefined,
      }, column.order && given.sort ? h('button', { type: 'button', tabindex: -1, onclick: () => given.sort?.(column.order ?? '') },
        column.title, isOrder ? down ? ' ▾' : ' ▴' : '') : column.title);
    }));
  }

  const seen = () => Math.max(0, element.clientHeight - HEAD);
  const height = () => Math.min(total * ROW, TALLEST);
  // A browser's heights end somewhere: beyond that the bar stands for more than a row a step.
  const scale = () => height() <= seen() ? 1
    : (total * ROW - seen()) / Math.max(1, height() - seen());
  const top = () => Math.max(0, Math.min(element.scrollTop * scale(), total * ROW - seen()));

  async function load(page) {
    // What is there stays in sight until what is new has come.
    if (!pages.has(page)) pages.set(page, null);
    const signal = stop.signal;
    try {
      const answer = await given.ask(page * PAGE, PAGE, signal);
      if (signal.aborted) return;
      pages.set(page, answer.rows);
      isKnown = true;
      if (answer.count !== total) {
        total = answer.count;
        given.counted?.(total);
      }
      draw();
    } catch (error) {
      if (!signal.aborted) pages.delete(page);
    }
  }

  function draw() {
    space.style.height = height() + 'px';
    element.setAttribute('aria-rowcount', String(total + 1));
    none.hidden = total > 0 || !isKnown;
    const first = Math.max(0, Math.floor(top() / ROW)), last = Math.min(total, first + Math.ceil(seen() / ROW) + 1);
    rows.style.transform = 'translateY(' + (element.scrollTop - top() % ROW) + 'px)';
    const made = [];
    for (let at = first; at < last; at++) {
      const page = Math.floor(at / PAGE), known = pages.get(page);
      if (known === undefined) load(page);
      const row = known?.[at % PAGE];
      const flags = (at === active ? ' active' : '') + (row && chosen(row) ? ' chosen' : '')
        + (row && given.flags ? ' ' + given.flags(row) : '');
      made.push(h('.row', {
        role: 'row', id: ident + at, 'aria-rowindex': at + 2, 'aria-selected': row ? chosen(row) : false, class: 'row' + flags,
      }, ...given.columns.map(column => h('span.' + (column.name ?? 'cell') + (column.number ? '.number' : ''), { role: 'gridcell' },
        row ? column.cell(row) : ''))));
    }
    rows.replaceChildren(...made);
    if (active >= first && active < last) element.setAttribute('aria-activedescendant', ident + active);
    else element.removeAttribute('aria-activedescendant');
  }

  function move(to) {
    active = Math.max(0, Math.min(total - 1, to));
    const at = active * ROW;
    if (at < top()) element.scrollTop = at / scale();
    else if (at + ROW > top() + seen()) element.scrollTop = (at + ROW - seen()) / scale() + 1;
    draw();
  }

  function pressed(event) {
    const screen = Math.max(1, Math.floor(seen() / ROW) - 1);
    const to = { j: active + 1, ArrowDown: active + 1, k: active - 1, ArrowUp: active - 1, PageDown: active + screen,
      PageUp: active - screen, Home: 0, End: total - 1 }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (to !== undefined) move(to);
    else if (event.key === 'Enter') {
      const row = pages.get(Math.floor(active / PAGE))?.[active % PAGE];
      if (row) given.open(row);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  onPress(rows, event => {
    active = Math.floor((event.clientY - rows.getBoundingClientRect().top) / ROW) + Math.floor(top() / ROW);
    const row = pages.get(Math.floor(active / PAGE))?.[active % PAGE];
    draw();
    if (row) given.open(row);
  });
  element.addEventListener('scroll', () => requestAnimationFrame(draw), { passive: true });
  new ResizeObserver(later(30, draw)).observe(element);
  drawHead();
  return {
    element,
    focus: () => element.focus(),
    count: () => total,
    refresh: () => {
      const first = Math.floor(top() / ROW / PAGE), last = Math.floor((top() + seen()) / ROW / PAGE);
      for (const page of [...pages.keys()]) if (page < first || page > last) pages.delete(page);
      return Promise.all(Array.from({ length: last - first + 1 }, (_, i) => load(first + i)));
    },
    reset: () => {
      stop.abort();
      [stop, pages, active, isKnown] = [new AbortController(), new Map(), 0, false];
      element.scrollTop = 0;
      drawHead();
      load(0);
    },
    select: test => { chosen = test; draw(); },
  };
}
