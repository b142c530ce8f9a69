// One connection: what became of it, what was found, and its ladder, messages and plots.
import { makeBelow } from './below.js';
import { h } from './dom.js';
import { makeHead, title } from './head.js';
import { makeLadder } from './ladder.js';
import { makeExchanges, makeTabs } from './lists.js';
import { makePlot } from './plots.js';
import { go, state } from './state.js';
import { language, reason, told, word } from './words.js';

export const TABS = ['ladder', 'messages', 'sequence', 'rtt', 'inFlight'];

const tabOf = now => TABS.includes(now.tab) ? now.tab : 'ladder';
const NOTHING = { packets: new Set(), exchanges: new Set() };

/** @param {import('./feed.js').Feed} feed @param {() => any} capture */
export function makeConnection(feed, capture) {
  const element = h('section.connection', { hidden: true }), part = h('.part');
  let facts = null, head = null, below = null, tabs = null, shown = null, tab = '', ident = '', read = '', at = '', lit = NOTHING;

  function build() {
    head = makeHead(feed, capture);
    below = makeBelow(feed, facts, what => {
      lit = what;
      shown?.light?.(lit);
    });
    tabs = makeTabs(word('connection'), TABS.map(name => [name, told(name)]), () => tabOf(state()), name => go({ tab: name }));
    [tab, at, lit] = ['', '', NOTHING];
    head.draw(facts);
    element.replaceChildren(...head.elements, tabs.element, part, below.element);
  }

  function openTab(now) {
    tab = tabOf(now);
    at = '';
    tabs.draw();
    if (tab === 'ladder') shown = makeLadder(feed, facts.id, facts, row => go(row.kind === 'message'
      ? { exchange: row.exchange, packet: undefined } : row.packet && !facts.joined ? { packet: row.packet } : {}, true));
    else if (tab === 'messages') {
      shown = makeExchanges(feed, capture, () => {}, facts.id);
      shown.reset();
    } else shown = makePlot(feed, facts.id, facts, /** @type {any} */ (tab));
    part.replaceChildren(shown.element);
    shown.light?.(lit);
  }

  // Who looks at it stays where he is while it grows.
  function take(answer) {
    const text = JSON.stringify(answer), isNew = !facts, isSame = text === read;
    [facts, read] = [answer, text];
    if (isNew) build();
    else if (!isSame) {
      head.draw(facts);
      (shown?.grow ?? shown?.refresh)?.(facts);
    }
  }

  return {
    element,
    focus: () => /** @type {HTMLElement|null} */ (element.querySelector('h2'))?.focus(),
    focusPart: () => shown?.focus(),
    draw: () => shown?.draw?.(),
    /** @param {import('./state.js').State} now @param {boolean} [again] whether it may have changed */
    async show(now, again = false) {
      const wanted = now.connection ? now.connection + language() : '';
      if (wanted !== ident || (again && wanted)) {
        if (wanted !== ident) [facts, shown] = [null, null];
        ident = wanted;
        element.hidden = !wanted;
        if (!wanted) return element.replaceChildren();
        let why = '';
        const answer = await feed.ask('connection', { connection: now.connection, lang: language() })
          .catch(error => { why = reason(error); });
        if (ident !== wanted) return;
        if (answer) take(answer);
        else {
          facts = null;
          return element.replaceChildren(h('h2', { tabindex: -1 }, ...title(['#' + now.connection])), h('p.dim', {}, why));
        }
      }
      if (!facts || !wanted) return;
      // Meanwhile somebody may have gone on.
      const then = state();
      if (tab !== tabOf(then)) openTab(then);
      if (tab === 'ladder' && then.packet !== at) {
        at = then.packet;
        if (at) shown.toPacket(Number(at));
      }
      await below.draw(then, again);
    },
  };
}
