// The packets that prove something, as links to where they stand.
import { button, h } from './dom.js';
import { go } from './state.js';
import { word } from './words.js';

const FEW_PACKETS = 8;

const link = (packet, act) => button(String(packet), act, { class: 'link', title: word('packet') + ' ' + packet });
const there = (packet, connection) => ({ connection, tab: 'ladder', packet, exchange: undefined });

/** A packet of a connection as a link to its row. @param {number} packet @param {number} connection */
export const packetLink = (packet, connection) => link(packet, () => go(there(packet, connection)));

// What was found of many connections is told of one of them, and its packets are anybody's.
async function lead(feed, packet, connection) {
  const ask = values => feed.ask('place', values).catch(() => null);
  const near = await ask({ packet, connection }), found = near?.row >= 0 ? near : await ask({ packet });
  go(there(packet, found?.connection || connection));
}

/** The packets that prove a finding. @param {import('./feed.js').Feed} feed @param {any} finding @param {number} connection */
export function proof(feed, finding, connection) {
  if (!finding.packets?.length) return '';
  const links = finding.packets.slice(0, FEW_PACKETS).flatMap((packet, i) => [i ? ', ' : '', link(packet, () =>
    lead(feed, packet, connection))]);
  return h('span.proof', {}, word('proof') + ' ', ...links, finding.packetCount > FEW_PACKETS ? ' …' : '');
}
