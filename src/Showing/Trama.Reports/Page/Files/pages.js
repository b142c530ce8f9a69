// The rows of a long list, by pages: those around what is in sight, asked for when they are looked at.

/**
 * @param {number} size rows of a page @param {(first: number, count: number, signal: AbortSignal) => Promise<any>} ask
 * @param {(answer: any) => void} came told each answer @param {(error: any) => void} [refused]
 */
export function makePages(size, ask, came, refused = () => {}) {
  let pages = new Map(), stop = new AbortController();
  const pageOf = at => Math.floor(at / size);

  async function load(page) {
    // What is there stays in sight until what is new has come.
    if (!pages.has(page)) pages.set(page, null);
    const { signal } = stop;
    let answer;
    try {
      answer = await ask(page * size, size, signal);
    } catch (error) {
      if (!signal.aborted) refused(error);
      return;
    }
    if (signal.aborted) return;
    pages.set(page, answer.rows);
    came(answer);
  }

  return {
    /** The row of a place, where it is known. @param {number} at */
    known: at => pages.get(pageOf(at))?.[at % size],
    /** The same; it is asked for where it is not known. @param {number} at */
    at(at) {
      if (!pages.has(pageOf(at))) load(pageOf(at));
      return pages.get(pageOf(at))?.[at % size];
    },
    /** Asks again for what is in sight; what is not is forgotten. @param {number} first @param {number} last */
    refresh(first, last) {
      const [from, to] = [pageOf(Math.max(0, first)), pageOf(Math.max(0, last))];
      for (const page of [...pages.keys()]) if (page < from || page > to) pages.delete(page);
      return Promise.all(Array.from({ length: to - from + 1 }, (_, i) => load(from + i)));
    },
    /** Forgets everything, and begins anew. */
    reset() {
      stop.abort();
      [stop, pages] = [new AbortController(), new Map()];
      return load(0);
    },
  };
}
