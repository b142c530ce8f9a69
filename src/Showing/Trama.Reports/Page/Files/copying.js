// What is shown can be taken along: as a command, as packets, as a report, as a link.
import { tell } from './telling.js';
import { duration, quoted } from './text.js';
import { reason, word } from './words.js';

/** The command that shows the same. @param {any} capture @param {Record<string, string>} now */
export function command(capture, now) {
  const file = path => quoted(path.startsWith('-') && path !== '-' ? './' + path : path);
  const parts = ['trama', 'trace', ...capture.paths.map(path => capture.live ? '-i ' + quoted(path) : file(path))];
  // Connections are numbered by what passed it.
  if (capture.filter) parts.push(quoted(capture.filter));
  if (capture.framing) parts.push('--framing', quoted(capture.framing));
  for (const path of capture.keys ?? []) parts.push('--keys', quoted(path));
  if (now.connection) parts.push('--connection', quoted(now.connection), '--ladder');
  if (now.where) parts.push('--where', quoted(now.where));
  if (now.from || now.to) {
    const seconds = ns => (Number(ns) / 1e9).toFixed(9).replace(/\.?0+$/, '') + 's';
    parts.push('--between', (now.from ? seconds(now.from) : '') + '..' + (now.to ? seconds(now.to) : ''));
  }
  return parts.join(' ');
}

/** @param {string} text */
export async function copy(text) {
  await navigator.clipboard.writeText(text).then(() => tell(word('copied')), () => {
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
    tell(word('copied'));
  });
}

/** The address of what is shown, without the key. */
export const link = () => location.href;

/** What was found about a connection, as text. @param {any} facts */
export function report(facts) {
  const what = [facts.client + ' > ' + facts.server, facts.protocol ?? '', duration(facts.lasts)].join(' · ');
  const lines = ['#' + facts.id + ' ' + what, facts.end];
  for (const finding of facts.findings) lines.push('', finding.label + ' (' + finding.whose + '): ' + finding.text, finding.next,
    finding.packets.length ? word('proof') + ' ' + finding.packets.join(', ') : '');
  return lines.filter((line, i) => line !== '' || i > 1).join('\n') + '\n';
}

/** Keeps a file. @param {import('./feed.js').Feed} feed @param {string} name of the form @param {string} file @param {any} [values] */
async function keep(feed, name, file, values = {}) {
  const blob = await feed.file(name, values).catch(error => tell(error.status === 400 ? word('tooLarge') : reason(error)));
  if (!blob) return;
  const leads = document.createElement('a');
  leads.href = URL.createObjectURL(blob);
  leads.download = file;
  leads.click();
  setTimeout(() => URL.revokeObjectURL(leads.href), 10000);
  tell(word('saved'));
}

/** Keeps the packets of a connection as a file. @param {import('./feed.js').Feed} feed @param {number} connection */
export const save = (feed, connection) => keep(feed, 'pcap', 'connection-' + connection + '.pcap', { connection });

/** Keeps everything as lines of JSON, as `trama trace --ndjson` writes them. @param {import('./feed.js').Feed} feed */
export const saveLines = feed => keep(feed, 'ndjson', 'capture.ndjson');
