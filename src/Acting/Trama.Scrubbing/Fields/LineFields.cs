using System.Buffers.Text;
using System.Text;

namespace Trama.Scrubbing.Fields;

/// <summary>
/// What proves who logs in by a line of words: PASS and ACCT (FTP, RFC 959 section 4.1.1; POP3, RFC 1939 section 7; IRC, RFC 2812 section
/// 3.1), AUTH and AUTHENTICATE (SMTP, RFC 4954; POP3, RFC 5034; IMAP, RFC 3501 section 6.2.2), LOGIN (IMAP), OPER, IDENTIFY (IRC and its
/// services), passcode (STOMP).
/// </summary>
internal static class LineFields
{
    /// <summary>Notes the fields of each line.</summary>
    public static void Read(MessageFields message)
    {
        ReadOnlySpan<byte> bytes = message.Bytes;
        for (int at = 0; at < bytes.Length;)
        {
            int length = bytes[at..].IndexOf((byte)'\n');
            if (length < 0) length = bytes.Length - at;
            int end = at + bytes.Slice(at, length).TrimEnd("\r"u8).Length;
            ReadLine(message, at, end);
            at += length + 1;
        }
    }

    private static void ReadLine(MessageFields message, int at, int end)
    {
        int verb = at;
        // A tag of IMAP, or who says it in IRC, may stand before the verb; what a reply begins with is no verb.
        for (int word = 0; word < 3; word++)
        {
            int next = Next(message.Bytes, verb, end);
            if (Is(message, verb, next, "LOGIN"u8) && word == 1) ReadLogin(message, next);
            else if (Is(message, verb, next, "PASS"u8) || Is(message, verb, next, "ACCT"u8)) Secret(message, next, end);
            else if (Is(message, verb, next, "AUTH"u8) || Is(message, verb, next, "AUTHENTICATE"u8))
                Secret(message, Next(message.Bytes, next, end), end);
            else if (Is(message, verb, next, "APOP"u8) || Is(message, verb, next, "OPER"u8))
                Secret(message, Next(message.Bytes, next, end), end);
            else if (Is(message, verb, next, "IDENTIFY"u8) || Is(message, verb, next, ":IDENTIFY"u8)) Secret(message, next, end);
            else if (message.Bytes[verb..end].StartsWith("passcode:"u8)) message.Secret(verb + 9, end - verb - 9);
            else
            {
                verb = next;
                continue;
            }

            return;
        }
    }

    // Who, and what proves it: each a word, a text in quotes, or as many bytes as a number in braces says, on the next line.
    private static void ReadLogin(MessageFields message, int at)
    {
        ReadOnlySpan<byte> bytes = message.Bytes;
        for (int argument = 0; argument < 2 && at < bytes.Length; argument++)
        {
            while (at < bytes.Length && bytes[at] == ' ') at++;
            int length;
            if (bytes[at..] is [(byte)'"', ..])
            {
                at++;
                length = bytes[at..].IndexOf((byte)'"');
            }
            else if (bytes[at..] is [(byte)'{', ..] && bytes[at..].IndexOf((byte)'\n') is > 0 and var line
                && Utf8Parser.TryParse(bytes[(at + 1)..], out int count, out _))
            {
                at += line + 1;
                length = count;
            }
            else length = bytes[at..].IndexOfAny(" \r\n"u8);

            if (length < 0 || length > bytes.Length - at) length = bytes.Length - at;
            if (argument == 1) message.Secret(at, length);
            at += length;
            if (at < bytes.Length && bytes[at] == '"') at++;
        }
    }

    // The rest of a line, behind spaces and a colon.
    private static void Secret(MessageFields message, int at, int end)
    {
        while (at < end && message.Bytes[at] is (byte)' ' or (byte)':') at++;
        // What fills up base64 stays.
        if (at < end) message.Secret(at, message.Bytes[at..end].TrimEnd((byte)'=').Length);
    }

    private static int Next(ReadOnlySpan<byte> bytes, int at, int end)
    {
        while (at < end && bytes[at] == ' ') at++;
        int length = bytes[at..end].IndexOf((byte)' ');
        return length < 0 ? end : at + length;
    }

    private static bool Is(MessageFields message, int at, int end, ReadOnlySpan<byte> word) =>
        Ascii.EqualsIgnoreCase(message.Bytes[at..end].Trim((byte)' '), word);
}
