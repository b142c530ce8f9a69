namespace Trama.Captures.Text;

/// <summary>What <c>-v</c> says of the IP header, in a line before that of the segment.</summary>
/// <param name="TimeToLive">How many more routers the packet may pass.</param>
/// <param name="Identification">The identification of the IPv4 packet.</param>
/// <param name="DontFragment">Whether routers may not fragment it.</param>
internal readonly record struct LineDetails(byte TimeToLive, ushort Identification, bool DontFragment)
{
    /// <summary>What is assumed where nothing is said.</summary>
    public static LineDetails Unknown { get; } = new(64, 0, DontFragment: true);

    /// <summary>Reads a line; false when it says nothing of the kind.</summary>
    public static bool TryRead(ReadOnlySpan<char> line, out LineDetails details)
    {
        details = Unknown;
        bool isIpv4 = line.Contains("(tos 0x", StringComparison.Ordinal);
        uint? timeToLive = isIpv4 ? SegmentLine.Number(line, ", ttl ") : SegmentLine.Number(line, "hlim ");
        if (timeToLive is not { } hops) return false;
        ushort identification = (ushort)(SegmentLine.Number(line, ", id ") ?? 0);
        details = new LineDetails((byte)hops, identification, line.Contains("flags [DF", StringComparison.Ordinal));
        return true;
    }
}
