using Trama.Tracing.Keeping;

namespace Trama.Reports.Browsing;

/// <summary>An exchange in a list.</summary>
/// <param name="Number">The number of its row, from 0, in the order in which exchanges were complete.</param>
/// <param name="Facts">Its numbers.</param>
public sealed record ExchangeRow(long Number, KeptExchange Facts)
{
    /// <summary>The name of its protocol; null for none.</summary>
    public string? Protocol { get; init; }

    /// <summary>What was asked, fit to be shown (<see cref="Framing.VisibleText"/>); where the protocol has no words for it, the first
    /// bytes of the request.</summary>
    public string Operation { get; init; } = "";

    /// <summary>The group of the operation, fit to be shown; empty for none.</summary>
    public string Group { get; init; } = "";

    /// <summary>How it ended, fit to be shown; empty when unknown.</summary>
    public string Status { get; init; } = "";

    /// <summary>The first bytes of the reply, fit to be shown.</summary>
    public string Reply { get; init; } = "";
}
