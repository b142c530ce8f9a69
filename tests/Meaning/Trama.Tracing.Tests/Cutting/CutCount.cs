namespace Trama.Tracing.Tests.Cutting;

/// <summary>Counts, over many cuts of a capture, what should still be said and is, and lists what is said and wrong.</summary>
internal sealed class CutCount
{
    private const int MostListed = 20;

    private readonly SortedDictionary<string, (int Kept, int Expected)> _byProtocol = new(StringComparer.Ordinal);

    /// <summary>Exchanges that no cut touched, and that begin after it or end before it.</summary>
    public int Expected => _byProtocol.Values.Sum(count => count.Expected);

    /// <summary>Those of them that were told.</summary>
    public int Kept => _byProtocol.Values.Sum(count => count.Kept);

    /// <summary>Both, of each protocol.</summary>
    public IReadOnlyDictionary<string, (int Kept, int Expected)> ByProtocol => _byProtocol;

    /// <summary>What was told and is not so.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>Some of what was not told any more.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>Compares what is said of a cut capture with the truth.</summary>
    /// <param name="cut">What was cut.</param>
    /// <param name="whole">What is said of the whole capture.</param>
    /// <param name="seen">What is said of the rest.</param>
    /// <param name="isExpected">Whether an exchange of the whole capture must be there.</param>
    public void Compare(string cut, IReadOnlyList<SeenExchange> whole, IReadOnlyList<SeenExchange> seen,
        Func<SeenExchange, bool> isExpected)
    {
        ILookup<int, SeenExchange> byFirst = seen.ToLookup(exchange => exchange.First);
        foreach (SeenExchange truth in whole.Where(IsOfInterest).Where(isExpected))
        {
            bool isKept = byFirst[truth.First].Any(told => told.Tells(truth));
            Add(truth.Protocol!, isKept ? 1 : 0, 1);
            if (!isKept && Missing.Count < MostListed) Missing.Add($"{cut}: {truth}");
        }

        ILookup<int, SeenExchange> byPacket = whole.SelectMany(truth => truth.Request.Concat(truth.Reply).Distinct()
            .Select(packet => (packet, truth)))
            .ToLookup(pair => pair.packet, pair => pair.truth);
        foreach (SeenExchange all in seen.Where(IsTold))
        {
            // A segment that was sent twice carries in the second copy what was cut out with the first.
            SeenExchange told = all.OnlyOf(byPacket.Contains);
            if (told.First < 0 || byPacket[told.First].Any(told.AgreesWith)) continue;
            if (Wrong.Count < MostListed) Wrong.Add($"{cut}: {told}");
        }
    }

    /// <summary>Counts more of a protocol.</summary>
    public void Add(string protocol, int kept, int expected)
    {
        (int keptBefore, int expectedBefore) = _byProtocol.GetValueOrDefault(protocol);
        _byProtocol[protocol] = (keptBefore + kept, expectedBefore + expected);
    }

    public override string ToString() => $"{Kept} of {Expected}, {Wrong.Count} "
        + $"wrong\n{string.Join('\n', Wrong)}\nmissing\n{string.Join('\n', Missing)}";

    private static bool IsOfInterest(SeenExchange truth) => IsTold(truth) && truth is { First: >= 0, IsComplete: true };

    // Without a protocol, and of TLS that is not decrypted, messages are turns: whose turn it is depends on what was cut.
    private static bool IsTold(SeenExchange exchange) => exchange.Protocol is not null and not "tls";
}
