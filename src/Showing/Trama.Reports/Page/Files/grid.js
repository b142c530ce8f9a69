// A table of any length: only the rows in sight are elements, and only the pages around them are asked for.
import { button, h, later, onPress } from './dom.js';
import { makePages } from './pages.js';
import { word } from './words.js';

const ROW = 28, HEAD = 24, PAGE = 100, TALLEST = 6e6;

/**
 * @typedef {Object} Column
 * @property {string} title @property {string} [name] class @property {boolean} [number] @property {string} [order]
 * @property {(row: any) => (Node|string|number)} cell
 */

/** @typedef {{element: HTMLElement, refresh: () => Promise<any>, reset: () => void, select: (test: (row: any) => boolean) => void,
 *   count: () => number|undefined, focus: () => void}} Grid `count` is undefined while it is not known */

/**
 * @param {{label: string, columns: Column[], ask: (first: number, count: number, signal: AbortSignal) => Promise<any>,
 *   id: (row: any) => string, open: (row: any) => void, sort?: (order: string) => void,
 *   order?: () => [string|undefined, boolean], counted?: () => void, flags?: (row: any) => string}} given
 * @returns {Grid}
 */
export function makeGrid(given) {
  let total = 0, active = 0, isKnown = false, chosen = _ => false;
  const ident = 'grid' + Math.random().toString(36).slice(2, 8);
  const head = h('.row.head', { role: 'row', 'aria-rowindex': 1 });
  const space = h('.space', { role: 'presentation' }), rows = h('.rows', { role: 'rowgroup' });
  const none = h('p.none', { role: 'presentation' }, word('nothing'));
  space.append(rows);
  const element = h('.grid', {
    role: 'grid', tabindex: 0, 'aria-label': given.label, onkeydown: pressed,
  }, h('.heads', { role: 'rowgroup' }, head), space, none);

  const titles = given.columns.map(column => {
    const { order, title } = column, arrow = h('span', { 'aria-hidden': 'true' });
    const cell = h('span.' + (column.name ?? 'cell') + (column.number ? '.number' : ''), { role: 'columnheader' },
      order && given.sort ? button(title, () => given.sort?.(order)) : title);
    if (order && given.sort) cell.firstElementChild?.append(arrow);
    return { cell, order, arrow };
  });
  head.append(...titles.map(title => title.cell));

  // The titles stay, and who has sorted by one by keyboard is still there.
  function drawHead() {
    const [order, down] = given.order?.() ?? [undefined, false];
    // Two columns may tell the same order: one says so.
    const sorted = order === undefined ? undefined : titles.find(title => title.order === order);
    for (const title of titles) {
      title.arrow.textContent = title !== sorted ? '' : down ? ' ▾' : ' ▴';
      if (title === sorted) title.cell.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else title.cell.removeAttribute('aria-sort');
    }
  }

  const seen = () => Math.max(0, element.clientHeight - HEAD);
  const height = () => Math.min(total * ROW, TALLEST);
  // A browser's heights end somewhere: beyond that the bar stands for more than a row a step.
  const scale = () => height() <= seen() ? 1
    : (total * ROW - seen()) / Math.max(1, height() - seen());
  const top = () => Math.max(0, Math.min(element.scrollTop * scale(), total * ROW - seen()));

  function know(many) {
    const isNew = !isKnown || many !== total;
    [total, isKnown] = [many, true];
    if (isNew) given.counted?.();
    draw();
  }

  // Of what is refused there is nothing to be shown, least of all what was there before.
  const pages = makePages(PAGE, given.ask, answer => know(answer.count), () => know(0));

  function draw() {
    space.style.height = height() + 'px';
    element.setAttribute('aria-rowcount', String(total + 1));
    none.hidden = total > 0 || !isKnown;
    const first = Math.max(0, Math.floor(top() / ROW)), last = Math.min(total, first + Math.ceil(seen() / ROW) + 1);
    rows.style.transform = 'translateY(' + (element.scrollTop - top() % ROW) + 'px)';
    const made = [];
    for (let at = first; at < last; at++) {
      const row = pages.at(at);
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
    // Of the titles, which are buttons.
    if (head.contains(event.target)) return;
    const screen = Math.max(1, Math.floor(seen() / ROW) - 1);
    const to = { j: active + 1, ArrowDown: active + 1, k: active - 1, ArrowUp: active - 1, PageDown: active + screen,
      PageUp: active - screen, Home: 0, End: total - 1 }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (to !== undefined) move(to);
    else if (event.key === 'Enter') {
      const row = pages.known(active);
      if (row) given.open(row);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  onPress(rows, event => {
    active = Math.floor((event.clientY - rows.getBoundingClientRect().top) / ROW) + Math.floor(top() / ROW);
    const row = pages.known(active);
    draw();
    if (row) given.open(row);
  });
  element.addEventListener('scroll', () => requestAnimationFrame(draw), { passive: true });
  new ResizeObserver(later(30, draw)).observe(element);
  drawHead();
  return {
    element,
    focus: () => element.focus(),
    count: () => isKnown ? total : undefined,
    refresh: () => pages.refresh(Math.floor(top() / ROW), Math.floor((top() + seen()) / ROW)),
    reset: () => {
      [active, isKnown] = [0, false];
      element.scrollTop = 0;
      drawHead();
      pages.reset();
    },
    select: test => { chosen = test; draw(); },
  };
}
