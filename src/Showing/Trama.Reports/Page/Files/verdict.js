// The answer first: what went wrong, whose it is, how sure that is, and one step to its proof.
import { button, h } from './dom.js';
import { folded, redrawing } from './folding.js';
import { proof } from './proof.js';
import { go, toList } from './state.js';
import { count, counted } from './text.js';
import { language, reason, told, word } from './words.js';

const FEW = 3;

function explained(feed, finding) {
  const page = h('div');
  feed.ask('explain', { id: finding.id, lang: language() }).then(
    ({ what, how, cure, see }) => page.append(h('p', {}, what), h('p', {}, how), h('p', {}, cure), h('p.dim', {}, see)),
    error => page.append(h('p.dim', {}, reason(error))));
  return page;
}

/** What can be opened below a finding. @param {import('./feed.js').Feed} feed @param {any} finding */
export const findingMore = (feed, finding) => h('.more', {},
  folded('next', '', [word('next')], () => [h('p', {}, finding.next)]),
  finding.not?.length ? folded('not', '', [word('whyNot')], () => [
    h('ul', {}, ...finding.not.map(other => h('li', {}, other.label + ': ' + other.because)))]) : null,
  folded('explain', '', [word('explain')], () => [explained(feed, finding)]));

/** The mark of how bad a finding is. @param {any} finding */
export const mark = finding => h('span.dot.' + (finding.severity === 'info' ? 'calm' : 'bad'), { 'aria-hidden': 'true' }, '●');

const parts = (feed, finding, where = whereOf(finding)) => [h('p.words', {}, finding.text),
  h('p.where', {}, where, ' ', proof(feed, finding, finding.connection)), findingMore(feed, finding)];

// The verdict may be of connections to many servers, of which the finding tells one.
const allOf = (finding, many) => button(counted(many, 'connections'), () => go(listing(finding, undefined)), { class: 'link' });

function first(feed, finding, many = 0) {
  return h('article.finding.first', { 'data-name': nameOf(finding) },
    h('p.what', {}, mark(finding), h('strong', {}, finding.label), ' · ' + finding.whose + ' ',
      h('span.sure', {}, told(finding.confidence))), ...parts(feed, finding, many > finding.count ? allOf(finding, many) : undefined));
}

const listing = (finding, server) => ({ ...toList('connections'), server, search: finding.id, where: undefined, group: undefined,
  connection: undefined, faults: undefined });

function whereOf(finding) {
  return button(finding.server + (finding.count > 1 ? ' · ' + counted(finding.count, 'connections') : ' · #' + finding.connection),
    () => go(finding.count > 1 ? listing(finding, finding.server)
      : { connection: finding.connection, tab: 'ladder', exchange: undefined, packet: undefined }), { class: 'link' });
}

const nameOf = finding => finding.id + ' ' + finding.server;

const line = (feed, finding) => folded(nameOf(finding), '.finding', [mark(finding), h('strong', {}, finding.label),
  ' · ' + finding.whose + ' · ', finding.server, ' · ' + counted(finding.count, 'connections') + ' ',
  h('span.sure', {}, told(finding.confidence))], () => parts(feed, finding));

// Of very many the answer lists some, and tells how many there are.
function rest(feed, { findings, groups }) {
  const others = findings.slice(1 + FEW);
  if (!others.length) return [];
  const cut = word('listedOf').replace('{}', count(findings.length)).replace('{}', count(groups));
  return [folded('rest', '.rest', [count(groups - 1 - FEW) + ' ' + word('more')], () => [
    findings.length < groups ? h('p.dim', {}, cut) : null, ...others.map(finding => line(feed, finding))])];
}

/** @param {import('./feed.js').Feed} feed */
export function makeVerdict(feed) {
  const element = h('section.verdict', { 'aria-label': word('finding') });
  const redraw = redrawing(element, ({ well, ...found }) => {
    const [main, ...others] = found.findings;
    return [main ? first(feed, main, found.verdictConnections) : h(well === 'noTcp' ? 'p.note' : 'p.well', {}, word(well)),
      ...others.slice(0, FEW).map(finding => line(feed, finding)), ...rest(feed, found)];
  });
  return {
    element,
    /** @param {any} capture */
    draw({ findings, groups, verdictConnections, complete, tcpPackets }) {
      redraw({ findings, groups, verdictConnections, well: !complete ? 'soFar' : tcpPackets ? 'healthy' : 'noTcp' });
    },
  };
}
