namespace Trama.Framing.Tls;

/// <summary>The versions of TLS by their numbers on the wire (RFC 8446 section 4.2.1).</summary>
internal static class TlsVersion
{
    public const ushort Ssl30 = 0x0300;
    public const ushort Tls10 = 0x0301;
    public const ushort Tls11 = 0x0302;
    public const ushort Tls12 = 0x0303;
    public const ushort Tls13 = 0x0304;

    /// <summary>The number of a version as people write it (<c>1.3</c>); null for another number.</summary>
    public static string? NameOf(ushort version) => version switch
    {
        Ssl30 => "SSL 3.0",
        Tls10 => "1.0",
        Tls11 => "1.1",
        Tls12 => "1.2",
        Tls13 => "1.3",
        _ => null,
    };
}
