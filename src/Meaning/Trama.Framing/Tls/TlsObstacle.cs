namespace Trama.Framing.Tls;

/// <summary>Why the data of a TLS connection cannot be read.</summary>
public enum TlsObstacle : byte
{
    /// <summary>Nothing stands in the way, or nothing was encrypted yet.</summary>
    None,

    /// <summary>No key log has its secrets.</summary>
    NoKeys,

    /// <summary>It is encrypted with a cipher that the runtime does not have.</summary>
    Suite,

    /// <summary>Its records are compressed.</summary>
    Compression,

    /// <summary>Its version is older than TLS 1.0.</summary>
    Version,

    /// <summary>There are secrets, but they do not open its records.</summary>
    WrongKeys,
}
