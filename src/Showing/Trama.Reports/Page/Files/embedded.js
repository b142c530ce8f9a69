// The feed of a report: what a server would answer stands in the page.
import { FeedError } from './feed.js';
import { makeChoice, windowOf } from './chosen.js';
import { word } from './words.js';

/** @returns {import('./feed.js').Feed} */
export function embeddedFeed() {
  const data = JSON.parse(document.getElementById('capture')?.textContent ?? '{}');
  const rowsOf = windows => (windows ?? []).flatMap(window => window.rows);
  const exchanges = [...new Map([...rowsOf(data.faulty), ...rowsOf(data.exchanges)].map(row => [row.number, row])).values()]
    .sort((one, other) => one.number - other.number);
  const choice = makeChoice(rowsOf(data.connections), exchanges);
  const parsed = new Map();
  const isWhole = asked => asked.group === undefined
    && ['search', 'server', 'from', 'to', 'faults'].every(name => (asked[name] ?? '') === '');
  const isAll = (windows, rows) => (windows?.[0]?.count ?? 0) <= rows;

  function drawn(id) {
    if (!parsed.has(id)) {
      const block = document.querySelector('script[data-connection="' + Number(id) + '"]');
      parsed.set(id, block ? JSON.parse(block.textContent ?? 'null') : null);
    }
    const found = parsed.get(id);
    if (!found) throw new FeedError(404, word('notDrawn'));
    return found;
  }

  const drawnIds = () => [...document.querySelectorAll('script[data-connection]')]
    .map(block => Number(block.getAttribute('data-connection')));
  // Two captures have two sets of numbers: that row is meant first which helps to prove something.
  const placeIn = (id, packet) => {
    const rows = rowsOf(drawn(id).ladder), proof = rows.findIndex(row => row.packet === packet && row.found);
    return proof >= 0 ? proof : rows.findIndex(row => row.packet === packet);
  };

  const answers = {
    capture: () => ({ ...data.capture, notes: [...(data.capture.notes ?? []), ...[data.note].filter(Boolean),
      ...(isAll(data.exchanges, exchanges.length) ? []
        : [word('listed').replace('{}', String(exchanges.length)).replace('{}', String(data.exchanges[0].count))])] }),
    services: asked => isWhole(asked) ? data.services : choice.services(asked),
    timeline: asked => isWhole(asked) ? data.timeline : choice.timeline(asked, data.timeline, data.fine, data.again),
    connections: asked => windowOf(choice.connections(asked), asked),
    // All that is listed of a connection that is drawn stands with it.
    exchanges: asked => windowOf(
      asked.connection !== undefined && Object.keys(asked).every(name => ['connection', 'first', 'count'].includes(name))
        ? rowsOf(drawn(Number(asked.connection)).exchanges) : choice.exchanges(asked), asked),
    explain: asked => data.explained[asked.id],
    connection: asked => drawn(Number(asked.connection)).connection,
    ladder: asked => windowOf(rowsOf(drawn(Number(asked.connection)).ladder), asked),
    exchange: asked => drawn(Number(asked.connection)).messages[asked.exchange],
    plot(asked) {
      const plot = drawn(Number(asked.connection))[asked.side === 'server' ? 'server' : 'client'];
      return { ...plot, points: plot.points.filter(point => point[0] >= (asked.begin ?? 0) && point[0] <= (asked.end ?? Infinity)) };
    },
    place(asked) {
      const packet = Number(asked.packet);
      const id = asked.connection ? Number(asked.connection) : drawnIds().find(one => placeIn(one, packet) >= 0);
      return id === undefined ? undefined : { connection: id, row: placeIn(id, packet) };
    },
  };
  return {
    async ask(name, asked = {}) {
      if (asked.where) throw new FeedError(400, word('noConditions'));
      const answer = answers[name]?.(asked);
      if (!answer) throw new FeedError(404, word(name === 'packet' ? 'noBytes' : 'leftOut'));
      return answer;
    },
    follow() { /* Nothing comes any more. */ },
  };
}
