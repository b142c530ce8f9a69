using Trama.Packets;
using Trama.Reports.Summary;
using Trama.Tracing.Keeping;

namespace Trama.Reports.Browsing;

/// <summary>Counts exchanges and retransmissions by when they were.</summary>
internal sealed class TimelineBuilder
{
    private readonly Timestamp _start;
    private readonly long _partNs;
    private readonly long[] _exchanges, _faulty, _retransmissions;
    private readonly Latencies[] _server;

    public TimelineBuilder(Timestamp from, Timestamp to, int parts)
    {
        _start = from;
        _partNs = Math.Max(1000, (Math.Max(0, to - from) + parts) / parts);
        (_exchanges, _faulty, _retransmissions) = (new long[parts], new long[parts], new long[parts]);
        _server = [.. Enumerable.Range(0, parts).Select(_ => new Latencies())];
    }

    public void Add(in KeptExchange row)
    {
        if (!IsIn(row.FirstAt, out int part)) return;
        _exchanges[part]++;
        if (row.IsFaulty) _faulty[part]++;
        if (row.ServerNs is { } server) _server[part].Add(server);
    }

    public void AddRetransmission(Timestamp at)
    {
        if (IsIn(at, out int part)) _retransmissions[part]++;
    }

    public Timeline Build() => new(_start, _partNs)
    {
        Exchanges = _exchanges,
        Faulty = _faulty,
        Retransmissions = _retransmissions,
        ServerP50Ns = [.. _server.Select(part => part.Percentile(0.5))],
        ServerP99Ns = [.. _server.Select(part => part.Percentile(0.99))],
    };

    private bool IsIn(Timestamp at, out int part)
    {
        long after = at - _start, place = after / _partNs;
        part = (int)Math.Clamp(place, 0, _exchanges.Length - 1);
        return after >= 0 && place < _exchanges.Length;
    }
}
