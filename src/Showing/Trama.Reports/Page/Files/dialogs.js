// What opens above the page: all keys, and the way to a packet.
import { button, h } from './dom.js';
import { go } from './state.js';
import { reason, word } from './words.js';

const KEYS = [['j k ↑ ↓', 'keyRows'], ['Enter', 'keyIn'], ['Esc', 'keyOut'], ['/', 'filterName'], ['f', 'keyFaults'], ['c s', 'keySide'],
  ['g', 'keyGo'], ['1 – 5', 'keyTabs'], ['v n x', 'keyLists'], ['?', 'keyAll']];

function open(label, ...inside) {
  const box = /** @type {HTMLDialogElement} */ (h('dialog', { 'aria-label': label, onclose: () => box.remove() }, ...inside));
  document.body.append(box);
  box.showModal();
  return box;
}

/** All keys. */
export function openKeys() {
  const box = open(word('keysOf'), h('h2', {}, word('keysOf')),
    h('dl', {}, ...KEYS.flatMap(([key, name]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, word(/** @type {any} */ (name)))])),
    button(word('close'), () => box.close()));
}

/** Asks for a packet, until there is such a one or somebody gives up. @param {import('./feed.js').Feed} feed */
export function openPackets(feed) {
  const field = /** @type {HTMLInputElement} */ (h('input', { type: 'number', min: 1, 'aria-label': word('whichPacket') }));
  const said = h('p.bad', { role: 'alert' });
  const box = open(word('keyGo'), h('form', { method: 'dialog', onsubmit: async event => {
    event.preventDefault();
    said.textContent = '';
    const packet = Number(field.value);
    const place = await feed.ask('place', { packet }).catch(error => { said.textContent = reason(error, 'noPacket'); });
    if (!place || !box.isConnected) return;
    if (!place.connection) return void (said.textContent = word('noPacket'));
    box.close();
    go({ connection: place.connection, tab: 'ladder', packet, exchange: undefined });
  } }, h('label', {}, word('whichPacket'), ' ', field), said));
}
