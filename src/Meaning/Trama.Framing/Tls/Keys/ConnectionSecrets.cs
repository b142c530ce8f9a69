using Trama.Framing.Tls.Ciphers;
using Trama.Framing.Tls.Handshake;

namespace Trama.Framing.Tls.Keys;

/// <summary>Finds the secrets of one connection, as soon as they are there.</summary>
internal sealed class ConnectionSecrets(TlsKeys? keys, Negotiation negotiation)
{
    // Of connections whose ClientHello nobody saw: how many secrets are tried.
    private const int MaxCandidates = 16;

    private TlsSecrets? _secrets;
    private byte[] _random = [];
    private byte[]? _master;
    private int _version = -1;

    /// <summary>Whether there is anything to look in.</summary>
    public bool HasSource => keys is { Version: > 0 } or { Others: not null };

    /// <summary>Whether secrets may still come, and the connection lacks some.</summary>
    public bool AreAwaited => keys is { MayGrow: true } && negotiation.ClientRandom.Length > 0 && Own() is not { IsComplete: true };

    /// <summary>
    /// The secrets that may be the connection's: its own, or, where its ClientHello is unknown, those that no other connection uses.
    /// </summary>
    public TlsSecrets[] Candidates()
    {
        if (keys is null) return [];
        if (Own() is { } own) return [own];
        if (negotiation.ClientRandom.Length > 0) return [];
        keys.Gather();
        return keys.Unused(MaxCandidates);
    }

    /// <summary>The connection's own secrets; null when there are none yet.</summary>
    public TlsSecrets? Own()
    {
        if (keys is null || (_secrets is null && negotiation.ClientRandom.Length == 0)) return null;
        if (_secrets is not null
            && (negotiation.ClientRandom.Length == 0 || ReferenceEquals(_random, negotiation.ClientRandom))) return _secrets;
        if (_version == keys.Version && ReferenceEquals(_random, negotiation.ClientRandom)) return null;
        (_version, _random, _secrets) = (keys.Version, negotiation.ClientRandom, null);
        if (keys.TryFind(ClientRandom.Of(_random), out TlsSecrets? found)) _secrets = found;
        return _secrets;
    }

    /// <summary>The connection has said who it is: its secrets had better be there by now.</summary>
    public void Expect()
    {
        // Where another thread is about to add them, there may be some of them only.
        if (Own() is not { IsComplete: true }) keys?.Gather();
    }

    /// <summary>These secrets opened a record of the connection.</summary>
    public void Adopt(TlsSecrets secrets)
    {
        secrets.IsUsed = true;
        (_secrets, _random) = (secrets, negotiation.ClientRandom);
    }

    /// <summary>The master secret, up to TLS 1.2; null when it is not known yet.</summary>
    public byte[]? Master()
    {
        if (keys is null) return null;
        if (Own()?[SecretLabel.Master] is { } master) return master;
        if (_master is not null) return _master;
        return keys.Sessions.TryFind(negotiation.Ticket, out master) || keys.Sessions.TryFind(negotiation.SessionId, out master)
            ? master : null;
    }

    /// <summary>Notes the session's identifier or ticket, for the connections that resume it.</summary>
    public void Remember(ReadOnlySpan<byte> name)
    {
        if (Master() is { } master) keys!.Sessions.Add(name, master);
    }

    /// <summary>
    /// Makes the master secret of the premaster secret, when a key log has the one that the client sent (RFC 5246 sections 7.4.7.1 and
    /// 8.1).
    /// </summary>
    /// <param name="body">The ClientKeyExchange without its header.</param>
    /// <param name="handshake">The hash of the handshake up to it, for an extended master secret.</param>
    public void TakeKeyExchange(ReadOnlySpan<byte> body, ReadOnlySpan<byte> handshake)
    {
        if (keys is null || negotiation.Suite is not { } suite
            || !keys.TryFindPremaster(new HelloReader(body).Vector16(), out byte[]? premaster)) return;
        _master = negotiation.ExtendedMasterSecret
            ? PseudorandomFunction.Expand(negotiation.Version, suite.Hash, premaster, "extended master secret"u8, handshake,
                KeyLogLine.LongSecret)
            : PseudorandomFunction.Expand(
                negotiation.Version, suite.Hash, premaster, "master secret"u8, [.. negotiation.ClientRandom, .. negotiation.ServerRandom],
                KeyLogLine.LongSecret);
    }
}
