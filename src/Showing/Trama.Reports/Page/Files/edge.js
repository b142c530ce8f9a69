// What is known of two that talk: their connections, what was found of these, and the exchanges that were sent.
import { button, h, say } from './dom.js';
import { makeGrid } from './grid.js';
import { makeTabs, outcome } from './lists.js';
import { go, state } from './state.js';
import { clock, count, day, duration } from './text.js';
import { language, reason, word } from './words.js';

const LISTS = ['pairs', 'found', 'sent'], moment = at => day(at).slice(5) + ' ' + clock(at, 0, 0);

/** Where the joined ladder of a pair is. @param {string} pair */
const ladder = pair => 'index.html#' + new URLSearchParams({ pair, connection: '1', up: location.hash.slice(1),
  ...(state().lang ? { lang: state().lang } : {}) }).toString();

/** @param {import('./feed.js').Feed} feed */
export function makeEdge(feed) {
  const element = h('section.connection', { hidden: true });
  let shown = null, ident = '', tabs = null, list = h('.part'), listed = '', facts = h('p.facts'), detail = h('.below'), waiting = 0;

  const open = row => row.pair && row.ladder ? location.assign(ladder(row.pair)) : describe(row);

  const of = name => (first, many, signal) => {
    const { client, server, operation } = state();
    return feed.ask(name, { client, server, operation: name === 'exchanges' ? operation : undefined, first, count: many, lang: language() },
      signal);
  };

  const flag = row => row.bad || row.failed || row.unanswered ? h('span.bad', {}, '●') : '';
  const way = row => row.ladder ? h('span.client', {}, word('ladder') + ' ›') : row.asked ? word('asked') : '';

  const grids = {
    pairs: () => makeGrid({
      label: word('bothEnds'), id: row => row.pair, ask: of('pairs'), open,
      flags: row => row.bad ? 'faulty' : '',
      columns: [
        { title: '', name: 'flag', cell: flag },
        { title: word('begins'), name: 'when', cell: row => moment(row.at) },
        { title: word('sensors'), name: 'end.extra', cell: row => row.one + ' · ' + row.other },
        { title: word('finding'), name: 'wide', cell: row => row.id ? row.id + ' · ' + row.whose
          : row.verdict ?? (row.suspected ? row.suspected + ' ?' : row.open ? word('open') : '—') },
        { title: '', name: 't', cell: way },
      ],
    }),
    found: () => makeGrid({
      label: word('findings'), id: row => row.sensor + row.at + row.id, ask: of('found'), open,
      flags: row => row.bad ? 'faulty' : '',
      columns: [
        { title: '', name: 'flag', cell: flag },
        { title: word('begins'), name: 'when', cell: row => moment(row.at) },
        { title: word('sensor'), name: 'mid', cell: row => row.sensor },
        { title: word('finding'), name: 'wide', cell: row => h('span', {}, row.id, h('small', {}, ' ' + row.text)) },
        { title: '', name: 't', cell: way },
      ],
    }),
    sent: () => makeGrid({
      label: word('exchanges'), id: row => row.sensor + row.at, ask: of('exchanges'), open,
      flags: row => row.failed || row.unanswered ? 'faulty' : '',
      columns: [
        { title: word('begins'), name: 'when', cell: row => moment(row.at) },
        { title: word('sensor'), name: 'mid', cell: row => row.sensor },
        { title: word('operation'), name: 'wide', cell: row => row.operation ?? '—' },
        { title: word('status'), name: 'mid', cell: outcome },
        { title: word('serverTime'), name: 't.extra', number: true, cell: row => duration(row.serverNs) },
        { title: word('total'), name: 't', number: true, cell: row => duration(row.totalNs) },
        { title: '', name: 't', cell: way },
      ],
    }),
  };

  // Of what leads to no ladder yet, what there is to be said, and how it gets one.
  function describe(row) {
    clearTimeout(waiting);
    const lines = [row.verdict ?? row.text, row.one ? row.one + ': ' + row.client + ' · ' + row.other + ': ' + row.otherClient
      : row.sensor + ' #' + row.connection].filter(Boolean);
    detail.replaceChildren(h('.detail', { tabindex: -1, role: 'group', 'aria-label': word('connection') },
      ...lines.map(line => h('p', {}, line)),
      row.pair ? row.asked ? h('p.dim', {}, word('asked')) : button(word('askBoth'), () => ask(row.pair, 'ask'))
        : h('p.dim', {}, word('oneEnd'))));
    /** @type {HTMLElement} */ (detail.firstElementChild).focus();
  }

  // The hub hears of it in seconds; then both sensors have ten.
  async function ask(pair, name) {
    clearTimeout(waiting);
    const answer = await feed.ask(name, { pair, lang: language() }).catch(error => ({ error: reason(error, 'noDigest') }));
    if (answer.ladder) return location.assign(ladder(pair));
    const text = answer.error ?? (answer.asked ? word('asked') : answer.verdict ?? word('noDigest'));
    say(text);
    detail.replaceChildren(h('p' + (answer.asked ? '.dim' : '.bad'), { role: 'status' }, text));
    if (answer.asked) waiting = setTimeout(() => ask(pair, 'asked'), 1000);
  }

  function openList(name) {
    shown = grids[name]();
    clearTimeout(waiting);
    detail.replaceChildren();
    list.replaceChildren(shown.element);
    shown.reset();
  }

  return {
    element,
    focus: () => /** @type {HTMLElement|null} */ (element.querySelector('h2'))?.focus(),
    /** @param {import('./state.js').State} now @param {boolean} [again] */
    async show(now, again = false) {
      element.hidden = !now.server;
      const wanted = now.server ? [now.client, now.server, now.operation, language()].join('\n') : '';
      if (!wanted) {
        clearTimeout(waiting);
        ident = '';
        return element.replaceChildren();
      }
      const name = LISTS.includes(now.tab) ? now.tab : 'pairs';
      if (wanted !== ident) {
        [ident, listed] = [wanted, ''];
        tabs = makeTabs(word('connection'), [['pairs', word('bothEnds')], ['found', word('findings')], ['sent', word('exchanges')]],
          () => LISTS.includes(state().tab) ? state().tab : 'pairs', tab => go({ tab }));
        element.replaceChildren(h('h2', { tabindex: -1 }, button('‹', () => go({ client: undefined, server: undefined, operation: undefined,
          tab: undefined }), { 'aria-label': word('back'), class: 'plain back' }), h('span.client', {}, now.client ?? ''), ' → ',
        h('span.server', {}, now.server),
        now.operation === undefined ? null : h('span.op', {}, ' ' + (now.operation || '—'))), facts, tabs.element, list, detail);
      }
      if (name !== listed) {
        listed = name;
        tabs.draw();
        openList(name);
      } else if (again) await shown.refresh();
      const edges = await feed.ask('edges', { client: now.client, server: now.server, count: 1000 }).catch(() => null);
      if (!edges || ident !== wanted) return;
      const rows = edges.rows.filter(row => now.operation === undefined || row.operation === now.operation);
      const sum = of => rows.reduce((all, row) => all + row[of], 0);
      facts.replaceChildren(count(sum('exchanges')) + ' ' + word('exchanges') + ' · ', sum('failed')
        ? h('b.bad', {}, count(sum('failed')) + ' ' + word('failed')) : '0 ' + word('failed'),
      ...(rows.length === 1 ? [' · p50 ' + duration(rows[0].p50) + ' · p99 ' + duration(rows[0].p99)] : []));
    },
  };
}
