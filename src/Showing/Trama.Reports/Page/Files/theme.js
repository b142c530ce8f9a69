// Light or dark, as the system has it or as somebody chose before.

/** Chooses, for this and later times. @param {string} name `light` or `dark` */
export function keepTheme(name) {
  document.documentElement.dataset.theme = name;
  try { localStorage.setItem('trama-theme', name); } catch { /* Not remembered, then. */ }
}

/** Takes what was chosen before. */
export function knownTheme() {
  try {
    const known = localStorage.getItem('trama-theme');
    if (known) document.documentElement.dataset.theme = known;
  } catch { /* Asked of the system, then. */ }
}
