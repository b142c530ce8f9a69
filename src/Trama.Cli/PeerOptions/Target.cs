using System.Globalization;
using System.Net;

namespace Trama.Cli.PeerOptions;

/// <summary>A server as a person writes it: a name or an address, with its port or without, or a URL.</summary>
/// <param name="Host">The name or address, without brackets.</param>
/// <param name="Port">The port, when it is there or the scheme has one of its own.</param>
internal sealed record Target(string Host, int? Port)
{
    /// <summary>The scheme of a URL; null when it is none.</summary>
    public string? Scheme { get; private init; }

    /// <summary>Path and query of a URL, <c>/</c> when there is none.</summary>
    public string Path { get; private init; } = "/";

    /// <summary>Whether TLS is meant.</summary>
    public bool IsTls => Scheme is "tls" or "https";

    /// <summary>Whether HTTP is meant.</summary>
    public bool IsHttp => Scheme is "http" or "https";

    /// <summary>
    /// The target; null when the text is none: a scheme that is not known, a port out of range, a user's name, a path where none belongs.
    /// </summary>
    public static Target? Parse(string text)
    {
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        return scheme < 0 ? Place(text, standard: null) : Url(text[..scheme].ToLowerInvariant(), text[(scheme + 3)..]);
    }

    private static Target? Url(string scheme, string rest)
    {
        int end = rest.AsSpan().IndexOfAny("/?#");
        (string place, string tail) = end < 0 ? (rest, "") : (rest[..end], rest[end..].Split('#')[0]);
        if (place.Contains('@', StringComparison.Ordinal) || tail.Any(letter => letter <= ' ')) return null;
        Target? target = scheme switch
        {
            "http" => Place(place, 80),
            "https" => Place(place, 443),
            "tcp" or "tls" when tail is "" or "/" => Place(place, standard: null),
            _ => null,
        };
        return target is null ? null : target with { Scheme = scheme, Path = tail.StartsWith('/') ? tail : $"/{tail}" };
    }

    private static Target? Place(string text, int? standard)
    {
        if (text is ['[', ..])
        {
            int end = text.IndexOf(']', StringComparison.Ordinal);
            if (end < 0 || !IPAddress.TryParse(text[1..end], out _)) return null;
            return WithPort(text[1..end], text[(end + 1)..], standard);
        }

        int colon = text.IndexOf(':', StringComparison.Ordinal);
        // More than one belong to an IPv6 address, which has no port then.
        return colon < 0 || text.LastIndexOf(':') != colon ? WithPort(text, "", standard)
            : WithPort(text[..colon], text[colon..], standard);
    }

    private static Target? WithPort(string host, string port, int? standard)
    {
        if (host.Length == 0) return null;
        if (port.Length == 0) return new Target(host, standard);
        bool isPort = int.TryParse(port.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number is >= 1 and <= 65535 && port[0] == ':';
        return isPort ? new Target(host, number) : null;
    }
}
