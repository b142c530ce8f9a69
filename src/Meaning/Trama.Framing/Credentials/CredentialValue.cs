using System.Buffers;
using System.Text;

namespace Trama.Framing.Credentials;

/// <summary>Whether a value looks like what lets somebody in, whatever it is called.</summary>
internal static class CredentialValue
{
    /// <summary>The fewest bytes of a value that nobody can guess.</summary>
    public const int LeastOpaque = 20;

    private const int LeastOfScheme = 4, LeastOfKey = 8;

    // base64url and the points between the parts of a JSON Web Token (RFC 7519 section 3).
    private static readonly SearchValues<byte> s_ofToken =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.="u8);

    // How keys of some services begin: Google, AWS, GitHub, GitLab, Slack, Stripe.
    private static readonly byte[][] s_beginnings =
        [.. "AIza AKIA ghp_ github_pat_ glpat- xoxb- xoxp- sk_live_ rk_live_".Split(' ').Select(Encoding.ASCII.GetBytes)];

    /// <summary>Whether a value is one: a scheme of HTTP with what it takes (RFC 9110 section 11.4), a JSON Web Token, a service's
    /// key.</summary>
    public static bool Is(ReadOnlySpan<byte> value)
    {
        if (value.Length < LeastOfKey) return false;
        value = value.Trim(" \t\"'"u8);
        if (Follows(value, "bearer"u8) || Follows(value, "basic"u8) || TokenIn(value).Length > 0) return true;
        foreach (byte[] beginning in s_beginnings)
            if (value.Length >= LeastOfKey && value.StartsWith(beginning)) return true;
        return false;
    }

    /// <summary>Whether a value can be guessed by nobody: long, of letters and digits without a word's end.</summary>
    public static bool IsOpaque(ReadOnlySpan<byte> value) => value.Length >= LeastOpaque && !value.ContainsAnyExcept(s_ofToken)
        && value.ContainsAnyInRange((byte)'0', (byte)'9') && value.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <summary>The first JSON Web Token within a text (RFC 7519): a JSON object in base64url, and two points.</summary>
    /// <returns>Where it begins, and its bytes; none of length 0.</returns>
    public static (int Start, int Length) TokenIn(ReadOnlySpan<byte> text)
    {
        for (int from = 0; text[from..].IndexOf("eyJ"u8) is >= 0 and var found;)
        {
            int start = from + found, length = text[start..].IndexOfAnyExcept(s_ofToken);
            if (length < 0) length = text.Length - start;
            bool isFirst = start == 0 || !s_ofToken.Contains(text[start - 1]) || text[start - 1] == '=';
            if (isFirst && text.Slice(start, length).Count((byte)'.') >= 2) return (start, length);
            from = start + Math.Max(1, length);
        }

        return default;
    }

    // WebSocket's subprotocols have a comma: "bearer, eyJ…".
    private static bool Follows(ReadOnlySpan<byte> value, ReadOnlySpan<byte> scheme) =>
        value.Length >= scheme.Length + 1 + LeastOfScheme && Ascii.EqualsIgnoreCase(value[..scheme.Length], scheme)
        && value[scheme.Length] is (byte)' ' or (byte)',';
}
