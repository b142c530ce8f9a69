// The page of a server.
import { httpFeed, takeKey } from './feed.js';
import { start } from './main.js';

takeKey();
addEventListener('popstate', () => {
  // The link of another run, opened in this tab: its key leaves the address too, and everything is asked for anew.
  if (takeKey()) location.reload();
});
start(httpFeed());
