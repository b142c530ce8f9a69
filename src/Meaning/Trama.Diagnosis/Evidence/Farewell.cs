namespace Trama.Diagnosis.Evidence;

/// <summary>Last words of protocols in use: messages that are followed by the close, and by no reply.</summary>
internal static class Farewell
{
    private static readonly string[] s_words = ["quit", "exit", "bye", "logout", "logoff", "close"];

    /// <summary>Whether a payload is one, by its beginning.</summary>
    public static bool Is(ReadOnlySpan<byte> payload) => payload switch
    {
        // A TLS alert (RFC 8446 section 6.1), in the clear or sealed; the close frame of a web socket (RFC 6455 section 5.5.1).
        [0x15, 0x03, ..] or [0x17, 0x03, 0x03, 0x00, 0x13, ..] or [0x88, _, ..] => true,
        // MQTT's DISCONNECT; LDAP's unbind request (RFC 4511 section 4.3); MySQL's COM_QUIT; PostgreSQL's Terminate.
        [0xe0, 0x00, ..] or [0x30, 0x05, 0x02, 0x01, _, 0x42, ..] or [0x01, 0x00, 0x00, 0x00, 0x01] or [0x58, 0x00, 0x00, 0x00, 0x04] =>
            true,
        // HTTP/2's GOAWAY (RFC 9113 section 6.8); BGP's NOTIFICATION (RFC 4271 section 4.5).
        [0x00, _, _, 0x07, ..] => payload.Length >= 17,
        [0xff, 0xff, 0xff, 0xff, ..] => payload.Length >= 19 && payload[18] == 3,
        _ => IsWord(payload),
    };

    // A line of one word, or with IMAP's tag before it (RFC 9051 section 6.1.3), or an IRC client's reason behind it.
    private static bool IsWord(ReadOnlySpan<byte> payload)
    {
        const int Longest = 256;
        if (payload.Length is < 3 or > Longest) return false;
        Span<char> line = stackalloc char[Longest];
        for (int i = 0; i < payload.Length; i++) line[i] = (char)payload[i];
        ReadOnlySpan<char> text = ((ReadOnlySpan<char>)line[..payload.Length]).Trim();
        int space = text.IndexOf(' ');
        foreach (string word in s_words)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase)
                || (space > 0 && text[..space].Equals(word, StringComparison.OrdinalIgnoreCase))) return true;
            if (space > 0 && text[(space + 1)..].Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
