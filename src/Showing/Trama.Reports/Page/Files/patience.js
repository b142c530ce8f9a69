// Who asks a server that does not answer asks again: after a while that grows, and at once when it is back. Meanwhile that is told.

const FIRST = 500, MOST = 10000;

// The server is away, or has too much to do. Anything else is an answer.
const isPassing = error => error.status === 0 || error.status === 429 || error.status >= 500;

export function makePatience() {
  const failing = new Set(), waiting = new Set();
  let heard = _ => {};

  function note(who, isFailing) {
    const was = failing.size > 0;
    if (isFailing) failing.add(who);
    else failing.delete(who);
    if (failing.size > 0 !== was) heard(!was);
  }

  const pause = (ms, signal) => new Promise(resolve => {
    const over = () => {
      clearTimeout(timer);
      waiting.delete(over);
      signal?.removeEventListener('abort', over);
      resolve(undefined);
    };
    const timer = setTimeout(over, ms);
    waiting.add(over);
    signal?.addEventListener('abort', over);
  });

  return {
    /** @param {(isAway: boolean) => void} told whenever it goes away, or is back */
    follow: told => { heard = told; },
    /** Whether the stream of what comes is cut. @param {boolean} isCut */
    cut(isCut) {
      note(waiting, isCut);
      if (!isCut) for (const over of [...waiting]) over();
    },
    /** @template T @param {() => Promise<T>} attempt @param {AbortSignal} [signal] @returns {Promise<T>} rejects with what is an answer */
    async ask(attempt, signal) {
      try {
        for (let wait = FIRST; ; wait = Math.min(wait * 2, MOST)) {
          try {
            return await attempt();
          } catch (error) {
            if (signal?.aborted || !isPassing(error)) throw error;
          }
          note(attempt, true);
          await pause(wait, signal);
          signal?.throwIfAborted();
        }
      } finally {
        note(attempt, false);
      }
    },
  };
}
