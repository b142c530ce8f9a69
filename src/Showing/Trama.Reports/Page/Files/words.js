// The page's own words, in both languages. What answers say comes in the language that is asked for.
import { state } from './state.js';

/** @returns {'en'|'pt'} */
export function language() {
  // A report is written in one.
  const { report, lang } = document.documentElement.dataset;
  if (report !== undefined) return lang === 'pt' ? 'pt' : 'en';
  const asked = state().lang ?? navigator.language;
  return asked.toLowerCase().startsWith('pt') ? 'pt' : 'en';
}

/** @type {Record<string, [string, string]>} */
const words = {
  capture: ['capture', 'captura'], reading: ['reading', 'lendo'],
  filter: ['filter: status>=500 or server>200ms, or any text', 'filtro: status>=500 or server>200ms, ou um texto'],
  anyText: ['any text', 'qualquer texto'], filterName: ['Filter', 'Filtro'], faults: ['faults', 'falhas'],
  theme: ['light or dark', 'claro ou escuro'],
  keys: ['keys', 'teclas'], pause: ['pause', 'pausar'], follow: ['follow', 'acompanhar'], since: ['new since', 'novas desde então'],
  healthy: ['Nothing went wrong that a capture can show.', 'Nada deu errado que uma captura possa mostrar.'],
  soFar: ['Nothing went wrong so far.', 'Nada deu errado até agora.'],
  noTcp: ['There is no TCP in this capture.', 'Não há TCP nesta captura.'],
  carries: ['bytes of', 'bytes de'],
  proof: ['proof: packets', 'prova: pacotes'], next: ['what to do', 'o que fazer'], whyNot: ['why nothing else', 'por que não outra coisa'],
  explain: ['what that is', 'o que é isso'], more: ['more', 'mais'], connections: ['connections', 'conexões'],
  connection: ['connection', 'conexão'], exchanges: ['exchanges', 'trocas'], exchange: ['exchange', 'troca'], packets: ['packets',
    'pacotes'],
  packet: ['packet', 'pacote'], certain: ['certain', 'certo'], likely: ['likely', 'provável'], possible: ['possible', 'possível'],
  perSecond: ['exchanges/s', 'trocas/s'], failures: ['failures', 'falhas'],
  failure: ['failure', 'falha'], retransmission: ['retransmission', 'retransmissão'], serverTime: ['server', 'servidor'],
  retransmissions: ['retransmissions', 'retransmissões'], timeline: ['What happened when', 'O que aconteceu quando'],
  whole: ['whole capture', 'captura inteira'], service: ['service', 'serviço'], operation: ['operation', 'operação'],
  services: ['services', 'serviços'], network: ['network', 'rede'], client: ['client', 'cliente'],
  server: ['server', 'servidor'], state: ['state', 'estado'], lasts: ['lasts', 'dura'], protocol: ['protocol', 'protocolo'],
  bytes: ['bytes', 'bytes'], finding: ['finding', 'achado'], faulty: ['fail', 'falhas'], begins: ['begins', 'começa'],
  status: ['status', 'status'], request: ['request', 'pedido'], reply: ['reply', 'resposta'], total: ['total', 'total'],
  open: ['open', 'aberta'], closed: ['closed', 'encerrada'], reset: ['reset', 'interrompida'], refused: ['refused', 'recusada'],
  unanswered: ['unanswered', 'sem resposta'], partial: ['partial', 'parcial'], failed: ['failed', 'falhou'],
  ladder: ['ladder', 'escada'], messages: ['messages', 'mensagens'], sequence: ['sequence', 'sequência'], rtt: ['rtt', 'rtt'],
  inFlight: ['in flight', 'em voo'], back: ['back', 'voltar'], close: ['close', 'fechar'], copy: ['copy', 'copiar'],
  asCommand: ['copy command', 'copiar comando'], asPcap: ['save pcap', 'salvar pcap'], asReport: ['copy report', 'copiar relatório'],
  asLink: ['copy link', 'copiar link'], copied: ['copied', 'copiado'], saved: ['saved', 'salvo'],
  text: ['text', 'texto'], hex: ['hex', 'hex'], decoded: ['decoded', 'decodificado'], body: ['body', 'corpo'],
  cut: ['only the first bytes are shown', 'só os primeiros bytes são mostrados'], missing: ['missing:', 'faltam:'],
  nothing: ['Nothing here matches.', 'Nada aqui corresponde.'], nothingDrawn: ['Nothing to draw here.', 'Nada a desenhar aqui.'],
  upload: ['upload', 'envio'], download: ['download', 'recepção'], estimated: ['estimated', 'estimado'],
  noAnswer: ['The server does not answer; trying again.', 'O servidor não responde; tentando de novo.'],
  stale: ['This page belongs to a run of trama that is over, or its key is missing. Open the address that trama web prints.',
    'Esta página é de uma execução do trama que acabou, ou falta a chave dela. Abra o endereço que trama web mostra.'],
  noPacket: ['There is no such packet of a connection.', 'Não há tal pacote de uma conexão.'],
  searchText: ['search for this text', 'procurar este texto'],
  listedOf: ['{} of {} are listed here', '{} de {} estão listados aqui'],
  gone: ['It is not there any more: the file changed, or it is too old to be in memory.',
    'Não está mais lá: o arquivo mudou, ou é antigo demais para estar na memória.'],
  truncated: ['the file ends in the middle of a packet', 'o arquivo termina no meio de um pacote'],
  omitted: ['the oldest exchanges are not kept:', 'as trocas mais antigas não são guardadas:'],
  sampled: ['of many segments one in', 'de muitos segmentos um em cada'], drawn: ['is drawn', 'está desenhado'],
  zoom: ['wheel or + −: zoom · drag or ← →: move · 0: all', 'roda ou + −: zoom · arraste ou ← →: mover · 0: tudo'],
  compare: ['beside', 'ao lado'], sentAgain: ['sent again', 'reenviado'],
  acknowledged: ['acknowledged', 'confirmado'], window: ['window', 'janela'],
  keysOf: ['Keys', 'Teclas'], keyRows: ['rows', 'linhas'], keyIn: ['in', 'entrar'], keyOut: ['out', 'sair'],
  keyFaults: ['only faults', 'só falhas'], keySide: ['client, server', 'cliente, servidor'], keyGo: ['go to packet', 'ir ao pacote'],
  keyTabs: ['ladder, messages, sequence, rtt, in flight', 'escada, mensagens, sequência, rtt, em voo'], keyAll: ['all keys',
    'todas as teclas'],
  keyLists: ['services, connections, exchanges', 'serviços, conexões, trocas'], whichPacket: ['Number of the packet', 'Número do pacote'],
  leaves: ['leaves', 'sai'], arrives: ['arrives', 'chega'],
  chooseFiles: ['Captures, and their keys', 'Capturas, e as chaves delas'],
  dropHere: ['Drop a capture here (pcap, pcapng, compressed too), with its TLS key log if there is one.',
    'Solte aqui uma captura (pcap, pcapng, também comprimida), com o registro de chaves TLS se houver.'],
  staysHere: ['It is read in this browser alone; nothing leaves this computer.',
    'Ela é lida só neste navegador; nada sai deste computador.'],
  tooLarge: ['It has more than 64 MiB; trama dump -r FILE -w FILE FILTER keeps it.',
    'Ela tem mais de 64 MiB; trama dump -r ARQUIVO -w ARQUIVO FILTRO a guarda.'],
  stop: ['stop reading', 'parar a leitura'], asLines: ['save NDJSON', 'salvar NDJSON'],
  notDrawn: ['This connection is listed in this report, and not drawn; trama web shows every one.',
    'Esta conexão está listada neste relatório, e não desenhada; trama web mostra todas.'],
  leftOut: ['This is not in the report, which has a largest size; trama web shows everything.',
    'Isto não está no relatório, que tem um tamanho máximo; trama web mostra tudo.'],
  noBytes: ['A report holds no packets, only what was read in them; trama web shows their bytes.',
    'Um relatório não guarda pacotes, só o que foi lido neles; trama web mostra seus bytes.'],
  noConditions: ['Conditions are for trama web and --where; a report looks for text.',
    'Condições são para trama web e --where; um relatório procura texto.'],
  listed: ['{} of {} exchanges are listed: those that went wrong, and the first ones',
    '{} de {} trocas estão listadas: as que deram errado, e as primeiras'],
  whoTalks: ['who talks to whom', 'quem fala com quem'], sensors: ['sensors', 'sensores'], sensor: ['sensor', 'sensor'],
  from: ['from', 'desde'], edges: ['edges', 'arestas'], red: ['red', 'vermelhas'], findings: ['findings', 'achados'],
  bothEnds: ['both ends', 'duas pontas'], askBoth: ['ask both sensors', 'perguntar aos dois sensores'],
  asked: ['both sensors are asked …', 'os dois sensores são perguntados …'],
  noDigest: ['The sensors did not answer.', 'Os sensores não responderam.'],
  oneEnd: ['Only one end of this connection is known.', 'Só uma ponta desta conexão é conhecida.'],
  unansweredShort: ['no reply', 'sem resposta'],
};

/** @param {keyof typeof words} name */
export const word = name => words[name][language() === 'pt' ? 1 : 0];

/** Why there is no answer: in its own words, where it has some. @param {any} error @param {keyof typeof words} [name] what is so else */
export const reason = (error, name = 'gone') => error.message || word(error.status === 0 || error.status >= 500 ? 'noAnswer' : name);

/** The word of a value of an answer, or the value where there is none. @param {string} name */
export const told = name => Object.hasOwn(words, name) ? word(name) : name;
