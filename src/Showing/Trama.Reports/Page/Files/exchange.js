// One exchange: the parts of its time as a bar, and what its messages say.
import { button, h } from './dom.js';
import { outcome } from './lists.js';
import { go } from './state.js';
import { duration, size } from './text.js';
import { language, told, word } from './words.js';
import { packetLink } from './verdict.js';

const FEW_PACKETS = 24;

/** The time of an exchange as a bar. @param {any} exchange */
export function timeBar(exchange) {
  const parts = [['upload', exchange.requestNs], ['network', exchange.networkNs], ['serverTime', exchange.serverNs], ['download',
    exchange.replyNs]]
    .filter(([, ns]) => ns !== undefined && ns > 0);
  const all = parts.reduce((sum, [, ns]) => sum + ns, 0);
  const bar = h('.timebar', { role: 'img', 'aria-label': parts.map(([name, ns]) => word(name) + ' ' + duration(ns)).join(', ') });
  for (const [name, ns] of parts) {
    const part = h('span.' + name, { title: word(name) + ' ' + duration(ns) });
    part.style.flexGrow = String(Math.max(0.004, ns / Math.max(1, all)));
    bar.append(part);
  }
  return h('.times', {}, bar, h('p', {}, ...parts.flatMap(([name, ns]) => [h('span.mark.' + name, {}, word(name) + ' ' + duration(ns)
    + (name === 'network' ? ' (' + word('estimated') + ')' : '')), ' ']), h('b', {}, duration(exchange.totalNs))));
}

function bytesOf(name, part, isOpen) {
  if (!part.shown) return null;
  const pre = h('pre', { tabindex: 0 });
  const forms = h('span.forms');
  const show = form => {
    pre.textContent = part[form];
    forms.replaceChildren(...['text', 'hex'].map(other => button(word(other), () => show(other), { 'aria-pressed': String(other === form),
      class: 'plain' })));
  };
  show(part.binary ? 'hex' : 'text');
  return h('details', { open: isOpen }, h('summary', {}, name + ' · ' + size(part.shown) + (part.more ? ' (' + word('cut') + ')' : '')),
    forms, pre);
}

function messageOf(message, connection) {
  const body = message.body;
  return h('article.message.' + message.from, {},
    h('h4', {}, message.title, h('small', {}, ' ' + message.size), message.missing ? h('span.bad', {},
      ' ' + word('missing') + ' ' + size(message.missing)) : ''),
    bytesOf(word('bytes'), message, !body?.shown),
    body ? h('p.dim', {}, [body.type, body.encoding, body.decodedBytes !== undefined ? size(body.decodedBytes) : size(body.bytes),
      body.obstacle]
      .filter(Boolean).join(' · ')) : null,
    body ? bytesOf(word('body') + ' · ' + word('decoded'), body, true) : null,
    h('p.dim', {}, word('packets') + ' ', ...message.packets.slice(0, FEW_PACKETS).flatMap((packet, i) => [i ? ', ' : '',
      packetLink(packet, connection)]),
      message.packetCount > FEW_PACKETS ? ' …' : ''));
}

/** @param {import('./feed.js').Feed} feed @param {number} connection @param {number} index
 *  @param {(what: {packets: number[], exchanges: number[]}) => void} lit told what belongs to it @param {'exchange'|'beside'} [part] */
export async function exchangePane(feed, connection, index, lit, part = 'exchange') {
  const pane = h('section.exchange', { 'aria-label': word('exchange') + ' ' + index });
  let why = '';
  const answer = await feed.ask('exchange', { connection, exchange: index, lang: language() }).catch(error => { why = error.message; });
  if (!answer) {
    pane.append(h('p.dim', {}, why || word('gone')));
    return pane;
  }
  lit({ packets: answer.messages.flatMap(message => message.packets), exchanges: [index] });
  const step = by => button(by < 0 ? '‹' : '›', () => go({ [part]: index + by, packet: undefined }), {
    class: 'plain', disabled: by < 0 ? index <= 1 : index >= answer.of, 'aria-label': word('exchange') + ' ' + (index + by),
  });
  pane.append(h('h3', {}, step(-1), word('exchange') + ' ' + index + ' ', step(1),
    h('span.op', {}, answer.operation ?? ''), ' ', outcome({ ...answer, unanswered: false }),
    answer.protocol ? h('small', {}, ' ' + told(answer.protocol) + (answer.stream !== undefined ? ' #' + answer.stream : '')) : '',
    part === 'exchange' ? button(word('compare'), () => go({ beside: index + 1 <= answer.of ? index + 1 : Math.max(1, index - 1) }),
      { class: 'link' }) : '',
    button('×', () => go({ [part]: undefined }), { 'aria-label': word('close'), class: 'plain' })),
  timeBar(answer), h('.messages', {}, ...answer.messages.map(message => messageOf(message, connection))));
  return pane;
}
