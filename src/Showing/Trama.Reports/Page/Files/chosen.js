// Lists that are chosen, sorted and counted here, as a server does it, for a page whose rows are all at hand.

const isFaulty = exchange => !!(exchange.failed || exchange.unanswered);
const isBad = connection => connection.faulty > 0 || (connection.finding && connection.finding.severity !== 'info');
const number = value => value === undefined || value === null || value === '' ? undefined : Number(value);
const SEVERITIES = ['info', 'warning', 'error'];
const weight = row => row.finding ? 1 + SEVERITIES.indexOf(row.finding.severity) : row.faulty > 0 ? 1 : 0;

const exchangeOrders = {
  firstat: row => row.at, total: row => row.totalNs, server: row => row.serverNs, network: row => row.networkNs,
  requestbytes: row => row.requestBytes, replybytes: row => row.replyBytes,
};
const connectionOrders = {
  number: row => row.id, duration: row => row.lasts, exchanges: row => row.exchanges, faulty: row => row.faulty,
  bytes: row => row.toServer + row.toClient, retransmissions: row => row.retransmissions,
  rtt: row => row.rtt, longestserver: row => row.max,
};

// What is unknown counts as 0, as it does there.
const sorted = (rows, key) => key ? [...rows].sort((one, other) => (key(one) ?? 0) - (key(other) ?? 0)) : rows;
const turned = (rows, asked) => asked.down && asked.down !== '0' ? [...rows].reverse() : rows;

/** A window of a list. @param {any[]} rows @param {any} asked */
export function windowOf(rows, asked) {
  const first = Math.max(0, Math.min(rows.length, number(asked.first) ?? 0)), count = number(asked.count) ?? 100;
  return { count: rows.length, first, rows: rows.slice(first, first + count) };
}

/** What belongs to a choice. @param {any[]} connections @param {any[]} exchanges */
export function makeChoice(connections, exchanges) {
  const byId = new Map(connections.map(row => [row.id, row]));
  const says = (text, wanted) => text !== undefined && String(text).toLowerCase().includes(wanted);
  const isNamed = (row, wanted) => !!row && [row.client, row.server, row.name, row.protocol, row.clientProcess, row.serverProcess,
    row.finding?.id].some(text => says(text, wanted));

  function exchangesOf(asked) {
    const from = number(asked.from), to = number(asked.to), id = number(asked.connection), wanted = asked.search?.toLowerCase();
    return exchanges.filter(row => (id === undefined || row.connection === id) && (from === undefined || row.at >= from)
      && (to === undefined || row.at < to) && (!asked.faults || isFaulty(row))
      && (asked.group === undefined || (row.group ?? '') === asked.group)
      && (!asked.server || byId.get(row.connection)?.server === asked.server)
      && (!wanted || [row.operation, row.group, row.status, row.reply].some(text => says(text, wanted))
        || isNamed(byId.get(row.connection), wanted)));
  }

  function connectionsOf(asked) {
    const from = number(asked.from), to = number(asked.to), wanted = asked.search?.toLowerCase();
    const within = asked.group !== undefined || wanted
      ? new Set(exchangesOf({ ...asked, faults: undefined }).map(row => row.connection)) : null;
    return connections.filter(row => (!asked.server || row.server === asked.server) && (from === undefined || row.at + row.lasts >= from)
      && (to === undefined || row.at < to) && (!asked.faults || isBad(row))
      && (!within || within.has(row.id) || (asked.group === undefined && isNamed(row, wanted))));
  }

  return {
    exchanges: asked => turned(sorted(exchangesOf(asked), exchangeOrders[asked.order]), asked),
    connections(asked) {
      const rows = connectionsOf(asked), order = asked.order ?? 'faultyfirst';
      return turned(order === 'faultyfirst'
        ? [...rows].sort((one, other) => weight(other) - weight(one) || other.faulty - one.faulty || one.id - other.id)
        : sorted(rows, connectionOrders[order]), asked);
    },
    services: asked => servicesOf(exchangesOf(asked), connectionsOf(asked), byId, asked.group === undefined),
    timeline: (asked, whole, fine, again) => timelineOf(exchangesOf(asked), asked, whole,
      again ? momentsOf(again, connectionsOf({ ...asked, from: undefined, to: undefined })) : partsOf(fine)),
  };
}

const percentile = (values, part) => values.length ? values[Math.min(values.length - 1, Math.ceil(values.length * part) - 1)] : undefined;
const timesOf = rows => rows.map(row => row.serverNs).filter(ns => ns !== undefined).sort((one, other) => one - other);

const before = (one, other) => one < other ? -1 : one > other ? 1 : 0;

function servicesOf(exchanges, connections, byId, withSilent) {
  const of = new Map(), spoken = new Set();
  for (const row of connections) {
    of.set(row.server, (of.get(row.server) ?? 0) + 1);
    if (row.exchanges > 0) spoken.add(row.server);
  }
  const groups = new Map();
  for (const row of exchanges) {
    const server = byId.get(row.connection)?.server ?? '', key = [server, row.protocol, row.group].join('\n');
    if (!groups.has(key)) groups.set(key, { server, protocol: row.protocol, group: row.group ?? '', rows: [] });
    groups.get(key).rows.push(row);
  }
  const rows = [...groups.values()].map(group => {
    const times = timesOf(group.rows), sum = name => group.rows.reduce((all, row) => all + (row[name] ?? 0), 0);
    const total = sum('totalNs');
    return {
      server: group.server, protocol: group.protocol, group: group.group,
      exchanges: group.rows.length, connections: of.get(group.server) ?? 0,
      faulty: group.rows.filter(isFaulty).length, p50: percentile(times, 0.5), p99: percentile(times, 0.99),
      network: total > 0 && group.rows.some(row => row.networkNs !== undefined) ? sum('networkNs') / total : undefined,
    };
  });
  // A server that was never asked anything has a row too, where no group is chosen.
  if (withSilent) for (const [server, connections] of of) if (!spoken.has(server)) rows.push({ server, group: '', exchanges: 0, connections,
    faulty: 0 });
  rows.sort((one, other) => Number(other.faulty > 0) - Number(one.faulty > 0) || other.exchanges - one.exchanges
    || other.connections - one.connections || before(one.group, other.group));
  return { count: rows.length, rows };
}

// Retransmissions: when, and how many. Each by itself, of some connections; or, where they are too many to be listed, by parts of all.
function momentsOf(again, connections) {
  const chosen = new Set(connections.map(row => row.id)), moments = [];
  for (let i = 0; i < again.length; i += 2) if (chosen.has(again[i + 1])) moments.push([again[i], 1]);
  return moments;
}
const partsOf = fine => fine.retransmissions.map((count, i) => [fine.at + (i + 0.5) * fine.part, count]);

function timelineOf(exchanges, asked, whole, resent) {
  const parts = number(asked.parts) ?? 160, ends = whole.at + whole.part * whole.exchanges.length;
  const at = number(asked.from) ?? whole.at, part = Math.max(1000, Math.ceil(((number(asked.to) ?? ends) - at) / parts));
  const rows = Array.from({ length: parts }, () => []), again = new Array(parts).fill(0);
  const placeOf = moment => Math.floor((moment - at) / part);
  for (const row of exchanges) rows[placeOf(row.at)]?.push(row);
  for (const [moment, count] of resent) {
    const place = placeOf(moment);
    if (place >= 0 && place < parts) again[place] += count;
  }
  const timed = share => rows.map(list => percentile(timesOf(list), share) ?? null);
  return { at, part, exchanges: rows.map(list => list.length), faulty: rows.map(list => list.filter(isFaulty).length),
    retransmissions: again,
    p50: timed(0.5), p99: timed(0.99) };
}
