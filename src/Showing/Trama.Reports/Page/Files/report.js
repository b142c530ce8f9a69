// The page as a file with its data inside.
import { embeddedFeed } from './embedded.js';
import { start } from './main.js';

start(embeddedFeed());
