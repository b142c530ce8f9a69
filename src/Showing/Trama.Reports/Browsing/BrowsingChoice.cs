using Trama.Packets;
using Trama.Packets.Transport;
using Trama.Tracing.Choosing;

namespace Trama.Reports.Browsing;

/// <summary>Which exchanges and connections a list shows; all of it must hold. The same choice given again is answered from what was found
/// before.</summary>
public sealed record BrowsingChoice
{
    /// <summary>Everything.</summary>
    public static BrowsingChoice All { get; } = new();

    /// <summary>What must hold of exchanges, in the language of <c>--where</c>; of connections, of one of their exchanges. Texts of
    /// messages are compared by their first <see cref="Tracing.Keeping.ExchangeTable.HeadBytes"/> bytes.</summary>
    public ExchangeCondition? Where { get; init; }

    /// <summary>What must stand somewhere: in what was asked, its group, its status, the first bytes of the messages, or an address; ASCII
    /// letters are the same in either case. Empty for anything.</summary>
    public string Search { get; init; } = "";

    /// <summary>The number of the connection; null for any.</summary>
    public long? Connection { get; init; }

    /// <summary>The server; null for any.</summary>
    public Endpoint? Server { get; init; }

    /// <summary>The group of operations, in UTF-8 as text; empty for those without one, null for any.</summary>
    public string? Group { get; init; }

    /// <summary>When they begin at the earliest, inclusive; of connections, when they end at the earliest.</summary>
    public Timestamp? From { get; init; }

    /// <summary>When they begin at the latest, exclusive.</summary>
    public Timestamp? To { get; init; }

    /// <summary>Whether only those are shown that went wrong: failed or unanswered exchanges, connections with such, or with a finding of
    /// severity warning or above.</summary>
    public bool FaultsOnly { get; init; }

    /// <summary>Whether exchanges have to be looked at to choose connections.</summary>
    internal bool NeedsExchanges => Where is not null || Group is not null;
}
