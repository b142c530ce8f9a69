using System.Text;

namespace Trama.Framing.Credentials;

/// <summary>Whether a name is one behind which stands what lets somebody in: of a header field, of a parameter in a query, a path or a
/// form, of a member of JSON. Case and marks within do not matter, and what is percent-encoded is read.</summary>
internal static class CredentialName
{
    // Of a long name its end matters: X-Amz-Security-Token.
    private const int MostRead = 64;

    private static readonly byte[][] s_parts = Words(
        "authorization authentication xauth cookie token apikey secret passw passphrase signature credential sessionid sessid"
        + " subscriptionkey functionskey accesskey accountkey sharedkey privatekey masterkey jwt clientassertion samlresponse");

    private static readonly byte[][] s_wholes = Words("pwd pass sig auth otp pin");

    private static readonly byte[][] s_doubtful = Words("key sid session xsession code");

    /// <summary>Whether it is one, whatever is behind it.</summary>
    public static bool Is(ReadOnlySpan<byte> name)
    {
        Span<byte> letters = stackalloc byte[MostRead];
        letters = letters[..Read(name, letters)];
        foreach (byte[] part in s_parts)
            if (letters.IndexOf(part) >= 0) return true;
        return IsOneOf(letters, s_wholes);
    }

    /// <summary>Whether it is one where what is behind it looks like that: a key may be a colour's.</summary>
    public static bool MayBe(ReadOnlySpan<byte> name)
    {
        Span<byte> letters = stackalloc byte[MostRead];
        return IsOneOf(letters[..Read(name, letters)], s_doubtful);
    }

    private static bool IsOneOf(ReadOnlySpan<byte> letters, byte[][] words)
    {
        foreach (byte[] word in words)
            if (letters.SequenceEqual(word)) return true;
        return false;
    }

    // Letters and digits alone, in lower case, from the end as many as fit.
    private static int Read(ReadOnlySpan<byte> name, Span<byte> letters)
    {
        if (name.Length > 3 * MostRead) name = name[^(3 * MostRead)..];
        int count = 0;
        for (int at = 0; at < name.Length; at++)
        {
            byte value = name[at];
            bool isEncoded = value == '%' && at + 2 < name.Length && char.IsAsciiHexDigit((char)name[at + 1])
                && char.IsAsciiHexDigit((char)name[at + 2]);
            if (isEncoded) value = (byte)(HexDigit(name[++at]) << 4 | HexDigit(name[++at]));
            if (!char.IsAsciiLetterOrDigit((char)value)) continue;
            if (count == letters.Length)
            {
                letters[1..].CopyTo(letters);
                count--;
            }

            letters[count++] = (byte)char.ToLowerInvariant((char)value);
        }

        return count;
    }

    private static int HexDigit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static byte[][] Words(string words) => [.. words.Split(' ').Select(Encoding.ASCII.GetBytes)];
}
