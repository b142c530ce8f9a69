// One exchange: the parts of its time as a bar, and what its messages say.
import { button, h } from './dom.js';
import { redrawing } from './folding.js';
import { outcome } from './lists.js';
import { go } from './state.js';
import { duration, size } from './text.js';
import { told, word } from './words.js';
import { packetLink } from './proof.js';

const FEW_PACKETS = 24;

/** The time of an exchange as a bar. @param {any} exchange */
export function timeBar(exchange) {
  const parts = [['upload', exchange.requestNs], ['network', exchange.networkNs], ['serverTime', exchange.serverNs], ['download',
    exchange.replyNs]]
    .filter(([, ns]) => ns !== undefined && ns > 0);
  const all = parts.reduce((sum, [, ns]) => sum + ns, 0);
  const label = parts.map(([name, ns]) => word(name) + ' ' + duration(ns)).join(', ');
  // Of what nothing is known there is no picture.
  const bar = parts.length ? h('.timebar', { role: 'img', 'aria-label': label }) : null;
  for (const [name, ns] of parts) {
    const part = h('span.' + name, { title: word(name) + ' ' + duration(ns) });
    part.style.flexGrow = String(Math.max(0.004, ns / Math.max(1, all)));
    bar?.append(part);
  }
  return h('.times', {}, bar, h('p', {}, ...parts.flatMap(([name, ns]) => [h('span.mark.' + name, {}, word(name) + ' ' + duration(ns)
    + (name === 'network' ? ' (' + word('estimated') + ')' : '')), ' ']), h('b', {}, duration(exchange.totalNs))));
}

function bytesOf(id, name, part, isOpen) {
  if (!part.shown) return null;
  const pre = h('pre', { tabindex: 0 });
  const forms = h('span.forms');
  const show = form => {
    pre.textContent = part[form];
    forms.replaceChildren(...['text', 'hex'].map(other => button(word(other), () => show(other), { 'aria-pressed': String(other === form),
      class: 'plain' })));
  };
  show(part.binary ? 'hex' : 'text');
  const told = name + ' · ' + size(part.shown) + (part.more ? ' (' + word('cut') + ')' : '');
  return h('details', { open: isOpen, 'data-name': id }, h('summary', {}, told), forms, pre);
}

function messageOf(message, connection, at) {
  const body = message.body;
  return h('article.message.' + message.from, { 'data-name': at },
    h('h4', {}, message.title, h('small', {}, ' ' + message.size), message.missing ? h('span.bad', {},
      ' ' + word('missing') + ' ' + size(message.missing)) : ''),
    bytesOf('bytes', word('bytes'), message, !body?.shown),
    body ? h('p.dim', {}, [body.type, body.encoding, body.decodedBytes !== undefined ? size(body.decodedBytes) : size(body.bytes),
      body.obstacle]
      .filter(Boolean).join(' · ')) : null,
    body ? bytesOf('body', word('body') + ' · ' + word('decoded'), body, true) : null,
    h('p.dim', {}, word('packets') + ' ', ...message.packets.slice(0, FEW_PACKETS).flatMap((packet, i) => [i ? ', ' : '',
      packetLink(packet, connection)]),
      message.packetCount > FEW_PACKETS ? ' …' : ''));
}

/** What belongs to it. @param {number} index @param {any} answer */
export const litByExchange = (index, answer) => ({ packets: (answer?.messages ?? []).flatMap(message => message.packets),
  exchanges: answer ? [index] : [] });

function titleOf([index, of, operation, protocol, stream, status, failed], part) {
  const step = by => button(by < 0 ? '‹' : '›', () => go({ [part]: index + by, packet: undefined }), {
    class: 'plain', disabled: by < 0 ? index <= 1 : index >= of, 'aria-label': word('exchange') + ' ' + (index + by),
  });
  return [step(-1), word('exchange') + ' ' + index + ' ', step(1), h('span.op', {}, operation ?? ''), ' ', outcome({ status, failed }),
    protocol ? h('small', {}, ' ' + told(protocol) + (stream !== null ? ' #' + stream : '')) : '',
    // One that is alone has none to stand beside.
    part === 'exchange' && of > 1 ? button(word('compare'), () => go({ beside: index + (index < of ? 1 : -1) }), { class: 'link' }) : '',
    button('×', () => go({ [part]: undefined }), { 'aria-label': word('close'), class: 'plain' })];
}

/** @param {number} connection @param {'exchange'|'beside'} part the part of the address that names it */
export function makeExchangePane(connection, part) {
  const title = h('h3'), body = h('div'), element = h('section.exchange', {}, title, body);
  const drawTitle = redrawing(title, shown => titleOf(shown, part));
  const drawBody = redrawing(body, ([answer, why]) => answer ? [timeBar(answer),
    h('.messages', {}, ...answer.messages.map((message, i) => messageOf(message, connection, i)))] : [h('p.dim', {}, why)]);
  return {
    element,
    /** @param {number} index @param {any} answer @param {string} why there is none */
    draw(index, answer, why) {
      const { of, ...own } = answer ?? {};
      element.setAttribute('aria-label', word('exchange') + ' ' + index);
      // How many there are changes while it does not.
      drawTitle([index, of ?? 0, own.operation, own.protocol, own.stream ?? null, own.status, own.failed]);
      drawBody([answer && own, why]);
    },
  };
}
