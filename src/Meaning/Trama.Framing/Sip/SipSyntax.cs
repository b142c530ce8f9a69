using System.Buffers.Text;

namespace Trama.Framing.Sip;

/// <summary>The first lines of SIP (RFC 3261 section 7) and what of them may be shown.</summary>
internal static class SipSyntax
{
    private static readonly byte[][] s_methods =
    [
        .. "INVITE ACK BYE CANCEL OPTIONS REGISTER PRACK SUBSCRIBE NOTIFY PUBLISH INFO REFER MESSAGE UPDATE".Split(' ')
            .Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    private static ReadOnlySpan<byte> Version => "SIP/2.0"u8;

    /// <summary>Whether bytes are the beginning of a request or a reply, as far as they go.</summary>
    public static Likeness Begins(ReadOnlySpan<byte> bytes)
    {
        Likeness likeness = Recognition.Begins(bytes, "SIP/2.0 "u8);
        foreach (byte[] method in s_methods)
        {
            ReadOnlySpan<byte> rest = bytes[..Math.Min(bytes.Length, method.Length)];
            if (!method.AsSpan().StartsWith(rest)) continue;
            rest = bytes[rest.Length..];
            likeness = rest.IsEmpty ? likeness.Or(Likeness.Open) : likeness.Or(Recognition.Begins(rest, " sip:"u8))
                .Or(Recognition.Begins(rest, " sips:"u8)).Or(Recognition.Begins(rest, " tel:"u8));
        }

        return likeness;
    }

    /// <summary>Reads a line that begins a message.</summary>
    /// <param name="line">The line.</param>
    /// <param name="method">The method of a request; empty for a reply.</param>
    /// <param name="target">The target of a request, or all that follows the version in a reply.</param>
    /// <param name="code">The code of a reply.</param>
    public static bool TryStart(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> method, out ReadOnlySpan<byte> target, out int code)
    {
        method = target = default;
        code = 0;
        if (line.StartsWith(Version))
        {
            target = line[Math.Min(line.Length, Version.Length + 1)..];
            return target.Length >= 3 && Utf8Parser.TryParse(target[..3], out code, out int used) && used == 3 && code is >= 100 and < 700;
        }

        int first = line.IndexOf((byte)' '), last = line.LastIndexOf((byte)' ');
        if (first <= 0 || last <= first || !line[(last + 1)..].SequenceEqual(Version)) return false;
        method = line[..first];
        target = line[(first + 1)..last];
        return !method.ContainsAnyExceptInRange((byte)'A', (byte)'Z') && !target.IsEmpty;
    }

    /// <summary>Appends a target: its scheme, user and host; neither a password, nor parameters and fields.</summary>
    public static void WriteTarget(ReadOnlySpan<byte> target, ref ShortText text)
    {
        int at = target.IndexOf((byte)'@'), colon = target.IndexOf((byte)':');
        if (at > 0 && colon >= 0 && target[(colon + 1)..at].IndexOfAny((byte)':', (byte)';') is >= 0 and int end)
        {
            text.Add(target[..(colon + 1 + end)]);
            target = target[at..];
        }

        int parameters = target.IndexOfAny((byte)';', (byte)'?');
        text.Add(parameters < 0 ? target : target[..parameters]);
    }
}
