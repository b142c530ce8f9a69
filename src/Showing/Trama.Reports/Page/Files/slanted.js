// The arrows of two captures: each leaves one lifeline in a row and arrives at the other in a later one. What was lost ends on the way,
// what was made up there begins there. They slant in the middle alone, so that the words at either end stand over level parts.

const SVG = 'http://www.w3.org/2000/svg', FALL = 14;

function shape(name, has, ...inside) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(has)) made.setAttribute(key, String(value));
  made.append(...inside);
  return made;
}

// A mark at a place that is told in parts of the width.
const mark = (x, y, style, path) => shape('svg', { x, y, overflow: 'visible', width: 1, height: 1 },
  shape('path', { class: style, d: path }));

const line = (style, x1, y1, x2, y2) => shape('line', { class: style, x1: x1 + '%', y1, x2: x2 + '%', y2 });

function drawn(arrow, yOf) {
  const isClient = arrow.from === 'client', [start, turn, level, end] = isClient ? [0, 44, 56, 100] : [100, 56, 44, 0];
  const style = 'slant ' + (arrow.bad ? 'bad' : arrow.from), head = isClient ? 'M0 0l-8 -4v8z' : 'M0 0l8 -4v8z';
  const leaves = yOf(arrow.leaves), arrives = yOf(arrow.arrives);
  if (arrow.arrives < 0) {
    const parts = [line(style, start, leaves, turn, leaves), line(style, turn, leaves, 50, leaves + FALL)];
    if (arrow.fate === 'lost') parts.push(mark('50%', leaves + FALL, 'slant bad', 'M-5 -5l10 10m0 -10l-10 10'));
    return parts;
  }
  const parts = [line(style, level, arrives, end, arrives), mark(end + '%', arrives, style + ' head', head)];
  if (arrow.leaves >= 0 && arrow.fate !== 'duplicated')
    parts.push(line(style, start, leaves, turn, leaves), line(style, turn, leaves, level, arrives));
  else parts.push(line(style, 50, arrives - FALL, level, arrives));
  if (arrow.fate === 'forged') parts.push(mark('50%', arrives - FALL, 'slant bad head', 'M0 -6l6 6l-6 6l-6 -6z'));
  if (arrow.fate === 'duplicated') parts.push(mark('50%', arrives - FALL, 'slant bad', 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z'));
  return parts;
}

/** The arrows between rows. @param {any[]} rows those in sight and some around them @param {(row: number) => number} yOf where a row's are
 *  @param {number} height */
export function slants(rows, yOf, height) {
  const picture = shape('svg', { class: 'slants', height, width: '100%', 'aria-hidden': 'true' }), seen = new Set();
  for (const row of rows) {
    for (const arrow of row?.arrows ?? []) {
      const key = [arrow.from, arrow.leaves, arrow.arrives].join();
      if (!seen.has(key)) picture.append(...drawn({ ...arrow, bad: row.bad }, yOf));
      seen.add(key);
    }
  }
  return picture;
}
