// Numbers for people, as the commands write them.
import { language, word } from './words.js';

const point = text => language() === 'pt' ? text.replace('.', ',') : text;

// What is unknown, or was divided by nothing, is no number that could be told.
const isNumber = value => Number.isFinite(value);

/** Three significant digits. @param {number} value */
function three(value) {
  return point(value < 9.995 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1) : value.toFixed(0));
}

/** A duration in nanoseconds: `161 µs`, `1.25 ms`, `2 min 05 s`. @param {number|undefined|null} ns */
export function duration(ns) {
  if (!isNumber(ns)) return '–';
  if (ns < 0) return '-' + duration(-ns);
  if (ns < 1e3) return ns.toFixed(0) + ' ns';
  if (ns < 999.5e3) return three(ns / 1e3) + ' µs';
  if (ns < 999.5e6) return three(ns / 1e6) + ' ms';
  if (ns < 99.95e9) return three(ns / 1e9) + ' s';
  const seconds = Math.floor(ns / 1e9), pad = n => String(n).padStart(2, '0');
  return seconds < 3600 ? Math.floor(seconds / 60) + ' min ' + pad(seconds % 60) + ' s'
    : Math.floor(seconds / 3600) + ' h ' + pad(Math.floor(seconds / 60) % 60) + ' min';
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A size in bytes. @param {number|undefined|null} bytes */
export function size(bytes) {
  if (!isNumber(bytes)) return '–';
  if (bytes < 10000) return bytes + ' B';
  let unit = 0;
  for (; bytes >= 999.5 && unit < UNITS.length - 1; unit++) bytes /= 1024;
  return three(bytes) + ' ' + UNITS[unit];
}

/** A number in groups of three digits. @param {number} value */
export const count = value => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, language() === 'pt' ? '.' : ',');

/** A number of things, in words that agree with it: `1 packet`, `2 packets`.
 *  @param {number} many @param {'packets'|'connections'|'exchanges'|'failures'|'retransmissions'|'sensors'|'services'} name */
export const counted = (many, name) => count(many) + ' ' + word(many === 1 ? /** @type {any} */ (name.slice(0, -1)) : name);

/** A share of one. @param {number|undefined} part */
export const share = part => !isNumber(part) ? '–' : point((part * 100).toFixed(part < 0.0995 ? 1 : 0)) + ' %';

/** The time of day of a moment. @param {string|undefined} firstAt @param {number} at nanoseconds after it @param {number} [digits] */
export function clock(firstAt, at, digits = 3) {
  if (firstAt === undefined || !isNumber(at)) return '';
  const ns = BigInt(firstAt) + BigInt(Math.round(at)), ms = ns / 1000000n;
  const day = new Date(Number(ms)), pad = n => String(n).padStart(2, '0');
  const part = String(((ns % 1000000000n) + 1000000000n) % 1000000000n).padStart(9, '0').slice(0, digits);
  return pad(day.getHours()) + ':' + pad(day.getMinutes()) + ':' + pad(day.getSeconds()) + (digits ? point('.' + part) : '');
}

/** The day of a moment. @param {string|undefined} firstAt */
export function day(firstAt) {
  if (firstAt === undefined) return '';
  const at = new Date(Number(BigInt(firstAt) / 1000000n)), pad = n => String(n).padStart(2, '0');
  return at.getFullYear() + '-' + pad(at.getMonth() + 1) + '-' + pad(at.getDate());
}

/** A word for a shell: what it is given, and nothing that the shell does with it. @param {string} word */
export function quoted(word) {
  if (/^[\w@%+=:,./-]+$/.test(word) && !word.startsWith('-')) return word;
  if (!/[^\x20-\x7e\u00a1-\uffff]/.test(word) && !/[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/.test(word))
    return "'" + word.replaceAll("'", "'\\''") + "'";
  const bytes = [...new TextEncoder().encode(word)];
  const spelled = bytes.map(byte => byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c ? String.fromCharCode(byte)
    : '\\x' + byte.toString(16).padStart(2, '0'));
  return "$'" + spelled.join('') + "'";
}
