using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Diagnosis.Tests.Score;

/// <summary>
/// What strangers' captures do to packets: they begin late, end early, have one direction, cut, copy, reorder or miss packets. What is
/// found then stays what it was, or is less; it is nothing else.
/// </summary>
/// <param name="Name">What it is called.</param>
/// <param name="IsLossy">Whether what proves a cause may be lost by it: then silence is right, too.</param>
/// <param name="Tell">Tells the records of a capture in its way.</param>
internal sealed record Distortion(string Name, bool IsLossy, Func<IReadOnlyList<KeptRecord>, IEnumerable<KeptRecord>> Tell)
{
    private const long Microsecond = 1000, Millisecond = 1_000_000;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Distortion> All { get; } =
    [
        new("late", true, records => records.Skip(3)),
        new("second-half", true, records => records.Skip(records.Count / 2)),
        new("first-half", true, records => records.Take(records.Count / 2)),
        new("early-end", true, records => records.Take(records.Count - 3)),
        new("client-only", true, records => OneSide(records, ofClient: true)),
        new("server-only", true, records => OneSide(records, ofClient: false)),
        new("snap-96", true, records =>
            records.Select(record => record with { Bytes = record.Bytes[..Math.Min(96, record.Bytes.Length)] })),
        new("mirrored", false, records => Merged(records, records.Select(record => record with { AtNs = record.AtNs + 15 * Microsecond }))),
        new("mirrored-late", false, records =>
            Merged(records, records.Select(record => record with { AtNs = record.AtNs + 4 * Millisecond }))),
        new("routed-twice", false, records => Merged(records, records.Select(record => Hop(record, 120 * Microsecond)))),
        new("two-queues", false, Queued),
        new("milliseconds", false, records => records.Select(record => record with { AtNs = record.AtNs / Millisecond * Millisecond })),
        new("offloaded", false, records => records.Select(Offloaded)),
        new("drops", true, records => Dropped(records, 0.03)),
    ];

    // The client is who sent the first SYN; without one, who has the higher port.
    private static IEnumerable<KeptRecord> OneSide(IReadOnlyList<KeptRecord> records, bool ofClient)
    {
        var clients = new Dictionary<(Endpoint, Endpoint), bool>();
        var decoder = new SegmentDecoder();
        foreach (KeptRecord record in records)
        {
            if (decoder.Decode(record.AsRecord(), out TcpSegment segment) != Decoded.Segment)
            {
                yield return record;
                continue;
            }

            (Endpoint, Endpoint) way = (segment.Source, segment.Destination), back = (segment.Destination, segment.Source);
            TcpFlags opening = segment.Flags & (TcpFlags.Syn | TcpFlags.Ack);
            if (!clients.ContainsKey(way) || opening == TcpFlags.Syn)
            {
                bool isClient = opening == TcpFlags.Syn
                    || (opening != (TcpFlags.Syn | TcpFlags.Ack) && segment.Source.Port > segment.Destination.Port);
                (clients[way], clients[back]) = (isClient, !isClient);
            }

            if (clients[way] == ofClient) yield return record;
        }
    }

    private static IEnumerable<KeptRecord> Merged(IEnumerable<KeptRecord> records, IEnumerable<KeptRecord> copies) =>
        records.Concat(copies).OrderBy(record => record.AtNs);

    // One router further.
    private static KeptRecord Hop(KeptRecord record, long afterNs)
    {
        byte[] bytes = [.. record.Bytes];
        if (record.IpStart is >= 0 and var start) bytes[start + (bytes[start] >> 4 == 4 ? 8 : 7)]--;
        return record with { Bytes = bytes, AtNs = record.AtNs + afterNs };
    }

    // Two queues hand over in turns: the file's order is not that of the times.
    private static IEnumerable<KeptRecord> Queued(IReadOnlyList<KeptRecord> records)
    {
        var dice = new Random(3);
        return [.. records.OrderBy(record => record.AtNs + dice.Next(60) * Microsecond)];
    }

    // Checksums that the sender's device was still to fill in: those of the side that spoke first.
    private static KeptRecord Offloaded(KeptRecord record)
    {
        var decoder = new SegmentDecoder();
        if (record.IpStart < 0 || decoder.Decode(record.AsRecord(), out TcpSegment segment) != Decoded.Segment) return record;
        if (segment.Source.Port < segment.Destination.Port) return record;
        byte[] bytes = [.. record.Bytes];
        int checksum = record.IpStart + (bytes[record.IpStart] >> 4 == 4 ? (bytes[record.IpStart] & 15) * 4 : 40) + 16;
        if (checksum + 2 <= bytes.Length) (bytes[checksum], bytes[checksum + 1]) = (0x12, 0x34);
        return record with { Bytes = bytes };
    }

    private static IEnumerable<KeptRecord> Dropped(IReadOnlyList<KeptRecord> records, double share)
    {
        var dice = new Random(4);
        return [.. records.Where(_ => dice.NextDouble() >= share)];
    }
}
