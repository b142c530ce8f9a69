using System.Globalization;
using Trama.Packets.Transport;

namespace Trama.Captures.Text;

/// <summary>What a line of tcpdump says of a TCP segment. A view over the line.</summary>
internal ref struct SegmentLine
{
    /// <summary>What stands behind them, before the flags.</summary>
    public const string FlagsTitle = ": Flags [";

    /// <summary>What stands between sender and receiver.</summary>
    public const string Arrow = " > ";

    private const uint MaxLength = int.MaxValue / 2;

    /// <summary>The sender.</summary>
    public Endpoint Source { get; private set; }

    /// <summary>The receiver.</summary>
    public Endpoint Destination { get; private set; }

    /// <summary>The control bits.</summary>
    public TcpFlags Flags { get; private init; }

    /// <summary>The sequence number as the line has it; absent in lines of bare acknowledgements.</summary>
    public uint? Sequence { get; private init; }

    /// <summary>The acknowledgement number as the line has it.</summary>
    public uint? Acknowledgement { get; private init; }

    /// <summary>The window.</summary>
    public ushort Window { get; private init; }

    /// <summary>The options, as the text between the brackets.</summary>
    public ReadOnlySpan<char> Options { get; private init; }

    /// <summary>The payload's length, in bytes.</summary>
    public int Length { get; private init; }

    /// <summary>Reads a line, or the second line of a packet that <c>-v</c> shows in two.</summary>
    /// <returns>False when the line tells of no TCP segment.</returns>
    public static bool TryRead(ReadOnlySpan<char> line, EndpointNames names, out SegmentLine segment)
    {
        segment = default;
        int title = line.IndexOf(FlagsTitle, StringComparison.Ordinal);
        ReadOnlySpan<char> body = title < 0 ? default : line[(title + FlagsTitle.Length)..];
        bool isRead = title < 0 ? TryReadOlder(line, out title, out segment) : TryReadBody(body, out segment);
        return isRead && TryReadEnds(line[..title], names, ref segment);
    }

    private static bool TryReadBody(ReadOnlySpan<char> body, out SegmentLine segment)
    {
        segment = default;
        int bracket = body.IndexOf(']');
        if (bracket < 0 || !TryReadFlags(body[..bracket], out TcpFlags flags)) return false;
        body = body[(bracket + 1)..];
        // What follows the length is payload, in the words of its protocol.
        int lengthAt = body.IndexOf(", length ", StringComparison.Ordinal);
        if (lengthAt < 0 || Number(body, ", length ") is not { } length || length > MaxLength) return false;
        body = body[..lengthAt];
        int optionsAt = body.IndexOf(", options [", StringComparison.Ordinal);
        ReadOnlySpan<char> options = optionsAt < 0 ? default : body[(optionsAt + ", options [".Length)..];
        if (optionsAt >= 0) body = body[..optionsAt];
        segment = new SegmentLine
        {
            Flags = flags,
            Sequence = Number(body, ", seq "),
            Acknowledgement = Number(body, ", ack "),
            Window = WindowIn(body, ", win "),
            Options = options.TrimEnd(']'),
            Length = (int)length,
        };
        return true;
    }

    // Before version 4: "a.1 > b.2: P 1:100(99) ack 1 win 5840 <nop,nop,timestamp 1 2>", with a point for no flag at all.
    private static bool TryReadOlder(ReadOnlySpan<char> line, out int title, out SegmentLine segment)
    {
        segment = default;
        int arrow = line.IndexOf(Arrow, StringComparison.Ordinal);
        int colon = arrow < 0 ? -1 : line[arrow..].IndexOf(": ", StringComparison.Ordinal);
        title = arrow + colon;
        if (colon < 0) return false;
        ReadOnlySpan<char> body = line[(title + 2)..];
        int space = body.IndexOf(' ');
        if (space is < 1 or > 8 || !TryReadFlags(body[..space], out TcpFlags flags)) return false;
        flags &= ~TcpFlags.Ack;
        body = body[space..];
        int optionsAt = body.IndexOf('<');
        ReadOnlySpan<char> options = optionsAt < 0 ? default : body[(optionsAt + 1)..];
        int optionsEnd = options.IndexOf('>');
        if (optionsAt >= 0) body = body[..optionsAt];
        if (!body.Contains(" win ", StringComparison.Ordinal)) return false;
        uint? acknowledgement = Number(body, " ack ");
        int bracket = body.IndexOf('(');
        uint? length = bracket < 0 ? 0 : Number(body[bracket..], "(");
        if (length is not { } bytes || bytes > MaxLength) return false;
        segment = new SegmentLine
        {
            Flags = acknowledgement is null ? flags : flags | TcpFlags.Ack,
            Sequence = bracket < 0 ? null : Number(body, " "),
            Acknowledgement = acknowledgement,
            Window = WindowIn(body, " win "),
            Options = optionsEnd < 0 ? default : options[..optionsEnd],
            Length = (int)bytes,
        };
        return true;
    }

    private static bool TryReadEnds(ReadOnlySpan<char> head, EndpointNames names, ref SegmentLine segment)
    {
        int arrow = head.LastIndexOf(Arrow, StringComparison.Ordinal);
        if (arrow < 0) return false;
        ReadOnlySpan<char> source = head[..arrow];
        source = source[(source.LastIndexOfAny(' ', '\t') + 1)..];
        if (!names.TryRead(source, out Endpoint from) || !names.TryRead(head[(arrow + Arrow.Length)..], out Endpoint to)) return false;
        if (from.Address.IsIpv6 != to.Address.IsIpv6) return false;
        (segment.Source, segment.Destination) = (from, to);
        return true;
    }

    private static ushort WindowIn(ReadOnlySpan<char> text, ReadOnlySpan<char> title) =>
        (ushort)Math.Min(Number(text, title) ?? 0, ushort.MaxValue);

    /// <summary>The number behind a title; null when there is none.</summary>
    public static uint? Number(ReadOnlySpan<char> text, ReadOnlySpan<char> title)
    {
        int at = text.IndexOf(title, StringComparison.Ordinal);
        if (at < 0) return null;
        text = text[(at + title.Length)..];
        int digits = text.IndexOfAnyExceptInRange('0', '9');
        if (digits >= 0) text = text[..digits];
        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : null;
    }

    private static bool TryReadFlags(ReadOnlySpan<char> text, out TcpFlags flags)
    {
        flags = TcpFlags.None;
        if (text is "none") return true;
        foreach (char letter in text)
        {
            TcpFlags flag = letter switch
            {
                'F' => TcpFlags.Fin,
                'S' => TcpFlags.Syn,
                'R' => TcpFlags.Rst,
                'P' => TcpFlags.Psh,
                '.' => TcpFlags.Ack,
                'U' => TcpFlags.Urg,
                'E' => TcpFlags.Ece,
                'W' => TcpFlags.Cwr,
                'e' => TcpFlags.Ae,
                _ => TcpFlags.None,
            };
            if (flag == TcpFlags.None) return false;
            flags |= flag;
        }

        return !text.IsEmpty;
    }
}
