using Trama.Framing.Tls.Ciphers;
using Trama.Framing.Tls.Handshake;
using Trama.Framing.Tls.Keys;

namespace Trama.Framing.Tls.Records;

/// <summary>
/// The protection of one direction of TLS 1.3: of early data, of the handshake, of the application, and there a new key after each
/// KeyUpdate (RFC 8446 sections 2.3 and 4.6.3). The messages say when a key follows another; where they are missing, the later keys are
/// tried.
/// </summary>
internal sealed class TrafficProtection : Protection
{
    // How many KeyUpdates may be missing in one loss.
    private const int MaxUpdates = 3;

    // The type of the content stands behind it (RFC 8446 section 5.2).
    private const int TypeLength = 1;

    private readonly Negotiation _negotiation;
    private readonly ConnectionSecrets _secrets;
    private readonly Tries _tries;
    private readonly SecretLabel[] _epochs;
    private KeyedRecords? _records;
    private CipherSuite? _suite;
    private byte[]? _secret;
    private int _epoch = -1;
    private int _next;

    public TrafficProtection(Negotiation negotiation, ConnectionSecrets secrets, Direction direction, Tries tries)
    {
        (_negotiation, _secrets, _tries) = (negotiation, secrets, tries);
        _epochs = direction == Direction.ToServer
            ? [SecretLabel.ClientEarly, SecretLabel.ClientHandshake, SecretLabel.ClientApplication]
            : [SecretLabel.ServerHandshake, SecretLabel.ServerApplication];
    }

    /// <inheritdoc/>
    public override bool IsOfApplication => _next == _epochs.Length - 1 || IsEarly;

    /// <inheritdoc/>
    public override int Overhead => RecordHeader.Length + TypeLength + (_records?.Overhead ?? 0);

    /// <summary>Whether the records are early data.</summary>
    public bool IsEarly => _epochs[Math.Max(_next, 0)] == SecretLabel.ClientEarly && _epoch == _next;

    /// <inheritdoc/>
    public override bool TryOpen(in TlsRecord record, int slack, Span<byte> plaintext, out RecordType type, out Range range)
    {
        type = record.Header.Type;
        ulong first = _epoch == _next ? _records!.Next : 0;
        ChangedKey = false;
        if (_epoch != _next || !_records!.TryOpen(record, slack, plaintext, out range))
        {
            if (!TryLaterKeys(record, slack, plaintext, out range)) return false;
            (first, ChangedKey) = (0, true);
        }

        Missing = (int)(_records!.Next - 1 - first);
        // Zeros may pad the content, behind its type.
        int end = plaintext[range].LastIndexOfAnyExcept((byte)0);
        if (end < 0) return true;
        (type, range) = ((RecordType)plaintext[end], ..end);
        return true;
    }

    /// <inheritdoc/>
    public override void Pass(ReadOnlySpan<byte> fragment)
    {
        if (_epoch == _next) _records!.Pass(fragment);
    }

    /// <summary>A message says that the next record is under another key.</summary>
    public void Take(HandshakeType message)
    {
        if (message == HandshakeType.KeyUpdate && _epoch == _epochs.Length - 1)
        {
            _secret = CipherFactory.NextTrafficSecret(_suite!, _secret);
            Use(_suite!, _secret, _epoch);
        }
        else if (message is HandshakeType.Finished or HandshakeType.EndOfEarlyData && _next < _epochs.Length - 1)
        {
            _next = message == HandshakeType.Finished ? _epochs.Length - 1 : _next + 1;
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _records?.Dispose();

    private bool TryLaterKeys(in TlsRecord record, int slack, Span<byte> plaintext, out Range range)
    {
        range = default;
        foreach (TlsSecrets candidate in _secrets.Candidates())
        {
            for (int epoch = _epoch == _next ? _next + 1 : Math.Max(_next, 0); epoch < _epochs.Length; epoch++)
            {
                if (candidate[_epochs[epoch]] is not { } secret || !TrySuites(secret, epoch, record, slack, plaintext, out range)) continue;
                _secrets.Adopt(candidate);
                return true;
            }
        }

        return _epoch == _epochs.Length - 1 && slack > 0 && TryUpdates(record, slack, plaintext, out range);
    }

    private bool TrySuites(byte[] secret, int epoch, in TlsRecord record, int slack, Span<byte> plaintext, out Range range)
    {
        range = default;
        foreach (CipherSuite suite in _negotiation.Suite is { IsOfTls13: true } agreed ? [agreed] : CipherSuite.OfTls13)
        {
            if (HashLength(suite) == secret.Length && CipherFactory.IsSupported(suite)
                && TryKey(suite, secret, epoch, record, slack, plaintext, out range)) return true;
        }

        return false;
    }

    private bool TryUpdates(in TlsRecord record, int slack, Span<byte> plaintext, out Range range)
    {
        range = default;
        byte[] secret = _secret!;
        for (int i = 0; i < MaxUpdates; i++)
        {
            secret = CipherFactory.NextTrafficSecret(_suite!, secret);
            if (TryKey(_suite!, secret, _epoch, record, slack, plaintext, out range)) return true;
        }

        return false;
    }

    private bool TryKey(CipherSuite suite, byte[] secret, int epoch, in TlsRecord record, int slack, Span<byte> plaintext, out Range range)
    {
        range = default;
        if (_tries.AreSpent) return false;
        var records = new KeyedRecords(CipherFactory.OfTrafficSecret(suite, secret), _tries);
        if (!records.TryOpen(record, slack, plaintext, out range))
        {
            records.Dispose();
            return false;
        }

        Use(records, suite, secret, epoch);
        return true;
    }

    private void Use(CipherSuite suite, byte[] secret, int epoch) =>
        Use(new KeyedRecords(CipherFactory.OfTrafficSecret(suite, secret), _tries), suite, secret, epoch);

    private void Use(KeyedRecords records, CipherSuite suite, byte[] secret, int epoch)
    {
        _records?.Dispose();
        (_records, _suite, _secret, _epoch, _next) = (records, suite, secret, epoch, epoch);
    }

    private static int HashLength(CipherSuite suite) =>
        suite.Hash == System.Security.Cryptography.HashAlgorithmName.SHA384 ? KeyLogLine.LongSecret : KeyLogLine.ShortSecret;
}
