using System.Buffers.Binary;
using Trama.Packets.Network;

namespace Trama.Dump;

/// <summary>How packets are shown: one property for each of tcpdump's options that changes the text.</summary>
public sealed record DumpOptions
{
    /// <summary>How the time is shown (<c>-t</c> to <c>-ttttt</c>).</summary>
    public TimeFormat Time { get; init; }

    /// <summary>The zone that local times are shown in; null for this machine's.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>Whether times have nine decimals instead of six (<c>--nano</c>).</summary>
    public bool Nanoseconds { get; init; }

    /// <summary>Whether addresses stay numbers (<c>-n</c>).</summary>
    public bool NumericAddresses { get; init; }

    /// <summary>Whether ports stay numbers (<c>-n</c>; with <c>-f</c> and <c>-nn</c> as tcpdump treats them).</summary>
    public bool NumericPorts { get; init; }

    /// <summary>Whether host names are cut at the first dot (<c>-N</c>).</summary>
    public bool ShortHostNames { get; init; }

    /// <summary>The network outside which IPv4 addresses stay numbers (<c>-f</c>); null when all are named.</summary>
    public (uint Address, uint Mask)? NamedNetwork { get; init; }

    /// <summary>How much detail: 0, or 1 to 3 for <c>-v</c>, <c>-vv</c>, <c>-vvv</c>.</summary>
    public int Verbosity { get; init; }

    /// <summary>Less detail (<c>-q</c>).</summary>
    public bool Quiet { get; init; }

    /// <summary>Still less detail (<c>-qq</c>).</summary>
    public bool QuietTwice { get; init; }

    /// <summary>Whether the link layer is shown (<c>-e</c>).</summary>
    public bool LinkLayer { get; init; }

    /// <summary>Whether TCP sequence numbers are absolute (<c>-S</c>).</summary>
    public bool AbsoluteSequenceNumbers { get; init; }

    /// <summary>Whether checksums are left unchecked (<c>-K</c>).</summary>
    public bool SkipChecksums { get; init; }

    /// <summary>Whether each line starts with the packet's number (<c>-#</c>).</summary>
    public bool PacketNumbers { get; init; }

    /// <summary>Which bytes are shown below the line (<c>-x</c>, <c>-xx</c>, <c>-X</c>, <c>-XX</c>, <c>-A</c>, <c>-AA</c>).</summary>
    public ByteDump Bytes { get; init; }

    /// <summary>Whether the byte dump includes the link layer (the doubled forms).</summary>
    public bool BytesIncludeLinkLayer { get; init; }

    /// <summary>Finds the name of an address, in place of the system's resolver.</summary>
    internal Func<IpAddress, byte[]?>? FindHostName { get; init; }

    /// <summary>Whether an address may be shown by name as far as <see cref="NamedNetwork"/> is concerned.</summary>
    internal bool IsLocal(IpAddress address)
    {
        if (NamedNetwork is not { } network || address.IsIpv6) return true;
        Span<byte> bytes = stackalloc byte[4];
        address.WriteBytes(bytes);
        return (BinaryPrimitives.ReadUInt32BigEndian(bytes) & network.Mask) == network.Address;
    }
}

/// <summary>How the time of a packet is shown.</summary>
public enum TimeFormat
{
    /// <summary>Time of day, local.</summary>
    TimeOfDay,

    /// <summary>No time (<c>-t</c>).</summary>
    None,

    /// <summary>Seconds since the epoch (<c>-tt</c>).</summary>
    SinceEpoch,

    /// <summary>Time since the line before (<c>-ttt</c>).</summary>
    SincePrevious,

    /// <summary>Date and time of day (<c>-tttt</c>).</summary>
    DateAndTime,

    /// <summary>Time since the first line (<c>-ttttt</c>).</summary>
    SinceFirst,
}

/// <summary>The form of the bytes shown below a packet's line.</summary>
public enum ByteDump
{
    /// <summary>None.</summary>
    None,

    /// <summary>Hexadecimal (<c>-x</c>).</summary>
    Hex,

    /// <summary>Hexadecimal and ASCII (<c>-X</c>).</summary>
    HexAndAscii,

    /// <summary>ASCII (<c>-A</c>).</summary>
    Ascii,
}
