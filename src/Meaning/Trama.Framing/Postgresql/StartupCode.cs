namespace Trama.Framing.Postgresql;

/// <summary>The second number of a message without a type.</summary>
internal static class StartupCode
{
    /// <summary>CancelRequest.</summary>
    public const int Cancel = 80877102;

    /// <summary>SSLRequest.</summary>
    public const int Ssl = 80877103;

    /// <summary>GSSENCRequest.</summary>
    public const int Gss = 80877104;

    /// <summary>StartupMessage of version 3.x.</summary>
    public static bool IsVersion3(int code) => code >> 16 == 3 && (code & 0xffff) < 100;
}
