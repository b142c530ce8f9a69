namespace Trama.Framing;

/// <summary>Tells from the first bytes of a connection which protocol it speaks.</summary>
internal static class Recognition
{
    /// <summary>The most bytes that are looked at.</summary>
    public const int MaxBytes = 24;

    private static readonly byte[][] Methods =
    [
        .. new[] { "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PROPFIND", "REPORT", "MKCOL", "MOVE", "COPY", "LOCK", "UNLOCK", "PROPPATCH" }
            .Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    /// <summary>Guesses. A framing is named before any message of its protocol can be complete.</summary>
    /// <param name="speaker">Who speaks first.</param>
    /// <param name="bytes">The first bytes, at most <see cref="MaxBytes"/>; at least one.</param>
    /// <param name="rule">The framing; null when the bytes fit none.</param>
    /// <returns>False when more bytes are needed to tell.</returns>
    public static bool TryGuess(Direction speaker, ReadOnlySpan<byte> bytes, out FramingRule? rule)
    {
        bool open = false;
        rule = Tls(bytes, ref open) ? FramingRule.Tls : null;
        if (rule is null && speaker == Direction.ToServer)
            rule = HttpRequest(bytes, ref open) ? FramingRule.Http1 : RespCommand(bytes, ref open) ? FramingRule.Resp : null;
        else if (rule is null)
            rule = Begins(bytes, "HTTP/1."u8, ref open) ? FramingRule.Http1 : CodeGreeting(bytes, ref open) ? FramingRule.Commands
                : Begins(bytes, "+OK"u8, ref open) || Begins(bytes, "-ERR "u8, ref open) ? FramingRule.Pop3 : null;
        return rule is not null || !open || bytes.Length == MaxBytes;
    }

    /// <summary>Whether bytes are the beginning of an HTTP request, as far as they go.</summary>
    public static bool MayBeHttpRequest(ReadOnlySpan<byte> bytes)
    {
        bool open = false;
        return HttpRequest(bytes, ref open) || open;
    }

    /// <summary>Whether bytes are the beginning of a Redis command, not of one typed by hand, as far as they go.</summary>
    public static bool MayBeRespCommand(ReadOnlySpan<byte> bytes)
    {
        bool open = false;
        return bytes[0] == '*' && (RespCommand(bytes, ref open) || open);
    }

    private static bool Begins(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> pattern, ref bool open)
    {
        if (bytes.Length >= pattern.Length) return bytes.StartsWith(pattern);
        open |= pattern.StartsWith(bytes);
        return false;
    }

    // A record header: type, major version 3, and a length that a record can have.
    private static bool Tls(ReadOnlySpan<byte> bytes, ref bool open)
    {
        bool fits = bytes[0] is >= 20 and <= 23
            && (bytes.Length < 2 || bytes[1] == 3) && (bytes.Length < 3 || bytes[2] <= 4) && (bytes.Length < 4 || bytes[3] <= 0x48)
            && (bytes.Length < 5 || (bytes[3] | bytes[4]) != 0);
        open |= fits;
        return fits && bytes.Length >= 5;
    }

    // A method is not enough: other protocols of text have commands of the same name.
    private static bool HttpRequest(ReadOnlySpan<byte> bytes, ref bool open)
    {
        foreach (byte[] method in Methods)
        {
            ReadOnlySpan<byte> rest = bytes[..Math.Min(bytes.Length, method.Length)];
            if (!method.AsSpan().StartsWith(rest)) continue;
            rest = bytes[rest.Length..];
            if (rest.Length < 2 && (rest.IsEmpty || rest[0] == ' ')) open = true;
            else if (rest[0] == ' ' && (rest[1] is (byte)'/' or (byte)'*' || Begins(rest[1..], "http"u8, ref open) || method.Length == "CONNECT".Length && method[0] == 'C' && method[2] == 'N'))
                return true;
        }

        return false;
    }

    private static bool RespCommand(ReadOnlySpan<byte> bytes, ref bool open)
    {
        if (Begins(bytes, "PING\r"u8, ref open)) return true;
        if (bytes[0] != '*') return false;
        int digits = bytes[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 0)
        {
            open = true;
            return false;
        }

        return digits > 0 && bytes[1] != '0' && Begins(bytes[(1 + digits)..], "\r\n$"u8, ref open);
    }

    // The codes with which SMTP and FTP servers greet.
    private static bool CodeGreeting(ReadOnlySpan<byte> bytes, ref bool open) =>
        Begins(bytes, "220 "u8, ref open) || Begins(bytes, "220-"u8, ref open) || Begins(bytes, "120 "u8, ref open)
        || Begins(bytes, "421 "u8, ref open) || Begins(bytes, "554 "u8, ref open);
}
