// What is told to everybody: a line in sight, and the same for who hears the page.
import { h, say } from './dom.js';

const LEAST = 4000, PER_LETTER = 60;

let line = null, lasting = '', timer = 0;

function show(text) {
  if (!line) document.body.append(line = h('p.told-line', { 'aria-hidden': 'true' }));
  line.textContent = text;
  line.hidden = !text;
}

/** Tells what was done, for a while. @param {string} text */
export function tell(text) {
  say(text);
  show(text);
  clearTimeout(timer);
  timer = setTimeout(() => show(lasting), Math.max(LEAST, text.length * PER_LETTER));
}

/** Tells what is so until it is told that it is not. @param {string} text `''` when it is over */
export function tellLasting(text) {
  if (text === lasting) return;
  lasting = text;
  clearTimeout(timer);
  say(text);
  show(text);
}
