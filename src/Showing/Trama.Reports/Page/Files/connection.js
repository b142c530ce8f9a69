// One connection: what became of it, what was found, and its ladder, messages and plots.
import { button, h } from './dom.js';
import { command, copy, link, report, save } from './copying.js';
import { exchangePane } from './exchange.js';
import { makeExchanges, makeTabs } from './lists.js';
import { makeLadder, packetBytes } from './ladder.js';
import { makePlot } from './plots.js';
import { go, state } from './state.js';
import { duration, size } from './text.js';
import { language, told, word } from './words.js';
import { findingMore, proof } from './verdict.js';

export const TABS = ['ladder', 'messages', 'sequence', 'rtt', 'inFlight'];

/** @param {import('./feed.js').Feed} feed @param {() => any} capture */
export function makeConnection(feed, capture) {
  const element = h('section.connection', { hidden: true });
  let facts = null, tabs = null, shown = null, tab = '', part = h('div'), below = h('.below'), ident = '', isAsked = '';

  function head() {
    const name = h('h2', { tabindex: -1 }, button('‹', () => go({ connection: undefined, exchange: undefined, packet: undefined,
      beside: undefined }),
      { 'aria-label': word('back'), class: 'plain back' }), '#' + facts.id + ' ', h('span.client', {}, facts.client), ' → ',
    h('span.server', {}, facts.name ?? facts.server));
    const facts2 = [facts.protocol, told(facts.state), duration(facts.lasts), 'rtt ' + duration(facts.rtt),
      '↑ ' + size(facts.toServer), '↓ ' + size(facts.toClient), facts.clientProcess, facts.serverProcess].filter(Boolean);
    return [name, h('p.facts', {}, facts2.join(' · '), ' · ', facts.end),
      facts.drawn ? h('p.dim', {}, facts.drawn) : null, ...(facts.notes ?? []).map(note => h('p.dim', {}, note)),
      facts.misfit ? h('p.bad', {}, facts.misfit) : null,
      h('.actions', {},
        capture()?.paths.length ? button(word('asCommand'), () => copy(command(capture(), state())), { class: 'link' }) : null,
        feed.file && !facts.joined ? button(word('asPcap'), () => save(feed, facts.id), { class: 'link' }) : null,
        button(word('asReport'), () => copy(report(facts)), { class: 'link' }), button(word('asLink'), () => copy(link()),
          { class: 'link' })),
      ...facts.findings.map(finding => h('details.finding', {}, h('summary', {},
        h('span.dot.' + (finding.severity === 'info' ? 'calm' : 'bad'),
        { 'aria-hidden': 'true' }, '●'), h('strong', {}, finding.label), ' · ' + finding.whose + ' ', h('span.sure', {},
          told(finding.confidence))),
      h('p.words', {}, finding.text), h('p', {}, proof(finding, facts.id)), findingMore(feed, finding)))];
  }

  function openTab(now) {
    tab = TABS.includes(now.tab) ? now.tab : 'ladder';
    tabs.draw();
    if (tab === 'ladder') shown = makeLadder(feed, facts.id, facts, row => go(row.kind === 'message'
      ? { exchange: row.exchange, packet: undefined } : row.packet && !facts.joined ? { packet: row.packet } : {}, true));
    else if (tab === 'messages') {
      shown = makeExchanges({ ...feed, ask: (name, values, signal) => feed.ask(name, { connection: facts.id, first: values?.first,
        count: values?.count },
        signal) }, capture, () => {});
      shown.reset();
    } else shown = makePlot(feed, facts.id, facts, /** @type {any} */ (tab));
    part.replaceChildren(shown.element);
  }

  async function drawBelow(now) {
    const asked = [now.exchange, now.beside, now.packet, language(), ident].join();
    if (asked === isAsked) return;
    isAsked = asked;
    const lit = { packets: new Set(), exchanges: new Set() };
    const add = what => {
      for (const name of ['packets', 'exchanges']) for (const one of what[name]) lit[name].add(one);
    };
    const parts = await Promise.all([
      now.exchange ? exchangePane(feed, facts.id, Number(now.exchange), add) : null,
      now.exchange && now.beside ? exchangePane(feed, facts.id, Number(now.beside), add, 'beside') : null,
      now.packet ? packetBytes(feed, Number(now.packet), add) : null,
    ]);
    if (asked !== isAsked) return;
    below.replaceChildren(...parts.filter(pane => pane !== null));
    shown?.light?.(lit);
  }

  return {
    element,
    focus: () => /** @type {HTMLElement|null} */ (element.querySelector('h2'))?.focus(),
    focusPart: () => shown?.focus(),
    draw: () => shown?.draw?.(),
    /** @param {import('./state.js').State} now @param {boolean} [again] whether it may have changed */
    async show(now, again = false) {
      const wanted = now.connection ? now.connection + language() : '';
      if (wanted !== ident || (again && facts)) {
        const isNew = wanted !== ident;
        ident = wanted;
        element.hidden = !wanted;
        if (!wanted) return element.replaceChildren();
        let why = '';
        const read = await feed.ask('connection', { connection: now.connection, lang: language() })
          .catch(error => { why = error.message; });
        if (ident !== wanted) return;
        if (!read) return element.replaceChildren(h('h2', { tabindex: -1 }, button('‹', () => go({ connection: undefined }),
          { class: 'plain',
          'aria-label': word('back') }), '#' + now.connection), h('p.dim', {}, why || word('gone')));
        const isSame = facts && !isNew && read.rows === facts.rows && read.findings.length === facts.findings.length;
        facts = read;
        if (isSame) return;
        tabs = makeTabs(word('connection'), TABS.map(name => [name, told(name)]), () => TABS.includes(state().tab) ? state().tab : 'ladder',
          name => go({ tab: name }));
        [part, below, tab, isAsked] = [h('.part'), h('.below'), '', ''];
        element.replaceChildren(...head().filter(one => one !== null), tabs.element, part, below);
      }
      if (!facts || !wanted) return;
      if (tab !== (TABS.includes(now.tab) ? now.tab : 'ladder')) openTab(now);
      if (now.packet && tab === 'ladder') shown.toPacket?.(Number(now.packet));
      await drawBelow(now);
    },
  };
}
