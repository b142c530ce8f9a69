namespace Trama.Reports.Summary;

/// <summary>What a summary says of all exchanges of one group of operations.</summary>
/// <param name="protocol">The protocol's name, in ASCII.</param>
/// <param name="group">The group, in UTF-8.</param>
internal sealed class OperationTotals(byte[] protocol, byte[] group)
{
    /// <summary>The protocol's name, in ASCII.</summary>
    public ReadOnlyMemory<byte> Protocol { get; } = protocol;

    /// <summary>The group, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Group { get; } = group;

    /// <summary>Exchanges.</summary>
    public long Exchanges { get; set; }

    /// <summary>Those that the protocol calls failed.</summary>
    public long Failed { get; set; }

    /// <summary>The server times.</summary>
    public Latencies ServerTimes { get; } = new();

    /// <summary>Whether it is of this group.</summary>
    public bool IsOf(ReadOnlySpan<byte> protocol, ReadOnlySpan<byte> group) =>
        Protocol.Span.SequenceEqual(protocol) && Group.Span.SequenceEqual(group);
}
