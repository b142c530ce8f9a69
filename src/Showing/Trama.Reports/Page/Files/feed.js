// Where the page gets its data: one seam, of which the rest of the page knows nothing more.
import { makePatience } from './patience.js';

/**
 * @typedef {Object} Feed
 * @property {(name: string, values?: Record<string, unknown>, signal?: AbortSignal) => Promise<any>} ask
 *   The answer to a question, for which a server that is away is asked again; rejects with a FeedError where there is none.
 * @property {(name: string, values: Record<string, unknown>) => Promise<Blob>} [file] A file to be kept, where there are packets.
 * @property {() => string} [up] The address of the page that this one is part of.
 * @property {() => void} [stop] Ends reading early, where the page reads itself.
 * @property {(heard: (change: any) => void, cut: (isCut: boolean) => void) => void} follow Tells of what comes, again after a cut, and
 *   whether there is one.
 */

/** Why a question has no answer: the status of HTTP, or 0 where nobody answered. */
export class FeedError extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const KEY = 'trama-key';

/** Takes the key out of the address at once, before anything else can see it. @returns {boolean} whether there was one */
export function takeKey() {
  const found = /[#&]key=([\w-]+)/.exec(location.hash);
  if (!found) return false;
  sessionStorage.setItem(KEY, found[1]);
  const rest = location.hash.replace(found[0], '').replace(/^#?&?/, '');
  history.replaceState(null, '', location.pathname + (rest ? '#' + rest : ''));
  return true;
}

/** @param {Record<string, unknown>} values */
function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== false);
  return new URLSearchParams(given.map(([name, value]) => [name, value === true ? '1' : String(value)])).toString();
}

/** The feed of a server. @param {Record<string, string>} [always] what is asked with every question @returns {Feed} */
export function httpFeed(always = {}) {
  const headers = () => ({ 'Trama-Token': sessionStorage.getItem(KEY) ?? '' }), patience = makePatience();
  const get = async (name, values, signal) => {
    const answer = await fetch('api/' + name + '?' + query({ ...values, ...always }), { headers: headers(), signal, cache: 'no-store' })
      .catch(error => { throw signal?.aborted ? error : new FeedError(0, ''); });
    if (answer.ok) return answer;
    const told = answer.headers.get('content-type') === 'application/json' ? (await answer.json()).error : undefined;
    throw new FeedError(answer.status, told ?? '');
  };
  return {
    ask: (name, values, signal) => patience.ask(async () => (await get(name, values, signal)).json().catch(() => {
      throw new FeedError(0, '');
    }), signal),
    file: async (name, values) => (await get(name, values)).blob(),
    follow(heard, cut) {
      patience.follow(cut);
      void follow(get, heard, patience.cut);
    },
  };
}

// A browser has six connections to a server for all its tabs: one that nobody sees holds none.
async function follow(get, heard, cut) {
  for (let wait = 500; ; wait = Math.min(wait * 2, 10000)) {
    await seen();
    const away = new AbortController(), leave = () => { if (document.hidden) away.abort(); };
    document.addEventListener('visibilitychange', leave);
    try {
      const reader = (await get('changes', {}, away.signal)).body.pipeThrough(new TextDecoderStream()).getReader();
      cut(false);
      let rest = '';
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        wait = 500;
        const lines = (rest + value).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) heard(JSON.parse(line));
      }
    } catch (error) {
      if (error instanceof FeedError && error.status === 401) return heard({ refused: true });
    } finally {
      document.removeEventListener('visibilitychange', leave);
    }
    if (away.signal.aborted) continue;
    cut(true);
    await new Promise(resolve => setTimeout(resolve, wait));
  }
}

/** Waits until somebody sees the page. @returns {Promise<void>} */
const seen = () => new Promise(resolve => {
  const look = () => {
    if (document.hidden) return;
    document.removeEventListener('visibilitychange', look);
    resolve();
  };
  document.addEventListener('visibilitychange', look);
  look();
});
