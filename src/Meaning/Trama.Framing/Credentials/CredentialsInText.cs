using System.Buffers;

namespace Trama.Framing.Credentials;

/// <summary>
/// Finds credentials in a text, whatever it is written in: parameters of URLs and forms, JSON, XML, multipart/form-data, lines with a
/// name; the user of a URL; JSON Web Tokens anywhere.
/// </summary>
internal static class CredentialsInText
{
    // So much is looked at of a value that may be one, and of the beginning of any.
    private const int MostOfDoubtful = 1024, MostOfBeginning = 64;

    private static readonly SearchValues<byte> s_marks = SearchValues.Create("=:>"u8);

    private static readonly SearchValues<byte> s_ofName =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.%"u8);

    private static readonly SearchValues<byte> s_afterValue = SearchValues.Create("&;\"'<>\\\r\n/#?,)} \t"u8);

    private static readonly SearchValues<byte> s_afterLine = SearchValues.Create("\r\n\"'\\,})"u8);

    private static readonly SearchValues<byte> s_afterAuthority = SearchValues.Create("/?#\"'<> \\\r\n\t"u8);

    /// <summary>Whether there is one.</summary>
    public static bool Any(ReadOnlySpan<byte> text) => TryFind(text, 0, out _, out _);

    /// <summary>The text with another in the place of each.</summary>
    public static byte[] Without(ReadOnlySpan<byte> text, ReadOnlySpan<byte> instead)
    {
        var kept = new ArrayBufferWriter<byte>(text.Length + 1);
        int from = 0;
        while (TryFind(text, from, out int start, out int end))
        {
            kept.Write(text[from..start]);
            kept.Write(instead);
            from = end;
        }

        kept.Write(text[from..]);
        return kept.WrittenSpan.ToArray();
    }

    // The first one that begins at a place or behind it.
    private static bool TryFind(ReadOnlySpan<byte> text, int from, out int start, out int end)
    {
        (start, end) = (text.Length, text.Length);
        for (int at = from; at < text.Length; at++)
        {
            int mark = text[at..].IndexOfAny(s_marks);
            if (mark < 0) break;
            at += mark;
            (int Start, int End) found = Behind(text, at);
            if (found.Start < from || found.End <= found.Start) continue;
            (start, end) = found;
            break;
        }

        (int token, int length) = CredentialValue.TokenIn(text[from..start]);
        if (length > 0) (start, end) = (from + token, from + token + length);
        return start < end;
    }

    // The credential behind a mark; empty when there is none.
    private static (int Start, int End) Behind(ReadOnlySpan<byte> text, int mark)
    {
        ReadOnlySpan<byte> rest = text[mark..];
        if (rest.StartsWith("://"u8)) return User(text, mark + 3);
        bool isLine = text[mark] == ':';
        int nameEnd = mark;
        while (isLine && nameEnd > 0 && text[nameEnd - 1] is (byte)' ' or (byte)'\t') nameEnd--;
        while (isLine && nameEnd > 0 && text[nameEnd - 1] is (byte)'"' or (byte)'\'' or (byte)'\\') nameEnd--;
        ReadOnlySpan<byte> name = NameBefore(text[..nameEnd]);
        if (name.IsEmpty || (text[mark] == '>' && (name.Length == nameEnd || text[nameEnd - name.Length - 1] != '<'))) return default;
        int start = mark + 1;
        while (start < text.Length && text[start] is (byte)' ' or (byte)'\t') start++;
        while (start < text.Length && text[start] == '\\') start++;
        if (start < text.Length && text[start] is (byte)'"' or (byte)'\'') start++;
        if (text[mark] == '=' && System.Text.Ascii.EqualsIgnoreCase(name, "name"u8)) return Part(text, start);
        ReadOnlySpan<byte> beginning = text[start..Math.Min(text.Length, start + MostOfDoubtful)];
        if (!CredentialName.Is(name) && !CredentialValue.Is(beginning[..Math.Min(beginning.Length, MostOfBeginning)]))
        {
            int doubtful = CredentialName.MayBe(name) ? EndOfValue(beginning, text[mark], isString: false) : 0;
            return CredentialValue.IsOpaque(beginning[..doubtful]) ? (start, start + doubtful) : default;
        }

        // A string of JSON ends with a quote that no backslash hides.
        bool isString = isLine && text[start - 1] == '"' && text[start - 2] != '\\';
        return (start, start + EndOfValue(text[start..], text[mark], isString));
    }

    private static ReadOnlySpan<byte> NameBefore(ReadOnlySpan<byte> text)
    {
        int other = text.LastIndexOfAnyExcept(s_ofName);
        return text[(other + 1)..];
    }

    private static int EndOfValue(ReadOnlySpan<byte> value, byte mark, bool isString)
    {
        int end = 0;
        if (isString)
        {
            while (end < value.Length && value[end] != '"') end += value[end] == '\\' ? 2 : 1;
            return Math.Min(end, value.Length);
        }

        end = mark == '>' ? value.IndexOf((byte)'<') : value.IndexOfAny(mark == ':' ? s_afterLine : s_afterValue);
        return end < 0 ? value.Length : end;
    }

    // The part of a form behind its name (RFC 7578 section 4.2).
    private static (int Start, int End) Part(ReadOnlySpan<byte> text, int name)
    {
        ReadOnlySpan<byte> head = text[name..Math.Min(text.Length, name + MostOfDoubtful)];
        int end = head.IndexOfAny("\"\r\n"u8), body = head.IndexOf("\r\n\r\n"u8);
        if (end < 0 || body < 0 || !CredentialName.Is(head[..end])) return default;
        int start = name + body + 4, length = text[start..].IndexOf("\r\n--"u8);
        return (start, length < 0 ? text.Length : start + length);
    }

    // Who stands before the host, with the password (RFC 3986 section 3.2.1).
    private static (int Start, int End) User(ReadOnlySpan<byte> text, int start)
    {
        int length = text[start..].IndexOfAny(s_afterAuthority);
        ReadOnlySpan<byte> authority = length < 0 ? text[start..] : text.Slice(start, length);
        return authority.LastIndexOf((byte)'@') is > 0 and int user ? (start, start + user) : default;
    }
}
