// What is typed into the filter: a condition of `--where`, or a text that is looked for.

// The names of ExchangeField; a test holds them against it.
export const FIELDS = ['operation', 'group', 'status', 'failed', 'answered', 'replyDue', 'protocol', 'stream', 'initiator', 'server',
  'network', 'total', 'requestTransfer', 'replyTransfer', 'requestBytes', 'replyBytes', 'missingBytes', 'request', 'reply', 'connection',
  'exchange', 'clientAddress', 'clientPort', 'serverAddress', 'serverPort', 'clientProcess', 'clientPid', 'clientUser', 'clientContainer',
  'serverProcess', 'serverPid', 'serverUser', 'serverContainer'];

const known = new Set(FIELDS.map(name => name.toLowerCase()));

/** Whether it begins as a condition does: with a field, after brackets and `not`. @param {string} text */
export function isCondition(text) {
  const words = text.toLowerCase().match(/[^\s()'"=<>~!]+|[^\s(]/g) ?? [];
  return known.has(words.find(word => word !== 'not') ?? '');
}

/** The change that filters by it; the same text stays what it was taken for.
 *  @param {string} text @param {import('./state.js').State} now */
export function filtering(text, now) {
  if (text === (now.where ?? now.search ?? '')) return {};
  return isCondition(text) ? { where: text, search: undefined } : searching(text);
}

/** The change that looks for a text. @param {string} text */
export const searching = text => ({ search: text || undefined, where: undefined });
