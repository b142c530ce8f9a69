// Who talks to whom, drawn: clients at the left, services at the right, lines as thick as there is talk, red ones on top.
import { h, later } from './dom.js';
import { count, counted } from './text.js';
import { word } from './words.js';

const SVG = 'http://www.w3.org/2000/svg', ROW = 22, TOP = 16, CHAR = 7.2;

function shape(name, has, ...inside) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(has)) if (value !== undefined) made.setAttribute(key, String(value));
  made.append(...inside);
  return made;
}

const cut = (text, room) => text.length * CHAR <= room ? text : text.slice(0, Math.max(3, Math.floor(room / CHAR) - 1)) + '…';

/** @param {(line: {client?: string, server?: string}) => void} open */
export function makeGraph(open) {
  // The table has all that it says, for who cannot see or press it.
  const element = h('section.graph', { 'aria-label': word('whoTalks'), tabindex: 0 });
  let graph = null, chosen = /** @type {any} */ ({});

  function draw() {
    if (!graph) return;
    const width = Math.max(240, element.clientWidth - 2), left = width * 0.34, right = width * 0.66, middle = width / 2;
    const height = TOP + ROW * Math.max(graph.clients.length, graph.servers.length);
    const at = index => TOP + ROW * index, isChosen = line => graph.servers[line.server] === chosen.server
      && graph.clients[line.client] === chosen.client;
    const lines = [...graph.lines].sort((one, other) => Number(one.bad) - Number(other.bad)
      || Number(isChosen(one)) - Number(isChosen(other)));
    const label = count(lines.length) + ' ' + word('edges') + ', ' + count(lines.filter(line => line.bad).length) + ' ' + word('red');
    const picture = shape('svg', { viewBox: '0 0 ' + width + ' ' + height, width, height, role: 'img', 'aria-label': label },
      ...lines.map(line => shape('path', {
        class: 'edge' + (line.bad ? ' bad' : '') + (isChosen(line) ? ' chosen' : ''),
        'stroke-width': (1 + Math.log10(1 + line.count)).toFixed(1),
        d: 'M' + (left + 6) + ' ' + at(line.client) + ' C' + middle + ' ' + at(line.client) + ' ' + middle + ' ' + at(line.server) + ' '
          + (right - 6) + ' ' + at(line.server),
      }, shape('title', {}, graph.clients[line.client] + ' → ' + graph.servers[line.server] + ': ' + counted(line.count, 'exchanges')
        + (line.failed ? ' · ' + count(line.failed) + ' ' + word('failed') : '')))),
      ...graph.clients.map((name, i) => shape('text', { x: left, y: at(i) + 4, 'text-anchor': 'end' }, cut(name, left - 4),
        shape('title', {}, name))),
      ...graph.servers.map((name, i) => shape('text', { x: right, y: at(i) + 4 }, cut(name, width - right - 4), shape('title', {}, name))));
    [...picture.querySelectorAll('path')].forEach((path, i) => path.addEventListener('click', () => open({
      client: graph.clients[lines[i].client], server: graph.servers[lines[i].server] })));
    element.replaceChildren(picture);
    element.hidden = graph.lines.length === 0;
  }

  new ResizeObserver(later(50, draw)).observe(element);
  return {
    element,
    /** @param {any} [read] @param {any} [now] */
    draw(read, now) {
      if (read) [graph, chosen] = [read, now];
      draw();
    },
  };
}
