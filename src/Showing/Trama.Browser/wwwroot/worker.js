// Trama's own libraries in a thread of their own: the page asks by messages, and between two pieces of a file it is answered.
import { dotnet } from './_framework/dotnet.js';

// How long a piece of reading may take: a question waits no longer.
const PIECE = 80;
// How long a piece of rehearsing may take: a file that is dropped waits no longer.
const REHEARSED = 20;
// How much of a file is in memory: to read a slice costs far more than to copy a part of it.
const SLICE = 4 << 20;

let blobs = [], calls = null, isOver = true;
let slice = { blob: -1, at: 0, bytes: new Uint8Array() };
const waiting = new Set();
// The next piece comes behind what the page has asked for, and without the pause that timers make.
const turn = new MessageChannel();
turn.port1.onmessage = readOn;
const reader = new FileReaderSync();
const ready = load();
ready.then(rehearse, () => {});

async function load() {
  const { getAssemblyExports, getConfig, setModuleImports, runMain } = await dotnet.create();
  setModuleImports('blobs', {
    read(blob, position, target) {
      try {
        if (blob !== slice.blob || position < slice.at || position >= slice.at + slice.bytes.length)
          slice = { blob, at: position, bytes: new Uint8Array(reader.readAsArrayBuffer(blobs[blob].slice(position, position + SLICE))) };
        const part = slice.bytes.subarray(position - slice.at, position - slice.at + target.byteLength);
        target.set(part);
        return part.length;
      } catch {
        return -1;
      }
    },
  });
  await runMain();
  calls = (await getAssemblyExports(getConfig().mainAssemblyName)).Trama.Browser.PageCalls;
}

function rehearse() {
  if (blobs.length === 0 && calls.Rehearse(REHEARSED)) setTimeout(rehearse);
}

function readOn() {
  if (isOver) return;
  const [version, packets, exchanges, read, size, over] = calls.Read(PIECE);
  isOver = over === 1;
  postMessage({ change: { version, packets, exchanges, read, size, complete: isOver } });
  if (!isOver) turn.port2.postMessage(0);
}

function answered({ name, values }) {
  const asked = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== false)
    .map(([key, value]) => [key, value === true ? '1' : String(value)]);
  const text = calls.Ask(name, JSON.stringify(Object.fromEntries(asked)));
  return { status: Number(text[0]), answer: JSON.parse(text.slice(1)) };
}

const acts = {
  open({ files, language }) {
    [blobs, slice] = [files, { blob: -1, at: 0, bytes: new Uint8Array() }];
    const refused = calls.Open(files.map(file => file.name), files.map(file => file.size), language);
    isOver = refused !== '';
    turn.port2.postMessage(0);
    return { answer: refused };
  },
  stop() {
    isOver = true;
    calls.Stop();
    postMessage({ change: { complete: true } });
    return {};
  },
  ask: answered,
  save: ({ name, values }) => ({ answer: calls.Save(name, String(values.connection ?? '')) }),
};

addEventListener('message', async event => {
  const { id, act } = event.data;
  if (act === 'forget') return void waiting.delete(event.data.which);
  waiting.add(id);
  try {
    await ready;
    // What came behind it meanwhile may say that nobody waits for it any more.
    await new Promise(resolve => setTimeout(resolve));
    if (!waiting.delete(id)) return;
    postMessage({ id, ...acts[act](event.data) });
  } catch (error) {
    postMessage({ id, error: String(error?.message ?? error) });
  }
});
