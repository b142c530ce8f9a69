// The three lists: services, connections, exchanges.
import { button, h } from './dom.js';
import { makeGrid } from './grid.js';
import { choice, go, state, toList } from './state.js';
import { clock, count, duration, share, size } from './text.js';
import { told, word } from './words.js';

const spark = (value, most) => {
  const bar = h('span.spark', { 'aria-hidden': 'true' });
  bar.style.setProperty('--part', String(most > 0 ? Math.max(0.02, value / most) : 0));
  return bar;
};

/** @param {import('./feed.js').Feed} feed */
export function makeServices(feed) {
  let known = { count: 0, rows: [] }, most = 0;
  return makeGrid({
    label: word('services'),
    id: row => row.server + row.protocol + row.group,
    columns: [
      { title: word('service'), name: 'service', cell: row => row.server },
      { title: word('operation'), name: 'wide', cell: row => h('span.both', {}, row.group || '—', row.protocol ? h('small', {},
        ' ' + row.protocol) : '', h('small.at', {}, row.server)) },
      { title: 'n', name: 'n', number: true, cell: row => h('span', {}, spark(row.exchanges, most), count(row.exchanges)) },
      { title: word('faulty'), name: 'n', number: true, cell: row => row.faulty ? h('b.bad', {}, count(row.faulty)) : '0' },
      { title: 'p50', name: 't', number: true, cell: row => duration(row.p50) },
      { title: 'p99', name: 't', number: true, cell: row => duration(row.p99) },
      { title: word('network'), name: 'n.extra', number: true, cell: row => share(row.network) },
    ],
    ask: async (first, many, signal) => {
      if (first === 0) known = await feed.ask('services', { ...choice(state()), server: undefined, group: undefined }, signal);
      most = Math.max(0, ...known.rows.map(row => row.exchanges));
      return { count: known.rows.length, rows: known.rows.slice(first, first + many) };
    },
    open: row => {
      const now = state(), isSame = now.server === row.server && now.group === row.group;
      go(isSame ? { server: undefined, group: undefined }
        : { server: row.server, group: row.exchanges ? row.group : undefined, ...toList(row.exchanges ? 'exchanges' : 'connections') });
    },
    flags: row => row.faulty ? 'faulty' : '',
  });
}

const sorting = (now, standard) => [now.order ?? standard, now.down === '1'];
const sortBy = standard => order => {
  const [was, down] = sorting(state(), standard);
  go({ order: order === standard ? undefined : order,
    down: was === order ? !down : order !== 'number' && order !== 'completed' && order !== 'firstat'
    && order !== 'faultyfirst' });
};

/** @param {import('./feed.js').Feed} feed @param {() => any} capture @param {() => void} counted */
export function makeConnections(feed, capture, counted) {
  return makeGrid({
    label: word('connections'), counted,
    id: row => row.id,
    columns: [
      { title: '#', name: 'id', number: true, order: 'number', cell: row => row.id },
      { title: '', name: 'flag', order: undefined, cell: row => row.finding
        ? h('span.' + (row.finding.severity === 'info' ? 'calm' : 'bad'), { title: row.finding.id }, '●') : row.faulty ? h('span.bad', {},
          '○') : '' },
      { title: word('client'), name: 'end', cell: row => row.clientProcess ? row.client + ' ' + row.clientProcess : row.client },
      { title: word('server'), name: 'end', cell: row => row.name ?? row.server },
      { title: word('protocol'), name: 'mid.extra', cell: row => row.protocol ?? '' },
      { title: word('state'), name: 'mid.extra', cell: row => told(row.state) },
      { title: word('begins'), name: 'clock.extra', number: true, order: 'number', cell: row => clock(capture()?.firstAt, row.at) },
      { title: word('lasts'), name: 't', number: true, order: 'duration', cell: row => duration(row.lasts) },
      { title: word('exchanges'), name: 'n', number: true, order: 'exchanges', cell: row => count(row.exchanges) },
      { title: word('faulty'), name: 'n', number: true, order: 'faulty', cell: row => row.faulty ? h('b.bad', {},
        count(row.faulty)) : '0' },
      { title: word('bytes'), name: 't.extra', number: true, order: 'bytes', cell: row => size(row.toServer + row.toClient) },
      { title: word('sentAgain'), name: 'n.extra', number: true, order: 'retransmissions', cell: row => row.retransmissions
        ? h('b.bad', {}, count(row.retransmissions)) : '0' },
      { title: 'rtt', name: 't.extra', number: true, order: 'rtt', cell: row => duration(row.rtt) },
    ],
    ask: (first, many, signal) => feed.ask('connections', { ...choice(state()), order: state().order ?? 'faultyfirst', down: state().down,
      first, count: many }, signal),
    order: () => sorting(state(), 'faultyfirst'),
    sort: sortBy('faultyfirst'),
    open: row => go({ connection: row.id, exchange: undefined, packet: undefined }),
    flags: row => row.finding && row.finding.severity !== 'info' ? 'faulty' : '',
  });
}

/** What became of an exchange. @param {any} row */
export const outcome = row => row.unanswered ? h('b.bad', {}, word('unansweredShort')) : row.failed ? h('b.bad', {},
  row.status ?? word('failed'))
  : row.status ?? '';

/** @param {import('./feed.js').Feed} feed @param {() => any} capture @param {() => void} counted
 *  @param {number} [connection] all of one, as they came; else those that are chosen, sorted as that is */
export function makeExchanges(feed, capture, counted, connection) {
  return makeGrid({
    label: word('exchanges'), counted,
    id: row => row.number,
    columns: [
      { title: word('begins'), name: 'clock', number: true, order: 'firstat', cell: row => clock(capture()?.firstAt, row.at) },
      { title: '#', name: 'id', number: true, cell: row => row.connection + '.' + row.index },
      { title: word('operation'), name: 'wide', cell: row => h('span', {}, row.operation ?? '—', row.protocol ? h('small', {},
        ' ' + row.protocol) : '') },
      { title: word('status'), name: 'mid', cell: outcome },
      { title: word('request'), name: 't.extra', number: true, order: 'requestbytes', cell: row => size(row.requestBytes) },
      { title: word('reply'), name: 't.extra', number: true, order: 'replybytes', cell: row => size(row.replyBytes) },
      { title: word('network'), name: 't.extra', number: true, order: 'network', cell: row => duration(row.networkNs) },
      { title: word('serverTime'), name: 't', number: true, order: 'server', cell: row => duration(row.serverNs) },
      { title: word('total'), name: 't', number: true, order: 'total', cell: row => duration(row.totalNs) },
    ],
    ask: (first, many, signal) => feed.ask('exchanges', { ...(connection ? { connection }
      : { ...choice(state()), order: state().order, down: state().down }), first, count: many }, signal),
    ...(connection ? {} : { order: () => sorting(state(), 'completed'), sort: sortBy('completed') }),
    open: row => go({ connection: row.connection, exchange: row.index, packet: undefined }),
    flags: row => row.failed || row.unanswered ? 'faulty' : '',
  });
}

/** Tabs that choose one of several. @param {string} label @param {[string, string][]} names @param {() => string} now
 *  @param {(name: string) => void} choose */
export function makeTabs(label, names, now, choose) {
  const tabs = names.map(([name, text], i) => button(text, () => choose(name), { role: 'tab', onkeydown: event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.stopPropagation();
    const at = (i + step + names.length) % names.length;
    choose(names[at][0]);
    draw();
    tabs[at].focus();
  } }));
  // They stay while what is told of them changes, and so does the focus.
  function draw() {
    tabs.forEach((tab, i) => {
      const isNow = names[i][0] === now();
      tab.setAttribute('aria-selected', String(isNow));
      tab.tabIndex = isNow ? 0 : -1;
    });
  }
  draw();
  return { element: h('.tabs', { role: 'tablist', 'aria-label': label }, ...tabs), draw };
}
