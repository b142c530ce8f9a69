// The page: one zoom from the capture to the packet, and the address always says where it stands.
import { saveLines } from './copying.js';
import { openKeys, openPackets } from './dialogs.js';
import { button, h, paced } from './dom.js';
import { filtering, searching } from './filter.js';
import { redrawing } from './folding.js';
import { makeConnection, TABS } from './connection.js';
import { makeConnections, makeExchanges, makeServices, makeTabs } from './lists.js';
import { changed, go, listOf, onState, state, toList } from './state.js';
import { tell, tellLasting } from './telling.js';
import { makeTimeline } from './timeline.js';
import { makeVerdict } from './verdict.js';
import { clock, count, counted, day, duration, size } from './text.js';
import { keepTheme, knownTheme } from './theme.js';
import { language, reason, word } from './words.js';

/** @param {import('./feed.js').Feed} feed */
export function start(feed) {
  let capture = null, fileWas = 0, isPaused = false, held = 0, drawnIn = '', listed = '', parts = null;
  const of = () => capture;

  function build() {
    drawnIn = language();
    document.documentElement.lang = drawnIn === 'pt' ? 'pt-BR' : 'en';
    const verdict = makeVerdict(feed), timeline = makeTimeline(feed, of), services = makeServices(feed), connection = makeConnection(feed,
      of);
    const number = h('span.dim');
    const connections = makeConnections(feed, of, drawNumber), exchanges = makeExchanges(feed, of, drawNumber);
    const lists = makeTabs(word('capture'), [['connections', word('connections')], ['exchanges', word('exchanges')]],
      () => listOf(state()), name => go(toList(/** @type {any} */ (name))));
    const list = h('.list'), notes = h('.notes'), left = h('.left', {}, h('h2.out-of-sight', {}, word('services')), services.element,
      h('.bar', {}, lists.element, number), list);
    const error = h('p.error.bad', { role: 'alert' });
    parts = { verdict, timeline, services, connection, connections, exchanges, lists, number, list, notes, error, ...top() };
    /** @type {HTMLElement} */ (document.getElementById('top')).replaceChildren(parts.bar);
    /** @type {HTMLElement} */ (document.getElementById('page')).replaceChildren(
      h('h1.out-of-sight', {}, 'trama'), notes, error, verdict.element, timeline.element, h('.columns', {}, left, connection.element));
    listed = '';
  }

  function pathOf([up, files, server, group, connection, exchange]) {
    const step = (text, change) => [h('span.dim', {}, ' ▸ '), button(text, () => go(change), { class: 'link' })];
    const back = { connection: undefined, exchange: undefined, packet: undefined, beside: undefined };
    return [...(up ? [h('a', { href: up }, word('whoTalks')), h('span.dim', {}, ' ▸ ')] : []),
      button(files.join(' + ') || word('capture'), () => go({ ...back, server: undefined, group: undefined, search: undefined,
        where: undefined, from: undefined, to: undefined, faults: undefined }), { class: 'link' }),
      ...(server ? step(server + (group === null ? '' : ' ' + (group || '—')), back) : []),
      ...(connection ? step('#' + connection, { ...back, connection }) : []),
      ...(exchange ? step(word('exchange') + ' ' + exchange, {}) : [])];
  }

  function top() {
    const path = h('nav.path', { 'aria-label': word('capture') }), search = /** @type {HTMLInputElement} */ (h('input.filter', {
      type: 'search', placeholder: '/ ' + word(feed.file ? 'filter' : 'anyText'), 'aria-label': word('filterName'), spellcheck: 'false',
      autocomplete: 'off',
      onkeydown: event => {
        if (event.key === 'Enter') filter(event);
        if (event.key === 'Escape') event.target.blur();
      },
      onchange: filter,
    }));
    const faults = button('', () => go({ faults: !state().faults }), { 'aria-pressed': 'false' });
    const flow = button('', () => pause(!isPaused)), stop = button(word('stop'), () => feed.stop?.()),
      lines = feed.stop ? button(word('asLines'), () => saveLines(feed)) : null,
      progress = h('progress', { max: 1, 'aria-label': word('reading') }), how = h('span.dim');
    const look = button('◐', () => theme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'), { title: word('theme'),
      'aria-label': word('theme'), class: 'plain' });
    const other = language() === 'pt' ? 'en' : 'pt';
    return { drawPath: redrawing(path, pathOf), search, faults, flow, stop, lines, progress, how, bar: h('.bar', {},
      h('strong', {}, 'trama'), path, search, faults, flow, progress, stop, lines, how,
      feed.file ? button(other, () => go({ lang: other }), { class: 'plain', lang: other }) : null, look,
      button('?', openKeys, { 'aria-label': word('keys'), class: 'plain' })) };
  }

  const filter = event => go(filtering(event.target.value.trim(), state()));

  const shownList = () => parts[listOf(state())];

  // How many rows the list in sight has, and not what another has told.
  function drawNumber() {
    const many = shownList().count();
    parts.number.textContent = many === undefined ? '' : ' ' + count(many);
  }

  function theme(name) {
    keepTheme(name);
    drawn();
  }

  // What is drawn has the colours of the moment when it was.
  function drawn() {
    parts?.timeline.draw();
    parts?.connection.draw();
  }

  function pause(on) {
    [isPaused, held] = [on, 0];
    if (!on) refresh(true);
    drawTop();
  }

  const ask = () => feed.ask('capture', { lang: language() });

  function drawTop() {
    if (!capture) return;
    const now = state();
    parts.drawPath([feed.up?.() ?? '', capture.files, now.server ?? '', now.group ?? null, now.connection, now.exchange]);
    // Of very many, some are listed, and all of them are counted.
    const bad = capture.badGroups ?? capture.findings.filter(finding => finding.severity !== 'info').length;
    parts.faults.textContent = word('faults') + (bad ? ' ' + count(bad) : '');
    parts.faults.setAttribute('aria-pressed', String(!!now.faults));
    parts.flow.hidden = !capture.live || capture.complete;
    parts.flow.textContent = !isPaused ? '⏸ ' + word('pause')
      : '▶ ' + word('follow') + (held ? ' · ' + count(held) + ' ' + word('since') : '');
    parts.stop.hidden = !feed.stop || capture.complete;
    if (parts.lines) parts.lines.hidden = capture.complete && !capture.tcpPackets;
    drawProgress();
    if (document.activeElement !== parts.search) parts.search.value = now.where ?? now.search ?? '';
    document.title = 'trama · ' + capture.files.join(' + ') + (now.connection ? ' · #' + now.connection : '');
    const notes = [...(capture.notes ?? []), capture.truncated ? word('truncated') : '', capture.omittedExchanges ? word('omitted') + ' '
      + count(capture.omittedExchanges) : ''].filter(Boolean);
    parts.notes.replaceChildren(...notes.map(text => h('p.note', {}, text)));
    parts.verdict.draw(capture);
  }

  function drawProgress() {
    parts.progress.hidden = capture.read === undefined || capture.complete;
    if (capture.size) parts.progress.value = capture.read / capture.size;
    parts.how.textContent = counted(capture.packets, 'packets') + ' · ' + counted(capture.connections, 'connections')
      + ' · ' + counted(capture.exchanges, 'exchanges')
      + (capture.firstAt ? ' · ' + day(capture.firstAt) + ' ' + clock(capture.firstAt, 0, 0) + ' · ' + duration(capture.lasts) : '')
      + (capture.read === undefined || capture.complete ? ''
        : ' · ' + word('reading') + ' ' + size(capture.read) + ' / ' + size(capture.size));
  }

  async function check(now) {
    parts.error.replaceChildren();
    if (!now.where && !now.search) return;
    const mine = listed;
    await feed.ask('exchanges', { where: now.where, search: now.search, count: 1, lang: language() }).catch(error => {
      if (error.status !== 400 || mine !== listed) return;
      parts.error.replaceChildren(error.message, ...(now.where ? [' ', button(word('searchText'), () => go(searching(now.where)))] : []));
    });
  }

  async function draw(now, again = false) {
    if (!parts || drawnIn !== language()) {
      build();
      capture = await ask().catch(refused);
      if (!capture) return;
      parts.timeline.refresh();
    }
    drawTop();
    const name = listOf(now), grid = parts[name], rows = [name, now.where, now.search, now.server, now.group, now.from, now.to, now.faults,
      now.order, now.down].join('\n');
    const before = listed;
    if (rows !== listed) {
      listed = rows;
      // Who has sorted by a title is still there.
      if (grid.element.parentElement !== parts.list) parts.list.replaceChildren(grid.element);
      grid.reset();
      drawNumber();
      parts.services.reset();
      parts.timeline.refresh();
      check(now);
    }
    const lists = rows === before && again ? [grid, parts.services, parts.timeline] : [];
    const refreshed = Promise.all(lists.map(list => list.refresh()));
    parts.lists.draw();
    parts.services.select(row => row.server === now.server && (now.group === undefined || row.group === now.group));
    parts.connections.select(row => String(row.id) === now.connection);
    parts.exchanges.select(row => String(row.connection) === now.connection && String(row.index) === now.exchange);
    document.body.classList.toggle('inside', !!now.connection);
    await parts.connection.show(now, again);
    await refreshed;
  }

  function refused(error) {
    const page = /** @type {HTMLElement} */ (document.getElementById('page'));
    if (error.status === 401 || error.status === 403 || error.status === 421) page.replaceChildren(h('p.wait.bad', { role: 'alert' },
      word('stale')));
    else tell(reason(error));
    return null;
  }

  const refresh = paced(250, async again => {
    capture = await ask().catch(refused) ?? capture;
    if (capture) await draw(state(), again);
  });

  function heard(change) {
    if (change.refused) return refused({ status: 401 });
    if (isPaused && capture) {
      held = change.exchanges - capture.exchanges;
      return drawTop();
    }
    const isSame = capture && change.packets === capture.packets && change.complete === capture.complete
      && change.version === capture.version && (change.file ?? 0) === fileWas;
    if (isSame) return;
    fileWas = change.file ?? 0;
    if (capture && parts && change.read !== undefined) {
      // How far it is costs no question.
      Object.assign(capture, { read: change.read, size: change.size, packets: change.packets, exchanges: change.exchanges });
      drawProgress();
    }
    refresh(true);
    if (change.complete) refresh.now();
  }

  function out() {
    const now = state();
    if (now.packet) go({ packet: undefined });
    else if (now.beside) go({ beside: undefined });
    else if (now.exchange) go({ exchange: undefined });
    else if (now.connection) {
      go({ connection: undefined });
      shownList().focus();
    } else if (now.group !== undefined || now.server) go({ group: undefined, server: undefined });
    else if (now.where || now.search) go({ where: undefined, search: undefined });
    else if (now.from || now.to) go({ from: undefined, to: undefined });
  }

  addEventListener('keydown', event => {
    const field = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || field.matches('input, textarea') || document.querySelector('dialog')) return;
    const act = {
      '/': () => parts.search.focus(), f: () => go({ faults: !state().faults }), '?': openKeys, g: () => openPackets(feed), Escape: out,
      v: () => parts.services.focus(),
      n: () => { go(toList('connections')); parts.connections.focus(); }, x: () => { go(toList('exchanges')); parts.exchanges.focus(); },
      j: () => shownList().focus(),
    }[event.key] ?? (TABS[Number(event.key) - 1] && state().connection ? () => {
      go({ tab: TABS[Number(event.key) - 1] });
      setTimeout(() => parts.connection.focusPart(), 50);
    } : undefined);
    if (!act) return;
    event.preventDefault();
    act();
  });

  knownTheme();
  let was = state().connection;
  onState(now => {
    draw(now).then(() => {
      if (now.connection && now.connection !== was) parts.connection.focus();
      was = now.connection;
    });
  });
  addEventListener('popstate', changed);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawn);
  feed.follow(heard, isAway => tellLasting(isAway ? word('noAnswer') : ''));
  changed();
}
