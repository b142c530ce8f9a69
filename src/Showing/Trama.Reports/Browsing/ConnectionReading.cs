using Trama.Diagnosis;
using Trama.Tracing;
using Trama.Tracing.Keeping;

namespace Trama.Reports.Browsing;

/// <summary>Reads connections again from their packets, and remembers the latest few. For one thread at a time.</summary>
internal sealed class ConnectionReading(BrowsedRows rows, BrowsingLimits limits, IRecordedPackets packets, TracingOptions options)
{
    private const int Remembered = 4;

    // As they came and as they are meant, of both sides.
    private const int Copies = 4;

    private readonly List<(long LastPacket, ConnectionDetail Detail)> _latest = [];

    /// <summary>Reads a connection; null when none of its packets is there any more.</summary>
    public ConnectionDetail? Read(BrowsedConnection row, IReadOnlyList<Finding> findings, CancellationToken stop)
    {
        long id = row.Connection.Id;
        int known = _latest.FindIndex(other => other.Detail.Connection.Id == id);
        if (known >= 0)
        {
            (long last, ConnectionDetail detail) = _latest[known];
            if (last == row.LastPacket && ReferenceEquals(detail.Findings, findings)) return detail;
            _latest.RemoveAt(known);
        }

        long lastPacket = row.LastPacket;
        List<long> numbers = rows.PacketsOf(row, limits.SegmentsOfConnection);
        var again = new RetracedConnection(id, options with
        {
            ExchangesOf = null,
            Where = null,
            KeptOf = null,
            KeptConnection = null,
            Owners = new KnownOwners(row.Connection),
            TellSegments = false,
            Threads = 0,
            KeepWords = true,
            KeepExchanges = true,
            KeptExchanges = limits.ExchangesOfConnection,
            MaxKeptExchanges = limits.ExchangesOfConnection,
            KeptSegments = limits.SegmentsOfConnection,
            HeadBytes = HeadBytesOf(row),
            MaxHeadBytes = limits.AllHeadBytes,
            MaxPacketNumbers = 4096,
            Bodies = BodyNeeds.Facts,
        });
        packets.Read(numbers, again.Observe, stop);
        stop.ThrowIfCancellationRequested();
        again.Complete();
        if (again.Connection is not { } connection) return null;
        var read = new ConnectionDetail(connection, findings, numbers);
        // A long one is remembered alone: several would take several times as much.
        while (_latest.Count == Remembered || (_latest.Count > 0 && Segments() + connection.Segments.Count > limits.SegmentsOfConnection))
            _latest.RemoveAt(0);
        _latest.Add((lastPacket, read));
        return read;
    }

    private long Segments() => _latest.Sum(other => (long)other.Detail.Connection.Segments.Count);

    private int HeadBytesOf(BrowsedConnection row)
    {
        if (row.Bytes <= limits.BytesOfConnection / Copies) return limits.HeadBytes;
        long each = limits.BytesOfConnection / (Copies * Math.Max(1, row.Exchanges));
        return (int)Math.Clamp(each, limits.LeastHeadBytes, limits.HeadBytes);
    }
}
