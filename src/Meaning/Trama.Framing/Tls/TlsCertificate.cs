namespace Trama.Framing.Tls;

/// <summary>
/// What a server's certificate says (RFC 5280 section 4.1). Nothing of it is verified, and the texts may hold any character.
/// </summary>
/// <param name="Subject">Whom it names, as <c>CN=…, O=…</c>; may be empty.</param>
/// <param name="Issuer">Who signed it, in the same way.</param>
/// <param name="NotBefore">From when it is valid.</param>
/// <param name="NotAfter">Until when.</param>
/// <param name="Names">The host names and addresses that it is for, at most <see cref="MaxNames"/>.</param>
public sealed record TlsCertificate(
    string Subject, string Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter, IReadOnlyList<string> Names)
{
    /// <summary>How many names are kept.</summary>
    public const int MaxNames = 16;

    /// <summary>How many characters of a name, a subject or an issuer are kept.</summary>
    public const int MaxLength = 255;
}
