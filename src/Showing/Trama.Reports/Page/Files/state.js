// What the page shows stands in its address: links, back and reload lead where they say.

/** @typedef {Record<string, string>} State */

const listeners = [];

/** What the address says. @returns {State} */
export function state() {
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
}

/** Changes it; `undefined` takes a part away, and `''` is a value: the name of what has none. @param {Record<string, any>} change
 *  @param {boolean} [quietly] no step to go back to */
export function go(change, quietly = false) {
  const next = { ...state(), ...change };
  const kept = Object.entries(next).filter(([, value]) => value !== undefined && value !== false && value !== null);
  const hash = '#' + new URLSearchParams(kept.map(([name, value]) => [name, value === true ? '1' : String(value)])).toString();
  if (hash === location.hash || (hash === '#' && !location.hash)) return;
  if (quietly) history.replaceState(null, '', hash);
  else history.pushState(null, '', hash);
  changed();
}

/** @param {(now: State) => void} heard */
export const onState = heard => void listeners.push(heard);

/** Tells all who listen. */
export function changed() {
  const now = state();
  for (const heard of listeners) heard(now);
}

/** The change that shows another list: what one is sorted by, another has not. @param {'connections'|'exchanges'} name */
export const toList = name => listOf(state()) === name ? {} : { list: name, order: undefined, down: undefined };

/** The list that is shown. @param {State} now @returns {'connections'|'exchanges'} */
export const listOf = now => now.list === 'exchanges' ? 'exchanges' : 'connections';

/** The part of the state that chooses rows. @param {State} now */
export const choice = now => ({
  where: now.where, search: now.search, server: now.server, group: now.group, from: now.from, to: now.to, faults: now.faults,
});
