using System.Buffers;
using System.Text;

namespace Trama.Scrubbing.Words;

/// <summary>
/// What stands in a text behind a word that says that it is a secret, as <c>password=…</c>, <c>"token":"…"</c>, <c>PASSWORD '…'</c>,
/// <c>&lt;pwd>…&lt;/pwd></c>, <c>Authorization: Basic …</c>: it goes, also where it is a word of a protocol or a short number.
/// </summary>
internal static class SecretText
{
    private const int MostMarks = 6, HeadOfText = 2;

    // Alone, and at the end of longer ones: newPassword, client_secret.
    private static readonly byte[][] Names =
    [
        [.. "pass"u8], [.. "pwd"u8], [.. "pin"u8], [.. "psk"u8], [.. "otp"u8], [.. "jwt"u8], [.. "sig"u8], [.. "nkey"u8],
        [.. "identified"u8], [.. "senha"u8], [.. "passwort"u8], [.. "apikey"u8],
    ];

    private static readonly byte[][] Endings =
        [[.. "password"u8], [.. "passwd"u8], [.. "passcode"u8], [.. "passphrase"u8], [.. "secret"u8], [.. "token"u8]];

    private static readonly SearchValues<byte> ValueEnds = SearchValues.Create(" \t\r\n\"'`<>&;,{}[]()|\\"u8);
    private static readonly SearchValues<byte> AuthorityEnds = SearchValues.Create(" \t\r\n\"'<>/@"u8);

    private static ReadOnlySpan<byte> By => " by"u8;

    /// <summary>Whether a word says that what follows is a secret.</summary>
    public static bool IsName(ReadOnlySpan<byte> word)
    {
        foreach (ReadOnlySpan<byte> name in (ReadOnlySpan<byte[]>)Names) if (Ascii.EqualsIgnoreCase(word, name)) return true;
        foreach (ReadOnlySpan<byte> ending in (ReadOnlySpan<byte[]>)Endings)
            if (word.Length >= ending.Length && Ascii.EqualsIgnoreCase(word[^ending.Length..], ending)) return true;
        return false;
    }

    /// <summary>Finds the secret behind a word.</summary>
    /// <param name="text">All of a text.</param>
    /// <param name="at">Where the word is.</param>
    /// <param name="length">How many bytes the word has.</param>
    /// <returns>Where the secret begins, and how many bytes it has; none of them where there is none.</returns>
    public static (int From, int Length) Behind(ReadOnlySpan<byte> text, int at, int length)
    {
        ReadOnlySpan<byte> word = text.Slice(at, length);
        bool isHeader = Ascii.EqualsIgnoreCase(word, "authorization"u8);
        if (!isHeader && !IsName(word)) return default;
        int next = at + length, marks = 0;
        byte quote = 0;
        bool isTold = false;
        // IDENTIFIED BY '…'
        if (Ascii.EqualsIgnoreCase(word, "identified"u8) && BeginsBy(text[next..])) next += By.Length;
        for (; next < text.Length && marks < MostMarks; next++, marks++)
        {
            byte mark = text[next];
            // Marks of assignments, of fields, and of the end of an element's name: = : => >
            if (mark is (byte)'=' or (byte)':' or (byte)'>' && (!isTold || text[next - 1] == '=' && mark == '>')) isTold = true;
            else if (mark is (byte)'"' or (byte)'\'') quote = isTold || quote == 0 ? mark : quote;
            else if (mark is not ((byte)' ' or (byte)'\t' or (byte)'\\')) break;
        }

        // Of SQL, in quotes: PASSWORD '…', and with the mark of a national text: PASSWORD = N'…'.
        if (text[next..] is [(byte)'N' or (byte)'n' or (byte)'E' or (byte)'e', (byte)'\'', ..])
            (next, quote) = (next + HeadOfText, (byte)'\'');
        if (next >= text.Length || !isTold && (quote != (byte)'\'' || text[next - 1] != quote)) return default;
        if (isHeader && text[next..].IndexOfAny(" \r\n"u8) is > 0 and var scheme && text[next + scheme] == ' ') next += scheme + 1;
        bool isQuoted = text[next - 1] is (byte)'"' or (byte)'\'';
        ReadOnlySpan<byte> rest = text[next..];
        int end = isQuoted ? EndOfQuoted(rest, text[next - 1], text[next - 2] == '\\') : rest.IndexOfAny(ValueEnds);
        if (end < 0) end = rest.Length;
        // What fills up base64 stays, and so do schemes that have fields of their own (RFC 7616).
        if (isHeader) end = rest[end..] is [(byte)'"', ..] ? 0 : rest[..end].TrimEnd((byte)'=').Length;
        return IsNothing(rest[..end]) ? default : (next, end);
    }

    /// <summary>Finds what stands behind a user's name in an address: <c>redis://user:secret@host</c> (RFC 3986 section 3.2.1).</summary>
    /// <param name="text">A text that begins with <c>://</c>.</param>
    /// <returns>Where it is; no bytes for none.</returns>
    public static (int From, int Length) InAddress(ReadOnlySpan<byte> text)
    {
        int end = text[3..].IndexOfAny(AuthorityEnds);
        if (end < 0 || text[3 + end] != '@') return default;
        int colon = text.Slice(3, end).IndexOf((byte)':');
        return colon < 0 ? default : (3 + colon + 1, end - colon - 1);
    }

    // A mark that is written with another before it does not end it, or, within a text that is itself in quotes, does.
    private static int EndOfQuoted(ReadOnlySpan<byte> text, byte quote, bool isNested)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] is (byte)'\r' or (byte)'\n' || text[at] == quote) return at;
            if (text[at] != '\\') continue;
            if (isNested && at + 1 < text.Length && text[at + 1] == quote) return at;
            at++;
        }

        return text.Length;
    }

    private static bool BeginsBy(ReadOnlySpan<byte> text) => text.Length >= By.Length && Ascii.EqualsIgnoreCase(text[..By.Length], By);

    private static bool IsNothing(ReadOnlySpan<byte> value) =>
        value.SequenceEqual("null"u8) || value.SequenceEqual("true"u8) || value.SequenceEqual("false"u8);
}
