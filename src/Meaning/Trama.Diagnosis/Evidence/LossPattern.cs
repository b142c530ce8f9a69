namespace Trama.Diagnosis.Evidence;

/// <summary>How the losses of a stream lie: here and there, or in bursts.</summary>
internal sealed class LossPattern
{
    /// <summary>Lost segments this close to each other, start to start, are neighbours, or have one between them.</summary>
    private const long NextToBytes = 3000;

    private LossPattern(List<long> packets) => Packets = packets;

    /// <summary>The packets that sent them again.</summary>
    public List<long> Packets { get; }

    /// <summary>How many segments were lost.</summary>
    public int Count { get; private init; }

    /// <summary>Out of all that were sent.</summary>
    public double Share { get; private init; }

    /// <summary>How many of them lie next to another one.</summary>
    public int InBursts { get; private init; }

    /// <summary>How many bursts there are, single losses included.</summary>
    public int Bursts { get; private init; }

    public static LossPattern Of(ConnectionEvidence evidence, StreamEvidence stream)
    {
        var lost = new SortedDictionary<long, long>();
        foreach (Loss loss in evidence.Losses)
            if (loss.From == stream.From) lost.TryAdd(stream.Sent[loss.Place].Start, evidence.PacketOf(stream.Sent[loss.Place].Index));
        int sent = 0, inBursts = 0, bursts = 0;
        foreach (ref readonly Transmission transmission in stream.Sent)
            if (transmission.As is SentAs.New or SentAs.Late or SentAs.Refilled) sent++;
        long[] starts = [.. lost.Keys];
        for (int i = 0; i < starts.Length; i++)
        {
            bool follows = i > 0 && starts[i] - starts[i - 1] <= NextToBytes;
            bool leads = i + 1 < starts.Length && starts[i + 1] - starts[i] <= NextToBytes;
            if (!follows) bursts++;
            if (follows || leads) inBursts++;
        }

        return new LossPattern([.. lost.Values.Order()])
        { Count = starts.Length, Share = (double)starts.Length / Math.Max(1, sent), InBursts = inBursts, Bursts = bursts };
    }
}
