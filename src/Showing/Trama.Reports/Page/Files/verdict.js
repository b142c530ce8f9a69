// The answer first: what went wrong, whose it is, how sure that is, and one step to its proof.
import { button, h } from './dom.js';
import { go, state } from './state.js';
import { count, counted } from './text.js';
import { language, told, word } from './words.js';

const FEW = 3, FEW_PACKETS = 8;

/** A packet as a link to where it stands. @param {number} packet @param {number} connection */
export const packetLink = (packet, connection) => button(String(packet), () =>
  go({ connection, tab: 'ladder', packet, exchange: undefined }), { class: 'link', title: word('packet') + ' ' + packet });

/** What can be opened below a finding. @param {import('./feed.js').Feed} feed @param {any} finding */
export function findingMore(feed, finding) {
  const explained = h('div');
  const explain = h('details', { ontoggle: async () => {
    if (explained.childElementCount) return;
    const page = await feed.ask('explain', { id: finding.id, lang: language() }).catch(() => null);
    if (page) explained.append(h('p', {}, page.what), h('p', {}, page.how), h('p', {}, page.cure), h('p.dim', {}, page.see));
  } }, h('summary', {}, word('explain')), explained);
  return h('.more', {},
    h('details', {}, h('summary', {}, word('next')), h('p', {}, finding.next)),
    finding.not?.length ? h('details', {}, h('summary', {}, word('whyNot')),
      h('ul', {}, ...finding.not.map(other => h('li', {}, other.label + ': ' + other.because)))) : null,
    explain);
}

/** The packets that prove a finding. @param {any} finding @param {number} connection */
export function proof(finding, connection) {
  if (!finding.packets?.length) return null;
  const links = finding.packets.slice(0, FEW_PACKETS).flatMap((packet, i) => [i ? ', ' : '', packetLink(packet, connection)]);
  return h('span.proof', {}, word('proof') + ' ', ...links, finding.packetCount > FEW_PACKETS ? ' …' : '');
}

const mark = finding => h('span.dot.' + (finding.severity === 'info' ? 'calm' : 'bad'), { 'aria-hidden': 'true' }, '●');

function first(feed, finding) {
  return h('article.finding.first', {},
    h('p.what', {}, mark(finding), h('strong', {}, finding.label), ' · ' + finding.whose + ' ',
      h('span.sure', {}, told(finding.confidence))),
    h('p.words', {}, finding.text),
    h('p.where', {}, whereOf(finding), ' ', proof(finding, finding.connection)),
    findingMore(feed, finding));
}

function whereOf(finding) {
  return button(finding.server + (finding.count > 1 ? ' · ' + counted(finding.count, 'connections') : ' · #' + finding.connection),
    () => go(finding.count > 1 ? { server: finding.server, list: 'connections', search: finding.id, connection: undefined,
      faults: undefined }
      : { connection: finding.connection, tab: 'ladder', exchange: undefined, packet: undefined }), { class: 'link' });
}

function line(feed, finding) {
  return h('details.finding', {}, h('summary', {}, mark(finding), h('strong', {}, finding.label), ' · ' + finding.whose + ' · ',
    finding.server,
    ' · ' + counted(finding.count, 'connections') + ' ',
    h('span.sure', {}, told(finding.confidence))),
  h('p.words', {}, finding.text), h('p.where', {}, whereOf(finding), ' ', proof(finding, finding.connection)), findingMore(feed, finding));
}

/** @param {import('./feed.js').Feed} feed */
export function makeVerdict(feed) {
  const element = h('section.verdict', { 'aria-label': word('finding') });
  let drawn = '';
  return {
    element,
    /** @param {any} capture */
    draw(capture) {
      const well = !capture.complete ? 'soFar' : capture.tcpPackets ? 'healthy' : 'noTcp';
      const text = JSON.stringify([capture.findings, well, state().lang]);
      // What somebody has opened stays open while nothing else is found.
      if (text === drawn) return;
      drawn = text;
      const [main, ...others] = capture.findings;
      const rest = others.map(finding => line(feed, finding));
      element.replaceChildren(...(main ? [first(feed, main)] : [h(well === 'noTcp' ? 'p.note' : 'p.well', {}, word(well))]),
        ...rest.slice(0, FEW), ...(rest.length > FEW ? [h('details.rest', {}, h('summary', {},
          count(capture.groups - 1 - FEW) + ' ' + word('more')), ...rest.slice(FEW))] : []));
    },
  };
}
