namespace Trama.Framing.Tls.Keys;

/// <summary>What is known of the secrets of one TLS connection.</summary>
internal sealed class TlsSecrets
{
    private readonly byte[]?[] _secrets = new byte[]?[(int)SecretLabel.ServerApplication + 1];

    /// <summary>The connection's client random.</summary>
    public required ClientRandom ClientRandom { get; init; }

    /// <summary>Whether they opened a record.</summary>
    public bool IsUsed { get; set; }

    /// <summary>A secret; null when it is not known.</summary>
    public byte[]? this[SecretLabel label]
    {
        get => Volatile.Read(ref _secrets[(int)label]);
        set => Volatile.Write(ref _secrets[(int)label], value);
    }

    /// <summary>Whether no more need be waited for: the master secret, or those of TLS 1.3's application data, which come last.</summary>
    public bool IsComplete => this[SecretLabel.Master] is not null
        || (this[SecretLabel.ClientApplication] is not null && this[SecretLabel.ServerApplication] is not null);
}
