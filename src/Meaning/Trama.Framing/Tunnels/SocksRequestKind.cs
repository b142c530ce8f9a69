namespace Trama.Framing.Tunnels;

/// <summary>What the client of SOCKS says.</summary>
internal enum SocksRequestKind : byte
{
    /// <summary>The ways of authentication that it offers.</summary>
    Greeting,

    /// <summary>A name and a password.</summary>
    Password,

    /// <summary>What it wants, in version 4.</summary>
    Request4,

    /// <summary>What it wants, in version 5.</summary>
    Request5,
}
