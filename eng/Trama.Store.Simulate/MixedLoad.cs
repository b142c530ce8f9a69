using System.Buffers.Binary;
using Trama.Fleet.Headers;
using Trama.Fleet.Storing;
using Trama.Packets;
using Trama.Rows.Tables;

namespace Trama.Store.Simulate;

/// <summary>
/// Exchanges of twenty services with two hundred operations, some slow, some failed; a connection of fifty, a finding of five thousand; and
/// packets of a request and of a bulk reply.
/// </summary>
internal sealed class MixedLoad
{
    private const int PerConnection = 50, PerFinding = 5000, Services = 20, Operations = 200, Clients = 500;

    private readonly SetClock _clock;
    private readonly TableSchema[] _schemas;
    private readonly TableOutput[] _tables;
    private readonly string[] _servers, _operations, _clients;
    private readonly byte[] _packet = new byte[54 + 1400];
    private readonly Random _random = new(24);
    private long _exchange, _rows, _at, _sent;

    public MixedLoad(StoreWriter store, SetClock clock)
    {
        _clock = clock;
        _schemas = [.. ((string[])["exchanges", "connections", "findings"]).Select(name => RowSchema.Tables.Single(t => t.Name == name))];
        _tables = [.. _schemas.Select(store.Begin)];
        _servers = [.. Enumerable.Range(0, Services).Select(i => $"10.1.0.{i + 1}:8080")];
        _clients = [.. Enumerable.Range(0, Clients).Select(i => $"10.0.{i / 250}.{(i % 250) + 1}:{40000 + i}")];
        _operations = [.. Enumerable.Range(0, Operations).Select(i => $"GET /things/{i}")];
        store.At = () => _at;
        _random.NextBytes(_packet);
        Array.Clear(_packet, 0, 54);
        (_packet[12], _packet[14], _packet[22], _packet[23], _packet[46], _packet[47]) = (8, 0x45, 64, 6, 0x50, 0x18);
    }

    /// <summary>Writes so many exchanges, evenly over a time by which the clock goes on; says how many rows that were.</summary>
    public long Write(long exchanges, TimeSpan time)
    {
        DateTimeOffset begin = _clock.Now;
        long before = _rows, start = _clock.Nanoseconds, width = time.Ticks * TimeSpan.NanosecondsPerTick;
        for (long i = 0; i < exchanges; i++)
        {
            _at = start + (width * i / exchanges);
            Row(0);
            if (++_exchange % PerConnection == 0) Row(1);
            if (_exchange % PerFinding == 0) Row(2);
        }

        _clock.Now = begin + time;
        return _rows - before;
    }

    /// <summary>Sends so many packets: requests of 100 bytes and replies of 1,400 in turn.</summary>
    public void Send(HeaderRing ring, long packets)
    {
        for (long i = 0; i < packets; i++)
        {
            int length = i % 2 == 0 ? 100 : 1400;
            int port = 40000 + (int)(_sent / 20 % 2000);
            BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(16), (ushort)(40 + length));
            BinaryPrimitives.WriteInt32BigEndian(_packet.AsSpan(26), i % 2 == 0 ? 0x0a00_0001 : 0x0a01_0001);
            BinaryPrimitives.WriteInt32BigEndian(_packet.AsSpan(30), i % 2 == 0 ? 0x0a01_0001 : 0x0a00_0001);
            BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(34), (ushort)(i % 2 == 0 ? port : 8080));
            BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(36), (ushort)(i % 2 == 0 ? 8080 : port));
            BinaryPrimitives.WriteUInt32BigEndian(_packet.AsSpan(38), (uint)(_sent * 700));
            BinaryPrimitives.WriteInt32BigEndian(_packet.AsSpan(54), (int)_sent++);
            ring.Add(new Record(new Timestamp(_clock.Nanoseconds + (i * 10_000)), LinkType.Ethernet, _packet.AsSpan(0, 54 + length),
                54 + length));
        }
    }

    private void Row(int table)
    {
        long connection = _exchange / PerConnection;
        bool isSlow = _random.Next(100) == 0, isFailed = _random.Next(200) == 0;
        int operation = _random.Next(Operations);
        long serverNs = (isSlow ? 1_200_000_000 : 4_000_000) + _random.Next(1_000_000), networkNs = 200_000 + _random.Next(50_000);
        foreach (Column column in _schemas[table].Columns)
        {
            switch (column.Name)
            {
                case "connection": case "id" when column.Kind == ColumnKind.Number: _tables[table].Add(connection); break;
                case "index": _tables[table].Add(_exchange % PerConnection); break;
                case "client": _tables[table].AddName(_clients[connection % Clients]); break;
                case "server": _tables[table].AddName(_servers[operation % Services]); break;
                case "protocol": _tables[table].AddName("http1"); break;
                case "operation": case "group": _tables[table].AddName(_operations[operation]); break;
                case "status": _tables[table].AddName(isFailed ? "503" : "200"); break;
                case "failed": _tables[table].Add(isFailed); break;
                case "initiator": _tables[table].AddName("client"); break;
                case "id": _tables[table].AddName("slow-server"); break;
                case "party": _tables[table].AddName("server"); break;
                case "severity": _tables[table].AddName("warning"); break;
                case "state": _tables[table].AddName("closed"); break;
                case "requestFirstAt": case "openedAt": _tables[table].Add(_at - serverNs - networkNs); break;
                case "replyFirstAt": case "lastAt": _tables[table].Add(_at); break;
                case "requestBytes": _tables[table].Add(100 + operation); break;
                case "replyBytes": _tables[table].Add(1000 + _random.Next(5000)); break;
                case "serverNs": _tables[table].Add(serverNs); break;
                case "networkNs": _tables[table].Add(networkNs); break;
                case "totalNs": _tables[table].Add(serverNs + networkNs); break;
                default:
                    if (column.Kind == ColumnKind.Flag) _tables[table].Add((bool?)null);
                    else if (column.Kind == ColumnKind.Number) _tables[table].Add((long?)null);
                    else _tables[table].AddName(null);
                    break;
            }
        }

        _tables[table].EndRow();
        _rows++;
    }
}
