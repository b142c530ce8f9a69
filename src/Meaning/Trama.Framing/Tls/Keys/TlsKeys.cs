using System.Diagnostics.CodeAnalysis;

namespace Trama.Framing.Tls.Keys;

/// <summary>
/// The secrets of TLS connections, from key logs. They may grow while connections are read, from another thread. Nothing tells what they
/// are.
/// </summary>
public sealed class TlsKeys
{
    /// <summary>How many connections' secrets are kept; those of more are left out.</summary>
    public const int MaxConnections = 1 << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<ClientRandom, TlsSecrets> _secrets = [];
    private readonly Dictionary<ulong, byte[]> _premasters = [];
    private readonly ResumableSessions _sessions = new();
    private readonly Lock _asking = new();
    private int _version;

    /// <summary>How many connections' secrets there are.</summary>
    public int Connections
    {
        get
        {
            lock (_gate) return _secrets.Count + _premasters.Count;
        }
    }

    /// <summary>Whether secrets may still come, so that it is worth to wait for those of a connection.</summary>
    public bool MayGrow { get; set; }

    /// <summary>
    /// Adds what other secrets there are. Called once, by <see cref="GatherFor"/> or on whatever thread reads the first connection that
    /// lacks its own; null where there are none.
    /// </summary>
    public Action? Others { get; set; }

    /// <summary>Grows with each secret that is added.</summary>
    internal int Version => Volatile.Read(ref _version);

    /// <summary>Whether handshakes must be digested, because a premaster secret may want it (RFC 7627 section 4).</summary>
    internal bool HasPremasters => _premasters.Count > 0;

    /// <summary>What later connections may resume.</summary>
    internal ResumableSessions Sessions => _sessions;

    /// <summary>Adds a secret.</summary>
    /// <returns>False when there are too many connections.</returns>
    internal bool Add(in KeyLogLine line)
    {
        if (line.Label == SecretLabel.Other) return true;
        byte[] secret = new byte[line.Secret.Length / 2];
        Convert.FromHexString(line.Secret, secret, out _, out _);
        Span<byte> name = stackalloc byte[ClientRandom.Length];
        Convert.FromHexString(line.Name, name, out _, out _);
        lock (_gate)
        {
            if (line.Label == SecretLabel.Premaster)
            {
                if (_premasters.Count >= MaxConnections) return false;
                _premasters[BitConverter.ToUInt64(name)] = secret;
            }
            else
            {
                var random = ClientRandom.Of(name);
                if (!_secrets.TryGetValue(random, out TlsSecrets? secrets))
                {
                    if (_secrets.Count >= MaxConnections) return false;
                    _secrets.Add(random, secrets = new TlsSecrets { ClientRandom = random });
                }

                secrets[line.Label] = secret;
            }

            Volatile.Write(ref _version, _version + 1);
            return true;
        }
    }

    /// <summary>Sees to it that what can be known is known before a first TLS record is read.</summary>
    /// <param name="payload">The payload of a segment.</param>
    /// <returns>Whether it may begin with a record, and secrets were added for it.</returns>
    public bool GatherFor(ReadOnlySpan<byte> payload)
    {
        if (Others is null || payload.IsEmpty || !RecordHeader.MayBegin(payload)) return false;
        int before = Version;
        Gather();
        return Version != before;
    }

    /// <summary>Sees to it that what can be known is known, where it is looked for and not there.</summary>
    internal void Gather()
    {
        if (Others is null) return;
        // Who comes second waits until the first is done.
        lock (_asking)
        {
            Others?.Invoke();
            Others = null;
        }
    }

    /// <summary>The secrets of a connection.</summary>
    internal bool TryFind(ClientRandom random, [NotNullWhen(true)] out TlsSecrets? secrets)
    {
        lock (_gate) return _secrets.TryGetValue(random, out secrets);
    }

    /// <summary>The premaster secret of which the client sent this, encrypted.</summary>
    internal bool TryFindPremaster(ReadOnlySpan<byte> encrypted, [NotNullWhen(true)] out byte[]? premaster)
    {
        premaster = null;
        if (encrypted.Length < KeyLogLine.PremasterName) return false;
        lock (_gate) return _premasters.TryGetValue(BitConverter.ToUInt64(encrypted), out premaster);
    }

    /// <summary>The secrets of connections of which no record was opened yet, at most so many: one of them may be that of a connection
    /// whose ClientHello nobody saw.</summary>
    internal TlsSecrets[] Unused(int limit)
    {
        lock (_gate) return [.. _secrets.Values.Where(secrets => !secrets.IsUsed).Take(limit)];
    }
}
