using Trama.Framing.Tls.Ciphers;
using Trama.Framing.Tls.Handshake;
using Trama.Framing.Tls.Keys;

namespace Trama.Framing.Tls.Records;

/// <summary>
/// The protection of one direction up to TLS 1.2, from a ChangeCipherSpec to the next: one key, made of the master secret.
/// </summary>
internal sealed class MasterProtection : Protection
{
    private readonly Negotiation _negotiation;
    private readonly ConnectionSecrets _secrets;
    private readonly Direction _direction;
    private readonly Tries _tries;
    private KeyedRecords? _records;
    private int _passed;

    public MasterProtection(Negotiation negotiation, ConnectionSecrets secrets, Direction direction, Tries tries) =>
        (_negotiation, _secrets, _direction, _tries) = (negotiation, secrets, direction, tries);

    /// <inheritdoc/>
    public override bool IsOfApplication => _records is { Next: > 0 };

    /// <inheritdoc/>
    public override int Overhead => RecordHeader.Length + (_records?.Overhead ?? 0);

    /// <inheritdoc/>
    public override bool TryOpen(in TlsRecord record, int slack, Span<byte> plaintext, out RecordType type, out Range range)
    {
        (type, range) = (record.Header.Type, default);
        // The first record under a key is the Finished.
        ulong first = Math.Max(_records?.Next ?? 0, 1);
        if (_records is null ? !TryBegin(record, slack + _passed, plaintext, out range)
            : !_records.TryOpen(record, slack, plaintext, out range)) return false;
        Missing = (int)Math.Max((long)(_records!.Next - 1 - first), 0);
        return true;
    }

    /// <inheritdoc/>
    public override void Pass(ReadOnlySpan<byte> fragment)
    {
        if (_records is not null) _records.Pass(fragment);
        else if (_passed < 1024) _passed++;
    }

    /// <inheritdoc/>
    public override void Dispose() => _records?.Dispose();

    private bool TryBegin(in TlsRecord record, int slack, Span<byte> plaintext, out Range range)
    {
        range = default;
        if (_negotiation.Suite is not { } suite || _negotiation.ServerRandom.Length == 0 || !CipherFactory.IsSupported(suite)) return false;
        if (_negotiation.ClientRandom.Length > 0)
            return _secrets.Master() is { } master && TryKey(suite, _negotiation.ClientRandom, master, record, slack, plaintext, out range);
        byte[] random = new byte[ClientRandom.Length];
        foreach (TlsSecrets candidate in _secrets.Candidates())
        {
            if (candidate[SecretLabel.Master] is not { } master) continue;
            candidate.ClientRandom.Write(random);
            if (!TryKey(suite, random, master, record, slack, plaintext, out range)) continue;
            _secrets.Adopt(candidate);
            return true;
        }

        return false;
    }

    private bool TryKey(CipherSuite suite, byte[] clientRandom, byte[] master, in TlsRecord record, int slack, Span<byte> plaintext,
        out Range range)
    {
        var terms = new AgreedTerms(_negotiation.Version, suite, clientRandom, _negotiation.ServerRandom, _negotiation.EncryptThenMac);
        var records = new KeyedRecords(CipherFactory.OfMasterSecret(terms, master, _direction), _tries);
        if (records.TryOpen(record, slack, plaintext, out range))
        {
            _records = records;
            if (_secrets.Own() is { } own) own.IsUsed = true;
            return true;
        }

        records.Dispose();
        return false;
    }
}
