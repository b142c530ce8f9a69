using Trama.Framing;

namespace Trama.Cli.Commands.Serving;

/// <summary>The beginning of a message, for a line of a log.</summary>
internal static class MessageExcerpt
{
    // As much as the lesson's server reads at once.
    private const int MostPrinted = 1024;

    // In hexadecimal, a line of some 80 columns.
    private const int ColumnsInHex = 66;

    /// <summary>
    /// The first 1024 bytes of a message, safe for a terminal, and its length when it has more; of what is mostly no text fewer, in
    /// hexadecimal.
    /// </summary>
    public static string Text(ReadOnlySpan<byte> message)
    {
        if (VisibleText.IsBinary(message))
            return HexText.Of(message, ColumnsInHex) + (message.Length > HexText.PerRow ? $"… ({message.Length} bytes)" : "");
        int shown = Length(message, MostPrinted);
        return VisibleText.Of(message[..shown]) + (shown < message.Length ? $"… ({message.Length} bytes)" : "");
    }

    /// <summary>How many bytes of <paramref name="message"/> to show, <paramref name="most"/> or up to three fewer, so that
    /// no character of UTF-8 is cut in two.</summary>
    public static int Length(ReadOnlySpan<byte> message, int most)
    {
        if (message.Length <= most) return message.Length;
        for (int length = most; length > most - 4; length--)
            if ((message[length] & 0xc0) != 0x80) return length;
        return most;
    }
}
