using Trama.Captures;
using Trama.Captures.Files;
using Trama.Packets;
using Trama.Scrubbing.Checking;
using Trama.Scrubbing.Content;
using Trama.Scrubbing.Frames;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Streams;
using Trama.Tracing;

namespace Trama.Scrubbing;

/// <summary>
/// Makes a capture that can be shown to others: sizes, times, flags, the structure of protocols and the verdict are those of the original;
/// addresses, names, words and keys are not. What came out is traced and compared before it is let out.
/// </summary>
public sealed class Scrubber
{
    /// <summary>How many bytes of streams are held at most, before and after.</summary>
    public const long MaxStreamBytes = 2L << 30;

    private const string Sealed = "Secrets of TLS that were in the original are left out: what they decrypted stays sealed, as filler "
        + "of the same sizes at the same times.";

    private readonly ScrubKey _key;
    private readonly AddressMap _addresses;
    private readonly SeenAddresses _seen = new();
    private readonly StreamScrubber _streams;
    private int _secrets;

    /// <summary>Makes a scrubber.</summary>
    /// <param name="key">What everything depends on.</param>
    public Scrubber(ScrubKey key)
    {
        _key = key;
        _addresses = new AddressMap(key);
        _streams = new StreamScrubber(key, _addresses, _seen);
    }

    /// <summary>Scrubs a capture file.</summary>
    /// <param name="path">The capture; read several times.</param>
    /// <param name="output">Where the scrubbed one is written; not to be used where the outcome names a difference.</param>
    /// <param name="isPcapng">Whether to write pcapng.</param>
    /// <param name="application">The program that writes, for pcapng.</param>
    /// <exception cref="CaptureException">A file cannot be read or written.</exception>
    public ScrubOutcome Scrub(string path, string output, bool isPcapng, string application)
    {
        CaptureShape before = ReadShape(path, _seen.Observe, _ => _secrets++);
        Dictionary<long, ScrubCare> cares = [];
        while (true)
        {
            if (Collect(path, cares) is not var (streams, fragments)) return new ScrubOutcome { IsTooLarge = true };
            if (Write(path, output, isPcapng, application, streams, fragments) is not var (packets, end))
                return new ScrubOutcome { HasSeveralLinkTypes = true };
            List<ShapeDifference> differences = [.. before.DifferencesFrom(ReadShape(output))];
            if (differences.Count == 0 || !MoreCare(differences, cares)) return new ScrubOutcome
            {
                Packets = packets,
                Connections = before.Connections,
                Exchanges = before.Exchanges,
                CarefulConnections = cares.Count,
                SecretsLeftOut = _secrets,
                Difference = differences.FirstOrDefault(),
                End = end,
            };
        }
    }

    // False when no connection can be treated with more care.
    private static bool MoreCare(List<ShapeDifference> differences, Dictionary<long, ScrubCare> cares)
    {
        bool isMore = false;
        foreach (long id in differences.Where(difference => difference.Connection > 0).Select(difference => difference.Connection))
        {
            ScrubCare care = cares.GetValueOrDefault(id);
            if (care == ScrubCare.Edges) continue;
            cares[id] = care + 1;
            isMore = true;
        }

        return isMore;
    }

    private static CaptureShape ReadShape(string path, RecordVisitor? visit = null, SecretsHandler? secrets = null)
    {
        using CaptureFile file = CaptureFile.Open(path);
        if (secrets is not null) file.ForwardTlsSecrets(secrets);
        return CaptureShape.Read(file, visit);
    }

    // Null for too much.
    private (StreamCollector Streams, FragmentCollector Fragments)? Collect(string path, Dictionary<long, ScrubCare> cares)
    {
        using CaptureFile file = CaptureFile.Open(path);
        var streams = new StreamCollector(_streams, cares, MaxStreamBytes);
        var fragments = new FragmentCollector();
        var tracker = new ConnectionTracker(StreamCollector.Options, streams);
        for (long number = 1; file.TryRead(out Record record); number++)
        {
            tracker.Observe(record);
            fragments.Observe(record, number);
            if (streams.IsFull || fragments.Held > MaxStreamBytes) return null;
        }

        tracker.Complete();
        return (streams, fragments);
    }

    // Null where pcap cannot hold the records.
    private (long Packets, CaptureEnd? End)? Write(
        string path, string output, bool isPcapng, string application, StreamCollector streams, FragmentCollector fragments)
    {
        using CaptureFile file = CaptureFile.Open(path);
        IRecordWriter? writer = null;
        var frames = new FrameScrubber(_key, _addresses, _streams);
        byte[] room = [];
        long number = 0;
        LinkType linkType = default;
        try
        {
            if (isPcapng) writer = new PcapngWriter(output, application, _secrets > 0 ? Sealed : "", namesMachine: false);
            while (file.TryRead(out Record record))
            {
                number++;
                if (writer is PcapngWriter pcapng) Describe(pcapng, file.Interfaces);
                writer ??= new PcapWriter(output, record.LinkType, file.Interfaces[0].SnapLength, file.Interfaces[0].IsNanosecond);
                if (number == 1) linkType = record.LinkType;
                else if (!isPcapng && record.LinkType != linkType) return null;
                if (room.Length < record.Bytes.Length) room = new byte[2 * record.Bytes.Length];
                Span<byte> bytes = room.AsSpan(0, record.Bytes.Length);
                record.Bytes.CopyTo(bytes);
                JoinedPart? part = fragments.PartOf(number);
                frames.Scrub(record, bytes, streams.StreamOf(part?.CompletedBy ?? number), part);
                writer.Write(new Record(record.Timestamp, record.LinkType, bytes, record.OriginalLength, record.InterfaceId));
            }

            writer ??= new PcapWriter(output, file.Interfaces is [var only, ..] ? only.LinkType : LinkType.Ethernet);
        }
        finally
        {
            writer?.Dispose();
        }

        return (number, file.End);
    }

    // What an interface is called, who described it and what was filtered may name somebody.
    private static void Describe(PcapngWriter writer, IReadOnlyList<CaptureInterface> interfaces)
    {
        while (writer.InterfaceCount < interfaces.Count)
        {
            CaptureInterface known = interfaces[writer.InterfaceCount];
            writer.AddInterface(new CaptureInterface(known.LinkType, known.SnapLength)
            {
                Name = $"if{writer.InterfaceCount}",
                IsNanosecond = known.IsNanosecond,
            });
        }
    }
}
