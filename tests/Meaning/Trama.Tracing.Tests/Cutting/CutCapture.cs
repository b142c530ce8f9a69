using Trama.Captures;
using Trama.Framing.Tls.Keys;
using Trama.Packets;
using Record = Trama.Packets.Record;

namespace Trama.Tracing.Tests.Cutting;

/// <summary>A capture out of which packets are cut: what is said of the rest may be less, and never something else.</summary>
/// <param name="path">The capture.</param>
/// <param name="withKeys">Whether its TLS is decrypted.</param>
internal sealed class CutCapture(string path, bool withKeys)
{
    // In a large capture so many packets are removed, and so many beginnings cut off, evenly spread.
    private const int MostCuts = 400;

    private readonly List<KeptRecord> _records = Read(path);
    private readonly byte[] _keyLog = withKeys ? KeyLogOf(path) : [];

    /// <summary>What is said of the whole capture.</summary>
    public IReadOnlyList<SeenExchange> Whole => field ??= Seen([.. Enumerable.Range(0, _records.Count)]);

    /// <summary>Removes every packet in turn.</summary>
    public CutCount WithoutEach()
    {
        var count = new CutCount();
        foreach (int removed in Spread())
        {
            int[] kept = [.. Enumerable.Range(0, _records.Count).Where(packet => packet != removed)];
            count.Compare($"without {removed + 1}", Whole, Seen(kept), truth =>
                (truth.Last < removed || truth.First > removed) && !(truth.NeedsHandshake && IsOfHandshake(truth.Connection, removed)));
        }

        return count;
    }

    /// <summary>Cuts off the first packets, from one to all but one.</summary>
    public CutCount WithoutFirst()
    {
        var count = new CutCount();
        foreach (int first in Spread().Where(first => first > 0))
        {
            IReadOnlyList<SeenExchange> seen = Seen([.. Enumerable.Range(first, _records.Count - first)]);
            // Between two ports that a client could have, who is one is told by the SYN alone.
            HashSet<string> turned = [.. seen.Select(told => string.Join(' ', told.Connection.Split(' ').Reverse()))];
            count.Compare($"from {first + 1}", Whole, seen, truth =>
                truth.First >= first && !turned.Contains(truth.Connection)
                && !(truth.NeedsHandshake && !IsBeforeHandshake(truth.Connection, first)));
        }

        return count;
    }

    private bool IsOfHandshake(string connection, int packet) =>
        Handshake(connection).Any(flight => flight.Request.Contains(packet) || flight.Reply.Contains(packet));

    private bool IsBeforeHandshake(string connection, int packet) => Handshake(connection).Min(flight => flight.First) >= packet;

    private IEnumerable<SeenExchange> Handshake(string connection) =>
        Whole.Where(exchange => exchange.Protocol == "tls" && exchange.Connection == connection);

    private IEnumerable<int> Spread() =>
        Enumerable.Range(0, _records.Count).Where(packet => packet % Math.Max(1, _records.Count / MostCuts) == 0);

    /// <summary>The key log beside a capture, or inside; empty when there is none.</summary>
    public static byte[] KeyLogOf(string path)
    {
        string beside = Path.ChangeExtension(path, ".keys");
        if (File.Exists(beside)) return File.ReadAllBytes(beside);
        var inside = new MemoryStream();
        using var file = CaptureFile.Open(path);
        file.ForwardTlsSecrets(secrets => inside.Write(secrets));
        while (file.TryRead(out _))
        {
            // The blocks between the records are of interest.
        }

        return inside.ToArray();
    }

    private List<SeenExchange> Seen(int[] kept)
    {
        var sink = new Listener();
        // What was tried with a secret is remembered with it.
        var keys = new TlsKeys();
        new KeyLogReader(keys).Take(_keyLog);
        var options = new TracingOptions { KeepExchanges = true, Keys = withKeys ? keys : null };
        var tracker = new ConnectionTracker(options, sink);
        foreach (int packet in kept) _records[packet].GiveTo(tracker);
        tracker.Complete();
        return [.. sink.Told.Select(told => SeenExchange.Of(told.Connection, told.Exchange, kept))];
    }

    private static List<KeptRecord> Read(string path)
    {
        var records = new List<KeptRecord>();
        using var file = CaptureFile.Open(path);
        while (file.TryRead(out Record record))
            records.Add(new KeptRecord(record.Timestamp, record.LinkType, record.Bytes.ToArray(), record.OriginalLength));
        return records;
    }

    private sealed record KeptRecord(Timestamp At, LinkType LinkType, byte[] Bytes, int OriginalLength)
    {
        public void GiveTo(ConnectionTracker tracker) => tracker.Observe(new Record(At, LinkType, Bytes, OriginalLength));
    }

    private sealed class Listener : ITraceSink
    {
        public List<(Connection Connection, Exchange Exchange)> Told { get; } = [];

        public void ExchangeCompleted(Connection connection, Exchange exchange) => Told.Add((connection, exchange));
    }
}
