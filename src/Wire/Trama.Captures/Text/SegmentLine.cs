using System.Globalization;
using Trama.Packets.Transport;

namespace Trama.Captures.Text;

/// <summary>What a line of tcpdump says of a TCP segment. A view over the line.</summary>
internal readonly ref struct SegmentLine
{
    private const string FlagsTitle = ": Flags [";

    /// <summary>The sender.</summary>
    public Endpoint Source { get; private init; }

    /// <summary>The receiver.</summary>
    public Endpoint Destination { get; private init; }

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
        if (title < 0) return false;
        ReadOnlySpan<char> head = line[..title], body = line[(title + FlagsTitle.Length)..];
        int arrow = head.LastIndexOf(" > ", StringComparison.Ordinal), bracket = body.IndexOf(']');
        if (arrow < 0 || bracket < 0) return false;
        ReadOnlySpan<char> source = head[..arrow];
        source = source[(source.LastIndexOfAny(' ', '\t') + 1)..];
        if (!TryReadFlags(body[..bracket], out TcpFlags flags)) return false;
        body = body[(bracket + 1)..];
        // What follows the length is payload, in the words of its protocol.
        int lengthAt = body.IndexOf(", length ", StringComparison.Ordinal);
        if (lengthAt < 0 || Number(body, ", length ") is not { } length || length > int.MaxValue / 2) return false;
        body = body[..lengthAt];
        int optionsAt = body.IndexOf(", options [", StringComparison.Ordinal);
        ReadOnlySpan<char> options = optionsAt < 0 ? default : body[(optionsAt + ", options [".Length)..];
        if (optionsAt >= 0) body = body[..optionsAt];
        if (!names.TryRead(source, out Endpoint from) || !names.TryRead(head[(arrow + 3)..], out Endpoint to)) return false;
        if (from.Address.IsIpv6 != to.Address.IsIpv6) return false;
        segment = new SegmentLine
        {
            Source = from,
            Destination = to,
            Flags = flags,
            Sequence = Number(body, ", seq "),
            Acknowledgement = Number(body, ", ack "),
            Window = (ushort)Math.Min(Number(body, ", win ") ?? 0, ushort.MaxValue),
            Options = options.TrimEnd(']'),
            Length = (int)length,
        };
        return true;
    }

    /// <summary>The number behind a title; null when there is none.</summary>
    public static uint? Number(ReadOnlySpan<char> text, ReadOnlySpan<char> title)
    {
        int at = text.IndexOf(title, StringComparison.Ordinal);
        if (at < 0) return null;
        text = text[(at + title.Length)..];
        int digits = text.IndexOfAnyExceptInRange('0', '9');
        return uint.TryParse(digits < 0 ? text : text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : null;
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
