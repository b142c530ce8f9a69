// What became of a connection, and what was found: redrawn part by part, each when what it shows has changed.
import { command, copy, link, report, save } from './copying.js';
import { button, h } from './dom.js';
import { folded, redrawing } from './folding.js';
import { proof } from './proof.js';
import { go, state } from './state.js';
import { duration, size } from './text.js';
import { told, word } from './words.js';
import { findingMore, mark } from './verdict.js';

/** The title of a connection, and the way out. @param {(Node|string)[]} words */
export const title = words => [button('‹', () => go({ connection: undefined, exchange: undefined, packet: undefined, beside: undefined }),
  { 'aria-label': word('back'), class: 'plain back' }), ...words];

/** @param {import('./feed.js').Feed} feed @param {() => any} capture */
export function makeHead(feed, capture) {
  let facts = /** @type {any} */ (null);
  const parts = [part('h2', { tabindex: -1 }, () => [facts.id, facts.client, facts.name ?? facts.server], ([id, client, server]) => title(
    ['#' + id + ' ', h('span.client', {}, client), ' → ', h('span.server', {}, server)])),
  part('p.facts', {}, () => [facts.protocol, told(facts.state), duration(facts.lasts), 'rtt ' + duration(facts.rtt),
    '↑ ' + size(facts.toServer), '↓ ' + size(facts.toClient), facts.clientProcess, facts.serverProcess, facts.end].filter(Boolean),
  told => [told.join(' · ')]),
  part('div', {}, () => [facts.drawn, facts.notes, facts.misfit], ([drawn, notes, misfit]) => [
    ...[drawn, ...(notes ?? [])].filter(Boolean).map(text => h('p.dim', {}, text)), ...(misfit ? [h('p.bad', {}, misfit)] : [])]),
  part('.actions', {}, () => [!!capture()?.paths.length, !!feed.file && !facts.joined], ([hasPath, hasPackets]) => [
    hasPath ? button(word('asCommand'), () => copy(command(capture(), state())), { class: 'link' }) : '',
    hasPackets ? button(word('asPcap'), () => save(feed, facts.id), { class: 'link' }) : '',
    button(word('asReport'), () => copy(report(facts)), { class: 'link' }), button(word('asLink'), () => copy(link()), { class: 'link' })]),
  part('div', {}, () => facts.findings, findings => findings.map(finding => folded(finding.id, '.finding', [mark(finding),
    h('strong', {}, finding.label), ' · ' + finding.whose + ' ', h('span.sure', {}, told(finding.confidence))],
  () => [h('p.words', {}, finding.text), h('p', {}, proof(feed, finding, facts.id)), findingMore(feed, finding)])))];

  function part(name, has, shows, make) {
    const element = h(name, has), redraw = redrawing(element, make);
    return { element, draw: () => redraw(shows()) };
  }

  return {
    elements: parts.map(one => one.element),
    focus: () => parts[0].element.focus(),
    /** @param {any} now */
    draw(now) {
      facts = now;
      for (const one of parts) one.draw();
    },
  };
}
