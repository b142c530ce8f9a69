namespace Trama.Dump.Protocols.Application;

/// <summary>
/// Prints protocols made of lines of text. Without <c>-v</c> the first line, with it every line until something is no text.
/// </summary>
internal static class TextProtocolPrinter
{
    private const int LongestToken = 128;

    /// <summary>Prints a protocol in which every payload is requests or replies (FTP, SMTP, WHOIS).</summary>
    /// <param name="d">The packet being printed.</param>
    /// <param name="protocol">Its name, in lower case.</param>
    /// <param name="bytes">From the payload on.</param>
    /// <param name="length">The payload's length on the wire.</param>
    public static void Print(Dissection d, string protocol, PacketBytes bytes, int length)
    {
        d.Protocol = protocol;
        PrintProtocolName(d, protocol);
        PrintLines(d, bytes, length);
    }

    /// <summary>
    /// Prints a protocol shaped like HTTP: lines are shown where a request or a status line starts the payload, bodies are not.
    /// </summary>
    /// <param name="d">The packet being printed.</param>
    /// <param name="protocol">Its name, in lower case.</param>
    /// <param name="bytes">From the payload on.</param>
    /// <param name="length">The payload's length on the wire.</param>
    /// <param name="methods">What a request may start with, in upper case.</param>
    public static void Print(Dissection d, string protocol, PacketBytes bytes, int length, ReadOnlySpan<string> methods)
    {
        d.Protocol = protocol;
        bool startsMessage = StartsMessage(bytes, length, methods);
        PrintProtocolName(d, protocol);
        if (startsMessage) PrintLines(d, bytes, length);
    }

    private static void PrintProtocolName(Dissection d, string protocol)
    {
        foreach (char letter in protocol) d.Output.Append((byte)char.ToUpperInvariant(letter));
    }

    private static bool StartsMessage(PacketBytes bytes, int length, ReadOnlySpan<string> methods)
    {
        int next = FindToken(bytes, 0, length, out ReadOnlySpan<byte> token);
        if (next == 0) return false;
        foreach (string method in methods)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(token, method)) return true;
        }

        next = FindToken(bytes, next, length, out ReadOnlySpan<byte> status);
        return next != 0 && status is [>= (byte)'0' and <= (byte)'9', >= (byte)'0' and <= (byte)'9', >= (byte)'0' and <= (byte)'9'];
    }

    /// <summary>Finds the next word.</summary>
    /// <returns>Where the word after it starts, 0 when there is no whole word.</returns>
    private static int FindToken(PacketBytes bytes, int start, int length, out ReadOnlySpan<byte> token)
    {
        token = default;
        int at = start;
        for (; at < length; at++)
        {
            if (!bytes.Has(at + 1)) return 0;
            byte value = bytes.Captured[at];
            if (value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') break;
            if (value is < 0x20 or >= 0x7f) return 0;
            if (at - start == LongestToken) return 0;
        }

        if (at == start) return 0;
        token = bytes.Captured[start..at];
        for (; at < length; at++)
        {
            if (!bytes.Has(at + 1) || bytes.Captured[at] != ' ') break;
        }

        return at;
    }

    private static void PrintLines(Dissection d, PacketBytes bytes, int length)
    {
        if (d.Verbosity == 0)
        {
            PrintLine(d, ": "u8, bytes, 0, length);
            return;
        }

        d.Print($", length: {length}");
        int at = 0;
        do at = PrintLine(d, "\n\t"u8, bytes, at, length);
        while (at > 0 && at < length);
    }

    /// <summary>Prints one line when it is text.</summary>
    /// <returns>Where the next starts, 0 when there is no further one.</returns>
    private static int PrintLine(Dissection d, ReadOnlySpan<byte> before, PacketBytes bytes, int start, int length)
    {
        ReadOnlySpan<byte> rest = bytes.From(start).First(length - start).Captured;
        int textLength = rest.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7e);
        while (textLength >= 0 && rest[textLength] == '\t')
        {
            int more = rest[(textLength + 1)..].IndexOfAnyExceptInRange((byte)0x20, (byte)0x7e);
            textLength = more < 0 ? -1 : textLength + 1 + more;
        }

        if (textLength < 0)
        {
            if (rest.Length < length - start)
            {
                d.Cut();
                return 0;
            }

            d.Output.Append(before);
            d.Output.Append(rest);
            d.Truncated();
            return 0;
        }

        int end = textLength;
        if (rest[end] == '\r')
        {
            end++;
            if (start + end >= length) return 0;
            if (end == rest.Length) d.Cut();
        }

        if (end >= rest.Length || rest[end] != '\n') return 0;
        d.Output.Append(before);
        d.Output.Append(rest[..textLength]);
        return start + end + 1;
    }
}
