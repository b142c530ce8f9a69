// The page of a server.
import { httpFeed, takeKey } from './feed.js';
import { start } from './main.js';
import { state } from './state.js';

takeKey();
// Of a hub, one connection at both ends.
const { pair } = state();
addEventListener('popstate', () => {
  // The link of another run, opened in this tab: its key leaves the address too, and everything is asked for anew.
  if (takeKey() || state().pair !== pair) location.reload();
});

// Back to where it was come from: to the two that talk, in the language of now.
function up() {
  const { lang, up: address } = state(), back = new URLSearchParams(address ?? '');
  if (lang) back.set('lang', lang);
  return './#' + back;
}

start(pair ? { ...httpFeed({ pair }), file: undefined, up } : httpFeed());
