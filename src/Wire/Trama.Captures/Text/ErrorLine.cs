using System.Buffers;
using System.Net;
using Trama.Packets.Building;
using Trama.Packets.Network;

namespace Trama.Captures.Text;

/// <summary>
/// Makes packets of what tcpdump says of ICMP errors: <c>IP 10.0.0.9 > 10.0.0.1: ICMP 10.0.0.2 unreachable - need to frag (mtu 1400)</c>.
/// A line does not say which segment came back: it was the latest that its receiver sent to the host that it names.
/// </summary>
internal sealed class ErrorLine
{
    private const string Title = ": ICMP ";
    private const int MaxPairs = 1 << 12;

    // Codes of destinations that cannot be reached (RFC 792, RFC 1812 section 5.2.7.1).
    private const int Net = 0, Host = 1, Port = 3, NetProhibited = 9, HostProhibited = 10, Prohibited = 13;

    // What errors say that bring back the beginning of the packet that they are about (RFC 792).
    private static readonly SearchValues<string> s_errors = SearchValues.Create(
        [" unreachable", "time exceeded", "redirect ", "parameter problem", "source quench"], StringComparison.Ordinal);

    private readonly Dictionary<(IpAddress From, IpAddress To), byte[]> _latest = [];
    private bool _isBelowError;
    private bool _isBelowQuotedHeader;

    /// <summary>
    /// Whether a line shows what an error brought back: below the error, <c>-v</c> shows that in two lines, as if it were a packet.
    /// </summary>
    /// <param name="line">The next line.</param>
    /// <param name="hasTime">Whether it begins with a time, as the lines of packets do.</param>
    /// <param name="isHeader">Whether it tells of an IP header.</param>
    public bool IsQuoted(ReadOnlySpan<char> line, bool hasTime, bool isHeader)
    {
        bool isHeaderOfQuote = _isBelowError && isHeader && !hasTime, isQuoted = isHeaderOfQuote || (_isBelowQuotedHeader && !hasTime);
        _isBelowQuotedHeader = isHeaderOfQuote;
        int title = line.IndexOf(Title, StringComparison.Ordinal);
        _isBelowError = title >= 0 && line[title..].ContainsAny(s_errors);
        return isQuoted;
    }

    /// <summary>Takes the headers of a segment that a line told.</summary>
    public void Note(in SegmentLine segment, ReadOnlySpan<byte> headers)
    {
        if (_latest.Count >= MaxPairs) _latest.Clear();
        _latest[(segment.Source.Address, segment.Destination.Address)] = headers.ToArray();
    }

    /// <summary>The packet of which a line tells; empty when it tells of no error, or of one about nothing that was seen.</summary>
    public ReadOnlySpan<byte> PacketOf(ReadOnlySpan<char> line)
    {
        int title = line.IndexOf(Title, StringComparison.Ordinal);
        if (title < 0) return default;
        ReadOnlySpan<char> ends = line[..title], what = line[(title + Title.Length)..];
        int arrow = ends.LastIndexOf(SegmentLine.Arrow, StringComparison.Ordinal);
        if (arrow < 0 || CodeIn(what) is not { } code) return default;
        ReadOnlySpan<char> reporter = ends[..arrow];
        reporter = reporter[(reporter.LastIndexOfAny(' ', '\t') + 1)..];
        if (what.StartsWith("host ", StringComparison.Ordinal) || what.StartsWith("net ", StringComparison.Ordinal))
            what = what[(what.IndexOf(' ') + 1)..];
        if (AddressIn(reporter) is not { } from || AddressIn(ends[(arrow + SegmentLine.Arrow.Length)..]) is not { } sender
            || AddressIn(what[..Math.Max(0, what.IndexOf(' '))]) is not { } missed) return default;
        if (!_latest.TryGetValue((sender, missed), out byte[]? quoted)) return default;
        return code < 0 ? UnreachableMessage.TooBig(from, quoted, (int)(SegmentLine.Number(what, "(mtu ") ?? 0))
            : UnreachableMessage.Of(from, quoted, code);
    }

    // A negative one for a packet that was too big.
    private static int? CodeIn(ReadOnlySpan<char> what)
    {
        int unreachable = what.IndexOf(" unreachable", StringComparison.Ordinal);
        if (unreachable < 0) return null;
        ReadOnlySpan<char> why = what[(unreachable + " unreachable".Length)..];
        bool isNet = what.StartsWith("net ", StringComparison.Ordinal);
        if (why.StartsWith(" - need to frag", StringComparison.Ordinal)) return -1;
        if (why.StartsWith(" - admin prohibited filter", StringComparison.Ordinal)) return Prohibited;
        if (why.StartsWith(" - admin prohibited", StringComparison.Ordinal)) return isNet ? NetProhibited : HostProhibited;
        return what[..unreachable].Contains(" tcp port ", StringComparison.Ordinal) ? Port : isNet ? Net
            : what.StartsWith("host ", StringComparison.Ordinal) ? Host : null;
    }

    private static IpAddress? AddressIn(ReadOnlySpan<char> text) =>
        text.Count('.') == 3 && IPAddress.TryParse(text, out IPAddress? address) ? IpAddress.FromBytes(address.GetAddressBytes()) : null;
}
