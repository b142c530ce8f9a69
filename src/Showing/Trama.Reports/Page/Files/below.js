// What is open below a connection: an exchange, another beside it, the bytes of a packet.
import { h } from './dom.js';
import { litByExchange, makeExchangePane } from './exchange.js';
import { litByPacket, makePacketPane } from './packet.js';
import { language, reason } from './words.js';

/** @param {import('./feed.js').Feed} feed @param {any} facts of the connection
 *  @param {(lit: {packets: Set<number>, exchanges: Set<number>}) => void} lit told what belongs to what is open */
export function makeBelow(feed, facts, lit) {
  const element = h('.below');
  const exchange = part => ({ part, lit: litByExchange, ...makeExchangePane(facts.id, part),
    ask: which => feed.ask('exchange', { connection: facts.id, exchange: which, lang: language() }) });
  const panes = [exchange('exchange'), exchange('beside'),
    { part: 'packet', lit: litByPacket, ...makePacketPane(), ask: which => feed.ask('packet', { packet: which, lang: language() }) }];
  let asked = '', number = 0;

  function wanted(now) {
    const { exchange, beside } = now;
    // Two captures have two sets of numbers, and a number alone names no packet.
    return [exchange, exchange && beside, facts.joined ? undefined : now.packet].map(which => Number(which) || 0);
  }

  async function read(pane, which) {
    let why = '';
    const answer = which ? await pane.ask(which).catch(error => { why = reason(error); }) : undefined;
    return { which, answer, why };
  }

  function draw(pane, { which, answer, why }) {
    if (!which) return pane.element.remove();
    pane.draw(which, answer, why);
    // One that stays keeps its place, what is scrolled in it, and the focus.
    const after = panes.slice(panes.indexOf(pane) + 1).find(other => other.element.parentElement === element);
    if (pane.element.parentElement !== element) element.insertBefore(pane.element, after?.element ?? null);
  }

  return {
    element,
    /** @param {import('./state.js').State} now @param {boolean} again whether it may have changed */
    async draw(now, again) {
      const all = wanted(now), text = all.join();
      if (text === asked && !(again && all.some(Boolean))) return;
      asked = text;
      const mine = ++number, answers = await Promise.all(panes.map((pane, i) => read(pane, all[i])));
      if (mine !== number) return;
      answers.forEach((answer, i) => draw(panes[i], answer));
      const own = answers.map(({ which, answer }, i) => which ? panes[i].lit(which, answer) : { packets: [], exchanges: [] });
      lit({ packets: new Set(own.flatMap(one => one.packets)), exchanges: new Set(own.flatMap(one => one.exchanges)) });
    },
  };
}
