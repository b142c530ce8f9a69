using Trama.Captures;

namespace Trama.Tracing.Tests.Accuracy;

/// <summary>Everything the tracker told of one capture file.</summary>
internal sealed class RecordedTrace : ITraceSink
{
    public List<Connection> Connections { get; } = [];

    public Dictionary<(long Connection, Side From), MemoryStream> Streams { get; } = [];

    public Dictionary<(long Connection, Side From), long> Missing { get; } = [];

    public int EndedConnections { get; private set; }

    public CaptureTotals Totals { get; private set; } = new();

    public static RecordedTrace Of(string path, TracingOptions? options = null)
    {
        var trace = new RecordedTrace();
        var tracker = new ConnectionTracker(options ?? new TracingOptions { KeepExchanges = true }, trace);
        using (var file = CaptureFile.Open(path))
        {
            while (file.TryRead(out Packets.Record record)) tracker.Observe(record);
        }

        tracker.Complete();
        // A connection is told of when more than its beginning was seen.
        trace.Connections.Sort((one, other) => one.Id.CompareTo(other.Id));
        trace.Totals = tracker.Totals;
        return trace;
    }

    void ITraceSink.ConnectionOpened(Connection connection) => Connections.Add(connection);

    void ITraceSink.ConnectionEnded(Connection connection) => EndedConnections++;

    void ITraceSink.StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        if (!Streams.TryGetValue((connection.Id, from), out MemoryStream? stream)) Streams[(connection.Id, from)] = stream =
            new MemoryStream();
        Assert.Equal(offset, stream.Length + Missing.GetValueOrDefault((connection.Id, from)));
        stream.Write(bytes);
    }

    void ITraceSink.StreamGap(Connection connection, Side from, long offset, long length, GapReason reason) =>
        Missing[(connection.Id, from)] = Missing.GetValueOrDefault((connection.Id, from)) + length;
}
