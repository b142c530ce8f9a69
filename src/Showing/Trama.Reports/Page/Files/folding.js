// What is folded away is made once somebody opens it. What is made anew stays as open as it was, and keeps the focus.
import { h } from './dom.js';

/** Details whose inside is made when they are opened. @param {string} name tells them from others of the same place
 *  @param {string} style classes @param {(Node|string)[]} summary @param {() => (Node|string|null)[]} make */
export function folded(name, style, summary, make) {
  const element = h('details' + style, { 'data-name': name, ontoggle: () => {
    if (element.open && element.childElementCount === 1) element.append(...make().filter(part => part !== null));
  } }, h('summary', {}, ...summary));
  return element;
}

const pathOf = (one, within) => {
  const path = [];
  for (let at = one.closest('[data-name]'); at && within.contains(at); at = at.parentElement.closest('[data-name]'))
    path.push(at.dataset.name);
  return path.join('\n');
};

function open(within, root, paths) {
  for (const one of within.querySelectorAll('details')) {
    if (one.open || !paths.has(pathOf(one, root))) continue;
    one.open = true;
    // The event comes later, and inside there may be more to open.
    one.dispatchEvent(new Event('toggle'));
    open(one, root, paths);
  }
}

/** Puts new parts in the place of old ones. @param {HTMLElement} element @param {(Node|string)[]} parts */
export function replaced(element, parts) {
  const paths = new Set([...element.querySelectorAll('details[open]')].map(one => pathOf(one, element)));
  const focus = document.activeElement, isInside = !!focus && focus !== element && element.contains(focus);
  const isSame = isInside ? sameAs(focus, element) : () => false;
  element.replaceChildren(...parts);
  open(element, element, paths);
  if (isInside) /** @type {HTMLElement|undefined} */ ([...element.querySelectorAll(focus.tagName)].find(isSame))?.focus();
}

/** What draws an element anew when what it shows has changed, and else leaves it alone. @template T @param {HTMLElement} element
 *  @param {(shown: T) => (Node|string)[]} make @returns {(shown: T) => void} */
export function redrawing(element, make) {
  let drawn = '';
  return shown => {
    const text = JSON.stringify(shown);
    if (text !== drawn) replaced(element, make(shown));
    drawn = text;
  };
}

// The words of a summary change with what is counted there; a button is known by its words.
function sameAs(focus, within) {
  const path = pathOf(focus, within), text = focus.tagName === 'BUTTON' ? focus.textContent : null;
  return other => pathOf(other, within) === path && (text === null || other.textContent === text);
}
