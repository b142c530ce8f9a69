// The page in the browser alone: a capture is dropped, and nothing of it leaves the computer.
import { button, h } from './dom.js';
import { FeedError } from './feed.js';
import { start } from './main.js';
import { language, word } from './words.js';

/** The feed of a worker. @returns {import('./feed.js').Feed & {open: (files: File[]) => Promise<string>}} */
function workerFeed() {
  const worker = new Worker('./worker.js', { type: 'module' }), waiting = new Map();
  let number = 0, hear = () => {}, latest = null;
  const call = (act, given, signal) => new Promise((resolve, reject) => {
    const id = ++number;
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, act, ...given });
    signal?.addEventListener('abort', () => {
      if (!waiting.delete(id)) return;
      worker.postMessage({ act: 'forget', which: id });
      reject(new FeedError(0, ''));
    });
  });
  worker.addEventListener('message', event => {
    const { id, change, error, ...told } = event.data;
    if (change) {
      latest = { ...latest, ...change };
      hear(latest);
      return;
    }
    if (!waiting.has(id)) return;
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error !== undefined) reject(new FeedError(0, error));
    else resolve(told);
  });
  worker.addEventListener('error', event => {
    for (const { reject } of waiting.values()) reject(new FeedError(0, event.message));
    waiting.clear();
  });
  return {
    open: async files => {
      latest = null;
      return (await call('open', { files, language: language() })).answer;
    },
    async ask(name, values = {}, signal) {
      const { status, answer } = await call('ask', { name, values }, signal);
      if (status !== 0) throw new FeedError(status === 1 ? 404 : 400, answer.error ?? '');
      return answer;
    },
    async file(name, values) {
      const { answer } = await call('save', { name, values });
      if (!answer.length) throw new FeedError(400, '');
      return new Blob([answer]);
    },
    follow(heard) {
      hear = heard;
      if (latest) heard(latest);
    },
    stop: () => void call('stop', {}),
  };
}

function welcome() {
  document.documentElement.lang = language() === 'pt' ? 'pt-BR' : 'en';
  const said = h('p.bad', { role: 'alert' }), choose = /** @type {HTMLInputElement} */ (h('input', { type: 'file', multiple: true,
    'aria-label': word('chooseFiles'), onchange: () => open([...choose.files ?? []]) }));
  // The runtime is loaded while somebody looks for a file.
  const feed = workerFeed(), page = /** @type {HTMLElement} */ (document.getElementById('page'));
  page.replaceChildren(h('.wait.drop', {}, h('h1', {}, 'trama'), h('p', {}, word('dropHere')), h('p', {}, choose), said,
    h('p.dim', {}, word('staysHere'))));

  async function open(files) {
    if (!files.length) return;
    said.textContent = '';
    page.classList.add('busy');
    try {
      const refused = await feed.open(files);
      if (refused) said.textContent = refused;
      else start(feed);
    } catch (error) {
      said.textContent = error.message;
    }
    page.classList.remove('busy');
  }

  addEventListener('dragover', event => event.preventDefault());
  addEventListener('drop', event => {
    event.preventDefault();
    open([...event.dataTransfer?.files ?? []]);
  });
}

welcome();
