// The capture from its beginning to its end: exchanges, failures, the server's times, retransmissions. A stretch of it can be chosen.
import { button, colours, h, later, sharp } from './dom.js';
import { choice, go, state } from './state.js';
import { clock, counted, duration } from './text.js';
import { word } from './words.js';

const PARTS = 160;

/** @param {import('./feed.js').Feed} feed @param {() => any} capture */
export function makeTimeline(feed, capture) {
  let shown = null, drag = null, at = -1, asked = 0;
  const canvas = h('canvas', { role: 'img', 'aria-label': word('timeline'), tabindex: 0, onkeydown: pressed });
  const told = h('span.told'), whole = button(word('whole'), () => go({ from: undefined, to: undefined }), { class: 'link' });
  const legend = h('.legend', {},
    h('span.mark.many', {}, word('perSecond')), h('span.mark.bad', {}, word('failures')), h('span.mark.p50', {},
      word('serverTime') + ' p50'),
    h('span.mark.p99', {}, 'p99'), h('span.mark.again', {}, word('retransmissions')), told, whole);
  const element = h('section.timeline', { 'aria-label': word('timeline') }, legend, canvas);

  const place = x => Math.max(0, Math.min(PARTS, x / Math.max(1, canvas.clientWidth) * PARTS));
  const moment = part => Math.max(0, Math.round(shown.at + part * shown.part));

  function draw() {
    const [pen, width, height] = sharp(canvas);
    if (!shown) return;
    const ink = colours(), step = width / PARTS, base = height - 10;
    const most = Math.max(1, ...shown.exchanges), slowest = Math.max(1, ...shown.p99.map(value => value ?? 0));
    for (let i = 0; i < PARTS; i++) {
      const tall = shown.exchanges[i] / most * (base - 8);
      pen.fillStyle = ink.soft;
      pen.fillRect(i * step, base - tall, Math.max(1, step - 1), tall);
      if (shown.faulty[i] > 0) {
        const bad = Math.max(3, shown.faulty[i] / most * (base - 8));
        pen.fillStyle = ink.bad;
        pen.fillRect(i * step, base - bad, Math.max(2, step - 1), bad);
      }
      if (shown.retransmissions[i] > 0) {
        pen.fillStyle = ink.bad;
        pen.fillRect(i * step + step / 2 - 0.5, base + 3, 1.5, 3 + Math.min(4, Math.log2(shown.retransmissions[i] + 1)));
      }
    }
    for (const [name, dash, strength] of [['p99', [2, 2], 0.9], ['p50', [], 1]]) {
      pen.strokeStyle = ink.server;
      pen.globalAlpha = strength;
      pen.setLineDash(dash);
      pen.lineWidth = 1.25;
      pen.beginPath();
      let isOn = false;
      shown[name].forEach((value, i) => {
        if (value === null) return void (isOn = false);
        // Square roots keep the usual in sight beside the slowest.
        const y = base - Math.sqrt(value / slowest) * (base - 10);
        if (isOn) pen.lineTo((i + 0.5) * step, y);
        else {
          pen.moveTo((i + 0.5) * step - 1.5, y);
          pen.lineTo((i + 0.5) * step, y);
        }
        isOn = true;
      });
      pen.stroke();
    }
    pen.setLineDash([]);
    pen.globalAlpha = 1;
    pen.strokeStyle = ink.line;
    pen.beginPath();
    pen.moveTo(0, base + 0.5);
    pen.lineTo(width, base + 0.5);
    pen.stroke();
    const [from, to] = drag ? [Math.min(...drag), Math.max(...drag)] : at >= 0 ? [at, at + 1] : [0, 0];
    pen.fillStyle = ink.client;
    pen.globalAlpha = 0.18;
    pen.fillRect(from * step, 0, (to - from) * step, base);
    pen.globalAlpha = 1;
  }

  function tell() {
    whole.hidden = state().from === undefined && state().to === undefined;
    if (!shown) {
      told.textContent = '';
      canvas.setAttribute('aria-label', word('timeline'));
      return;
    }
    const first = capture()?.firstAt, sum = list => list.reduce((all, one) => all + one, 0);
    if (at >= 0) {
      const i = Math.floor(at);
      told.textContent = clock(first, moment(i)) + ' · ' + counted(shown.exchanges[i], 'exchanges')
        + (shown.faulty[i] ? ' · ' + counted(shown.faulty[i], 'failures') : '')
        + ' · p50 ' + duration(shown.p50[i]) + ' · p99 ' + duration(shown.p99[i])
        + (shown.retransmissions[i] ? ' · ' + counted(shown.retransmissions[i], 'retransmissions') : '');
    } else told.textContent = clock(first, shown.at) + ' – ' + clock(first, shown.at + shown.part * PARTS);
    canvas.setAttribute('aria-label', word('timeline') + ': ' + clock(first, shown.at) + ' – ' + clock(first, shown.at + shown.part * PARTS)
      + ', ' + counted(sum(shown.exchanges), 'exchanges') + ', ' + counted(sum(shown.faulty), 'failures') + ', '
      + counted(sum(shown.retransmissions), 'retransmissions'));
  }

  const choose = (from, to) => { if (to - from >= 1 && shown) go({ from: moment(from), to: moment(to) }); };

  function pressed(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined) {
      const was = Math.max(0, at);
      at = Math.max(0, Math.min(PARTS - 1, at < 0 ? 0 : at + step));
      if (event.shiftKey) drag = [drag ? drag[0] : was, at + (step > 0 ? 1 : 0)];
      else drag = null;
    } else if (event.key === 'Enter' && (drag || at >= 0)) {
      choose(...(drag ? [Math.min(...drag), Math.max(...drag)] : [Math.max(0, at - 4), Math.min(PARTS, at + 5)]));
      [drag, at] = [null, -1];
    } else return;
    event.preventDefault();
    event.stopPropagation();
    tell();
    draw();
  }

  canvas.addEventListener('pointerdown', event => {
    drag = [Math.floor(place(event.offsetX)), Math.floor(place(event.offsetX))];
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', event => {
    at = Math.min(PARTS - 1, Math.floor(place(event.offsetX)));
    if (drag) drag[1] = Math.ceil(place(event.offsetX));
    tell();
    draw();
  });
  canvas.addEventListener('pointerup', () => {
    if (drag) choose(Math.min(...drag), Math.max(...drag));
    drag = null;
    draw();
  });
  canvas.addEventListener('pointerleave', () => {
    at = -1;
    tell();
    draw();
  });
  new ResizeObserver(later(30, draw)).observe(canvas);

  return {
    element, draw,
    async refresh() {
      const mine = ++asked, answer = await feed.ask('timeline', { ...choice(state()), parts: PARTS })
        // Of what is refused there is nothing to be shown.
        .catch(() => null);
      if (mine !== asked) return;
      shown = answer;
      tell();
      draw();
    },
  };
}
