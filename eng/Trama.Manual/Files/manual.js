'use strict';
// The search of the manual. What it searches is a script, index.js, since pages that lie in a folder may load nothing else; it is loaded
// when somebody first wants to search.
const root = document.currentScript.dataset.root;
const field = document.querySelector('#search');
const found = document.querySelector('#found');
const article = document.querySelector('article');
const most = 30;
const around = 90; // characters of a section that are shown on either side of a word
let index = null;

// Letters count without their accents, and as small ones: as long as the text was.
const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

// What index.js calls.
function sections(all) {
  index = all.map(([page, language, title, anchor, heading, text]) =>
    ({ page, language, title, anchor, heading, text, folded: fold(text), head: fold(heading), name: fold(title) }));
  search();
}

function load() {
  if (index) return;
  index = [];
  const script = document.createElement('script');
  script.src = root + 'index.js';
  document.head.append(script);
}

// The more words stand in the heading or the title the better; what is in the language of the page comes before all else.
function rank(section, words) {
  let points = section.language === document.documentElement.lang ? 1000 : 0;
  for (const word of words) {
    if (section.head.includes(word)) points += 20;
    if (section.name.includes(word)) points += 10;
    points += Math.min(section.folded.split(word).length - 1, 9);
  }
  return points;
}

function excerpt(section, words) {
  const places = words.map(word => section.folded.indexOf(word)).filter(at => at >= 0);
  const first = Math.max(0, Math.min(...places, section.text.length) - around);
  const from = first === 0 ? 0 : section.text.indexOf(' ', first) + 1;
  const part = section.text.slice(from, from + 2 * around + 20), folded = section.folded.slice(from, from + part.length);
  const shown = document.createElement('p');
  for (let at = 0; at < part.length;) {
    const next = words.map(word => ({ word, at: folded.indexOf(word, at) })).filter(hit => hit.at >= 0).sort((a, b) => a.at - b.at)[0];
    shown.append(part.slice(at, next?.at));
    if (!next) break;
    const mark = document.createElement('mark');
    mark.textContent = part.slice(next.at, at = next.at + next.word.length);
    shown.append(mark);
  }
  return shown;
}

function entry(section, words) {
  const item = document.createElement('li'), link = document.createElement('a'), of = document.createElement('small');
  item.lang = section.language;
  link.href = root + section.page + (section.anchor && '#' + section.anchor);
  link.textContent = section.heading;
  of.textContent = section.heading === section.title ? '' : ` · ${section.title}`;
  item.append(link, of, excerpt(section, words));
  return item;
}

function search() {
  const words = fold(field.value).split(/\s+/).filter(Boolean);
  found.hidden = words.length === 0;
  article.hidden = words.length > 0;
  if (words.length === 0) return;
  const hits = index.filter(section => words.every(word => section.folded.includes(word) || section.name.includes(word)))
    .map(section => ({ section, points: rank(section, words) })).sort((a, b) => b.points - a.points);
  const status = found.querySelector('[role=status]');
  status.textContent = hits.length ? `${hits.length} ${status.dataset.some}` : status.dataset.none;
  found.querySelector('ol').replaceChildren(...hits.slice(0, most).map(hit => entry(hit.section, words)));
}

function clear() {
  field.value = '';
  search();
}

field.form.hidden = false;
field.addEventListener('focus', load);
field.addEventListener('input', () => { load(); search(); });
field.form.addEventListener('submit', event => {
  event.preventDefault();
  found.querySelector('a')?.click();
});
// A place on this very page: it is there, under what was found.
found.addEventListener('click', event => { if (event.target.closest('a')) setTimeout(clear); });
addEventListener('keydown', event => {
  if (event.key === '/' && document.activeElement !== field) {
    event.preventDefault();
    field.focus();
  } else if (event.key === 'Escape' && field.value) clear();
});
