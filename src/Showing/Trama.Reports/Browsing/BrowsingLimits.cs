namespace Trama.Reports.Browsing;

/// <summary>How much a <see cref="BrowsedCapture"/> keeps. What goes beyond is told, never hidden: the oldest rows go, and
/// <see cref="BrowsedCapture.OmittedExchanges"/> says how many.</summary>
public sealed record BrowsingLimits
{
    /// <summary>How many exchanges are kept; each takes some 35 bytes and, compressed, its texts.</summary>
    public int Exchanges { get; init; } = 1 << 20;

    /// <summary>How many connections are kept; each takes about 800 bytes.</summary>
    public int Connections { get; init; } = 1 << 17;

    /// <summary>Of how many packets it is known which connection they belong to; each takes 4 bytes.</summary>
    public int Packets { get; init; } = 1 << 24;

    /// <summary>Of how many retransmissions it is known when they were; each takes 16 bytes.</summary>
    public int Retransmissions { get; init; } = 1 << 19;

    /// <summary>How many segments of a connection are read again; later ones are counted.</summary>
    public int SegmentsOfConnection { get; init; } = 1 << 18;

    /// <summary>How many exchanges of a connection are read again; later ones are counted.</summary>
    public int ExchangesOfConnection { get; init; } = 1 << 17;

    /// <summary>How many first bytes are read again of a message, unless those of all would be more than
    /// <see cref="BytesOfConnection"/>.</summary>
    public int HeadBytes { get; init; } = 1 << 20;

    /// <summary>How many bytes of a connection's messages are held together; of each at least <see cref="LeastHeadBytes"/>.</summary>
    public long BytesOfConnection { get; init; } = 128 << 20;

    /// <summary>How many first bytes are read again of a message, however many there are.</summary>
    public int LeastHeadBytes { get; init; } = 512;

    /// <summary>How many bytes the long beginnings of messages of a connection hold together.</summary>
    public int AllHeadBytes { get; init; } = 32 << 20;
}
