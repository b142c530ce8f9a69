// Plots of one side of a connection over time: sequence numbers with acknowledgements and window, round trip times, bytes in flight.
import { button, colours, h, later, sharp } from './dom.js';
import { makeTabs } from './lists.js';
import { go, state } from './state.js';
import { counted, duration, size } from './text.js';
import { told, word } from './words.js';

// The members of a point of an answer.
const AT = 0, PACKET = 1, PLACE = 2, LENGTH = 3, WINDOW = 4, MARK = 5, RTT = 6, FLIGHT = 7;
const LEFT = 64, BOTTOM = 22, TOP = 8, NEAR = 12;

/** @param {import('./feed.js').Feed} feed @param {number} connection @param {any} facts @param {'sequence'|'rtt'|'inFlight'} kind */
export function makePlot(feed, connection, facts, kind) {
  let lasts = Math.max(1, facts.lasts), answer = null, span = [0, lasts], drag = null, near = null, spots = [];
  const side = () => state().side ?? (facts.toClient > facts.toServer ? 'server' : 'client');
  const canvas = h('canvas', { role: 'img', 'aria-label': told(kind), tabindex: 0, onkeydown: pressed });
  const said = h('p.said', { 'aria-live': 'off' }), hint = h('p.dim', {}, word('zoom'));
  const tabs = makeTabs(word('keySide'), [['client', word('client')], ['server', word('server')]], side, name => {
    go({ side: name }, true);
    tabs.draw();
    load();
  });
  const element = h('.plot', {}, h('.bar', {}, tabs.element, h('.legend', {}, ...legend())), canvas, said, hint);

  function legend() {
    if (kind === 'sequence') return [h('span.mark.many', {}, word('bytes')), h('span.mark.bad', {}, word('sentAgain')),
      h('span.mark.ack', {}, word('acknowledged')), h('span.mark.win', {}, word('window'))];
    return [h('span.mark.p50', {}, kind === 'rtt' ? 'rtt' : word('inFlight')), h('span.mark.bad', {}, word('sentAgain'))];
  }

  const load = later(60, async () => {
    const wide = span[1] - span[0];
    answer = await feed.ask('plot', { connection, side: side(), begin: Math.max(0, Math.round(span[0] - wide * 0.1)),
      end: Math.round(span[1] + wide * 0.1) }).catch(() => answer);
    if (answer && reach(answer.lasts)) load();
    draw();
  });

  // It grows: who sees all of it goes on to, who has chosen a stretch stays there. @returns whether more is in sight
  function reach(now) {
    const isAll = span[0] === 0 && span[1] >= lasts;
    if (!(now > lasts)) return false;
    lasts = now;
    if (isAll) span = [0, lasts];
    return isAll;
  }

  const value = point => kind === 'rtt' ? point[RTT] : kind === 'inFlight' ? point[FLIGHT] : point[PLACE] + Math.max(point[LENGTH],
    point[WINDOW], 0);
  const tick = amount => kind === 'rtt' ? duration(amount) : size(Math.round(amount));

  function draw() {
    if (!answer) return;
    const [pen, width, height] = sharp(canvas), ink = colours(), own = side() === 'client' ? ink.client : ink.server;
    const seen = answer.points.filter(point => point[AT] >= span[0] && point[AT] <= span[1] && (kind !== 'rtt' || point[RTT] >= 0));
    // Where no point is in sight, the lowest and the highest of them are no numbers.
    const from = kind === 'sequence' && seen.length ? Math.min(...seen.map(point => point[PLACE])) : 0, room = height - BOTTOM - TOP;
    const high = Math.max(...seen.map(kind === 'sequence' ? point => point[PLACE] + point[LENGTH] : value), from + 1);
    const x = at => LEFT + (at - span[0]) / (span[1] - span[0]) * (width - LEFT - 8);
    const y = amount => TOP + room - (amount - from) / (high - from) * room;
    pen.font = '11px ui-monospace, monospace';
    pen.textBaseline = 'middle';
    for (let i = 0; i <= 4; i++) {
      const amount = from + (high - from) * i / 4, at = span[0] + (span[1] - span[0]) * i / 4;
      pen.strokeStyle = ink.line;
      pen.beginPath();
      pen.moveTo(LEFT, Math.round(y(amount)) + 0.5);
      pen.lineTo(width, Math.round(y(amount)) + 0.5);
      pen.stroke();
      pen.fillStyle = ink.dim;
      pen.textAlign = 'right';
      if (seen.length) pen.fillText(tick(amount), LEFT - 6, y(amount));
      pen.textAlign = i === 0 ? 'left' : i === 4 ? 'right' : 'center';
      pen.fillText(duration(at), x(at), height - 8);
    }
    pen.save();
    pen.beginPath();
    pen.rect(LEFT, 0, width - LEFT, height - BOTTOM + 2);
    pen.clip();
    if (kind === 'sequence') {
      steps(pen, seen.filter(point => point[WINDOW] >= 0), point => point[PLACE] + point[WINDOW], x, y, ink.line, [4, 3]);
      steps(pen, seen.filter(point => point[WINDOW] >= 0), point => point[PLACE], x, y, ink.dim, []);
    } else if (kind === 'inFlight') steps(pen, seen, point => point[FLIGHT], x, y, own, []);
    spots = [];
    for (const again of [0, 1]) for (const point of seen) {
      if (point[MARK] !== again || (kind === 'inFlight' && !again)) continue;
      pen.fillStyle = point[MARK] ? ink.bad : own;
      const px = x(point[AT]), py = y(kind === 'sequence' ? point[PLACE] + point[LENGTH] : value(point));
      if (kind === 'sequence' && point[WINDOW] >= 0 && !point[MARK]) continue;
      if (kind === 'sequence') pen.fillRect(px - 1, py, again ? 3 : 2, Math.max(3, y(point[PLACE]) - py));
      else {
        pen.beginPath();
        pen.arc(px, py, again ? 3 : 2, 0, 7);
        pen.fill();
      }
      spots.push([px, py, point]);
    }
    if (near) {
      pen.strokeStyle = ink.fg;
      pen.strokeRect(near[0] - 4, near[1] - 4, 8, 8);
    }
    pen.restore();
    hint.textContent = (seen.length ? '' : word('nothingDrawn') + ' · ') + word('zoom')
      + (answer.oneOf ? ' · ' + word('sampled') + ' ' + answer.oneOf + ' ' + word('drawn') : '');
    canvas.setAttribute('aria-label', told(kind) + ', ' + told(side()) + ': ' + duration(span[0]) + ' – ' + duration(span[1]) + ', '
      + (seen.length ? counted(seen.length, 'packets') + ', ' + tick(from) + ' – ' + tick(high) : word('nothingDrawn')));
  }

  function steps(pen, points, of, x, y, colour, dash) {
    pen.strokeStyle = colour;
    pen.setLineDash(dash);
    pen.beginPath();
    points.forEach((point, i) => {
      if (i === 0) pen.moveTo(x(point[AT]), y(of(point)));
      else pen.lineTo(x(point[AT]), y(of(points[i - 1])));
      pen.lineTo(x(point[AT]), y(of(point)));
    });
    pen.stroke();
    pen.setLineDash([]);
  }

  function zoom(factor, around) {
    const wide = Math.min(lasts, Math.max(1000, (span[1] - span[0]) * factor));
    const begin = Math.max(0, Math.min(lasts - wide, around - (around - span[0]) * wide / (span[1] - span[0])));
    span = [begin, begin + wide];
    draw();
    load();
  }

  function slide(by) {
    const wide = span[1] - span[0], begin = Math.max(0, Math.min(lasts - wide, span[0] + by));
    span = [begin, begin + wide];
    draw();
    load();
  }

  function pressed(event) {
    const middle = (span[0] + span[1]) / 2, step = (span[1] - span[0]) / 8;
    const act = { '+': () => zoom(0.5, middle), '=': () => zoom(0.5, middle), '-': () => zoom(2, middle), ArrowLeft: () => slide(-step),
      ArrowRight: () => slide(step), 0: () => zoom(1e12, middle), c: () => go({ side: 'client' }, true), s: () => go({ side: 'server' },
        true) }[event.key];
    if (!act || event.ctrlKey || event.metaKey) return;
    act();
    tabs.draw();
    if (event.key === 'c' || event.key === 's') load();
    event.preventDefault();
    event.stopPropagation();
  }

  const timeAt = px => span[0] + (px - LEFT) / Math.max(1, canvas.clientWidth - LEFT - 8) * (span[1] - span[0]);
  canvas.addEventListener('wheel', event => {
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.25 : 0.8, timeAt(event.offsetX));
  }, { passive: false });
  canvas.addEventListener('pointerdown', event => {
    drag = [event.offsetX, event.offsetX];
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', event => {
    if (drag) {
      slide(timeAt(drag[1]) - timeAt(event.offsetX));
      drag[1] = event.offsetX;
      return;
    }
    near = spots.filter(([px, py]) => Math.abs(px - event.offsetX) < NEAR && Math.abs(py - event.offsetY) < NEAR)
      .sort((one, other) => Math.abs(one[0] - event.offsetX) - Math.abs(other[0] - event.offsetX))[0] ?? null;
    const point = near?.[2];
    const valueOf = kind === 'rtt' ? of => duration(of[RTT]) : kind === 'inFlight' ? of => size(of[FLIGHT])
      : of => of[PLACE] + ' + ' + of[LENGTH];
    said.replaceChildren(...(point ? [duration(point[AT]) + ' · ' + valueOf(point) + (point[MARK] ? ' · ' + word('sentAgain') : '') + ' · ',
    button(word('packet') + ' ' + point[PACKET], () => go({ tab: 'ladder', packet: point[PACKET] }), { class: 'link' })] : []));
    draw();
  });
  canvas.addEventListener('pointerup', event => {
    const isClick = drag && Math.abs(drag[0] - event.offsetX) < 3;
    drag = null;
    if (isClick && near) go({ tab: 'ladder', packet: near[2][PACKET] });
  });
  canvas.addEventListener('dblclick', () => zoom(1e12, 0));
  new ResizeObserver(later(30, draw)).observe(canvas);
  load();
  return {
    element, draw, focus: () => canvas.focus(),
    /** There is more of it. @param {any} now */
    grow(now) {
      reach(now.lasts);
      load();
    },
  };
}
