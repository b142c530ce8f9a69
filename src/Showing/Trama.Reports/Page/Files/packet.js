// The bytes of a packet, and what they say.
import { button, h } from './dom.js';
import { redrawing } from './folding.js';
import { go } from './state.js';
import { word } from './words.js';

/** What belongs to it. @param {number} packet @param {any} answer */
export const litByPacket = (packet, answer) => ({ packets: [packet],
  exchanges: (answer?.messages ?? []).map(message => message.exchange) });

function parts([packet, answer, why]) {
  const messages = answer?.messages ?? [];
  return [
    h('h3', {}, word('packet') + ' ' + packet, answer ? h('small', {}, ' ' + answer.length + ' B') : '',
      button('×', () => go({ packet: undefined }), { 'aria-label': word('close'), class: 'plain' })),
    messages.length ? h('p', {}, word('carries') + ' ', ...messages.flatMap((message, i) => [i ? ', ' : '', button(message.title, () =>
      go({ connection: answer.connection, exchange: message.exchange }), { class: 'link' })])) : '',
    answer ? h('pre', { tabindex: 0 }, answer.hex) : h('p.dim', {}, why),
  ];
}

export function makePacketPane() {
  const element = h('section.bytes'), redraw = redrawing(element, parts);
  return {
    element,
    /** @param {number} packet @param {any} answer @param {string} why there is none */
    draw(packet, answer, why) {
      element.setAttribute('aria-label', word('packet') + ' ' + packet);
      redraw([packet, answer, why]);
    },
  };
}
