// Small parts for making elements. Text is always text: nothing here takes markup.

/**
 * Makes an element. @param {string} name `tag.class.class` @param {Record<string, any>} [has] attributes; `on…` are listeners
 * @param {...(Node|string|number|null|undefined|false)} inside
 */
export function h(name, has = {}, ...inside) {
  const [tag, ...classes] = name.split('.');
  const made = document.createElement(tag || 'div');
  if (classes.length) made.className = classes.join(' ');
  for (const [key, value] of Object.entries(has)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...inside.filter(part => part !== null && part !== undefined && part !== false).map(part =>
    typeof part === 'number' ? String(part) : part));
  return made;
}

/** A button with words. @param {string} text @param {(event: Event) => void} act @param {Record<string, any>} [has] */
export const button = (text, act, has = {}) => h('button', { type: 'button', onclick: act, ...has }, text);

/** Waits until calls come no more for a moment. @param {number} ms @param {(...given: any[]) => void} act */
export function later(ms, act) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...given), ms);
  };
}

/** Does something at once, and again while it is asked for: never twice at a time, and so that it takes a small part of the time.
 *  @param {number} least milliseconds from one end to the next begin @param {(...given: any[]) => Promise<void>} act
 *  @returns {((...given: any[]) => void) & {now: () => void}} `now` waits no longer */
export function paced(least, act) {
  let timer = 0, isBusy = false, isAsked = false, isDue = false, given = [];
  async function run() {
    clearTimeout(timer);
    [timer, isBusy, isAsked, isDue] = [0, true, false, false];
    const began = performance.now();
    await act(...given).catch(error => { if (error.name !== 'AbortError') console.error(error); });
    isBusy = false;
    timer = setTimeout(() => {
      timer = 0;
      if (isAsked) run();
    }, isDue ? 0 : Math.max(least, 6 * (performance.now() - began)));
  }
  const ask = (...values) => {
    [given, isAsked] = [values, true];
    if (!isBusy && !timer) run();
  };
  return Object.assign(ask, { now: () => {
    if (!isAsked) return;
    if (isBusy) isDue = true;
    else run();
  } });
}

/** Hears presses on rows that may be drawn anew between press and release, when no click would come of it.
 *  @param {HTMLElement} rows @param {(event: PointerEvent) => void} act */
export function onPress(rows, act) {
  let from = null;
  rows.addEventListener('pointerdown', event => { from = event.button === 0 ? [event.clientX, event.clientY] : null; });
  rows.addEventListener('pointerup', event => {
    // Who marks text to copy it presses nothing.
    const isPress = from && Math.abs(event.clientX - from[0]) + Math.abs(event.clientY - from[1]) < 8;
    from = null;
    if (isPress) act(event);
  });
}

/** Says something to who hears the page alone. @param {string} text */
export function say(text) {
  const said = document.getElementById('said');
  if (said) said.textContent = text;
}

/** A canvas as sharp as the screen. @param {HTMLCanvasElement} canvas @returns {[CanvasRenderingContext2D, number, number]} */
export function sharp(canvas) {
  const scale = devicePixelRatio || 1, { clientWidth: width, clientHeight: height } = canvas;
  if (canvas.width !== Math.round(width * scale)) canvas.width = Math.round(width * scale);
  if (canvas.height !== Math.round(height * scale)) canvas.height = Math.round(height * scale);
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  return [pen, width, height];
}

/** The colours of the theme. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = name => style.getPropertyValue('--' + name).trim();
  return { fg: of('fg'), dim: of('dim'), line: of('line'), client: of('client'), server: of('server'), bad: of('bad'), soft: of('soft') };
}
