// The page of a hub: who talks to whom, and from there what was found, the exchanges, and the joined ladder of a connection.
import { button, h, paced } from './dom.js';
import { makeEdge } from './edge.js';
import { httpFeed, takeKey } from './feed.js';
import { redrawing } from './folding.js';
import { makeGraph } from './graph.js';
import { makeGrid } from './grid.js';
import { changed, go, onState, state } from './state.js';
import { tell, tellLasting } from './telling.js';
import { clock, count, counted, day, duration } from './text.js';
import { keepTheme, knownTheme } from './theme.js';
import { language, reason, word } from './words.js';

const feed = httpFeed(), nothing = { client: undefined, server: undefined, operation: undefined, tab: undefined };
let fleet = null, drawnIn = '', parts = null, listed = '';

function makeEdges() {
  const sorting = now => [now.order, now.down === '1'];
  return makeGrid({
    label: word('whoTalks'),
    id: row => row.client + row.server + row.operation,
    columns: [
      { title: '', name: 'flag', cell: row => row.bad || row.found ? h('span.bad', { title: word('faulty') }, '●') : '' },
      { title: word('client'), name: 'end', order: 'client', cell: row => row.client },
      { title: word('server'), name: 'end', order: 'server', cell: row => row.server },
      { title: word('operation'), name: 'wide', order: 'operation', cell: row => row.operation || '—' },
      { title: 'n', name: 'n', number: true, order: 'count', cell: row => count(row.exchanges) },
      { title: word('faulty'), name: 'n', number: true, order: 'failed', cell: row => row.failed ? h('b.bad', {}, count(row.failed))
        : '0' },
      { title: 'p50', name: 't.extra', number: true, order: 'p50', cell: row => duration(row.p50) },
      { title: 'p99', name: 't', number: true, order: 'p99', cell: row => duration(row.p99) },
    ],
    ask: (first, many, signal) => {
      const now = state();
      return feed.ask('edges', { search: now.search, faults: now.faults, order: now.order, down: now.down, first, count: many }, signal);
    },
    order: () => sorting(state()),
    sort: order => {
      const [was, down] = sorting(state());
      go(was !== order ? { order, down: order !== 'client' && order !== 'server' && order !== 'operation' } : { down: !down });
    },
    open: row => go({ ...nothing, client: row.client, server: row.server, operation: row.operation }),
    flags: row => row.bad || row.found ? 'faulty' : '',
  });
}

function build() {
  drawnIn = language();
  document.documentElement.lang = drawnIn === 'pt' ? 'pt-BR' : 'en';
  const edges = makeEdges(), graph = makeGraph(line => go({ ...nothing, ...line })), edge = makeEdge(feed), notes = h('.notes'),
    path = h('nav.path', { 'aria-label': word('whoTalks') }), how = h('span.dim'),
    faults = button('', () => go({ faults: !state().faults }), { 'aria-pressed': 'false' });
  const search = h('input.filter', { type: 'search', placeholder: '/ ' + word('anyText'), 'aria-label': word('filterName'),
    spellcheck: 'false', autocomplete: 'off', onchange: event => go({ search: event.target.value.trim() || undefined }) });
  const look = button('◐', () => {
    keepTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
    graph.draw();
  }, { title: word('theme'), 'aria-label': word('theme'), class: 'plain' });
  const other = language() === 'pt' ? 'en' : 'pt';
  parts = { edges, graph, edge, notes, drawPath: redrawing(path, pathOf), how, faults, search };
  element('top').replaceChildren(h('.bar', {}, h('strong', {}, 'trama'), path, search, faults, how,
    button(other, () => go({ lang: other }), { class: 'plain', lang: other }), look));
  element('page').replaceChildren(h('h1.out-of-sight', {}, word('whoTalks')), notes, graph.element,
    h('.columns', {}, h('.left.fleet', {}, edges.element), edge.element));
  listed = '';
}

const element = name => /** @type {HTMLElement} */ (document.getElementById(name));

function pathOf([name, client, server, operation]) {
  const step = (text, change) => [h('span.dim', {}, ' ▸ '), button(text, () => go(change), { class: 'link' })];
  return [button(name || 'hub', () => go({ ...nothing, search: undefined, faults: undefined }), { class: 'link' }),
    ...(server ? step(client + ' → ' + server, { operation: undefined }) : []),
    ...(operation === null ? [] : step(operation || '—', {}))];
}

function drawTop() {
  const now = state();
  parts.drawPath([fleet.name, now.client ?? '', now.server ?? '', now.operation ?? null]);
  parts.faults.textContent = word('faults') + (fleet.red ? ' ' + count(fleet.red) : '');
  parts.faults.setAttribute('aria-pressed', String(!!now.faults));
  if (document.activeElement !== parts.search) parts.search.value = now.search ?? '';
  parts.how.textContent = counted(fleet.sensors, 'sensors') + ' · ' + counted(fleet.services, 'services') + ' · '
    + counted(fleet.exchanges, 'exchanges') + ' · ' + word('from') + ' ' + day(fleet.since) + ' ' + clock(fleet.since, 0, 0);
  parts.notes.replaceChildren(...fleet.notes.map(text => h('p.note', {}, text)));
  document.title = 'trama · ' + fleet.name + (now.server ? ' · ' + now.server : '');
}

async function draw(again = false) {
  if (!parts || drawnIn !== language()) {
    build();
    fleet = await feed.ask('fleet', { lang: language() }).catch(refused);
    if (!fleet) return;
  }
  const now = state(), rows = [now.search, now.faults, now.order, now.down].join('\n');
  drawTop();
  parts.graph.draw(fleet.graph, now);
  if (rows !== listed) {
    listed = rows;
    parts.edges.reset();
  } else if (again) await parts.edges.refresh();
  parts.edges.select(row => row.server === now.server && row.client === now.client
    && (now.operation === undefined || row.operation === now.operation));
  document.body.classList.toggle('inside', !!now.server);
  await parts.edge.show(now, again);
}

function refused(error) {
  if (error.status === 401 || error.status === 403 || error.status === 421) element('page').replaceChildren(
    h('p.wait.bad', { role: 'alert' }, word('stale')));
  else tell(reason(error));
  return null;
}

const refresh = paced(500, async () => {
  fleet = await feed.ask('fleet', { lang: language() }).catch(refused) ?? fleet;
  if (fleet) await draw(true);
});

function pressed(event) {
  const field = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || field.matches('input, textarea')) return;
  const act = {
    '/': () => parts.search.focus(), f: () => go({ faults: !state().faults }), j: () => parts.edges.focus(),
    Escape: () => {
      if (state().server) {
        go(nothing);
        parts.edges.focus();
      } else go({ search: undefined, faults: undefined });
    },
  }[event.key];
  if (!act || !parts) return;
  event.preventDefault();
  act();
}

takeKey();
knownTheme();
let was = state().server;
onState(now => {
  draw().then(() => {
    if (now.server && now.server !== was) parts.edge.focus();
    was = now.server;
  });
});
addEventListener('keydown', pressed);
addEventListener('popstate', () => {
  if (takeKey()) location.reload();
  else changed();
});
feed.follow(change => {
  if (change.refused) refused({ status: 401 });
  else if (change.version !== fleet?.version) refresh();
}, isAway => tellLasting(isAway ? word('noAnswer') : ''));
changed();
