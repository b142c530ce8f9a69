namespace Trama.Framing.Ldap;

/// <summary>What the two directions of a connection know of each other.</summary>
internal sealed class LdapSession
{
    /// <summary>The number of the request for TLS that waits; absent when none does.</summary>
    public int? StartTls { get; set; }

    /// <summary>Whether a mechanism was asked for that may wrap what follows (RFC 4513 section 5.2.1.4).</summary>
    public bool MayWrap { get; set; }

    /// <summary>Whether messages are wrapped: then nobody can read them.</summary>
    public bool IsWrapped { get; set; }
}
