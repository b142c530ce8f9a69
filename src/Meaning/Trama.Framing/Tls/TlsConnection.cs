using System.Buffers;
using System.Security.Cryptography;
using Trama.Framing.Tls.Handshake;
using Trama.Framing.Tls.Keys;
using Trama.Framing.Tls.Records;

namespace Trama.Framing.Tls;

/// <summary>What both directions of a TLS connection share: what its handshake agreed on, and its secrets.</summary>
internal sealed class TlsConnection
{
    // Handshakes up to the ClientKeyExchange are some thousand bytes long.
    private const int MaxTranscript = 64 * 1024;

    private readonly TlsKeys? _keys;
    private ArrayBufferWriter<byte>? _transcript;

    public TlsConnection(TlsKeys? keys)
    {
        _keys = keys;
        Negotiation = new Negotiation(Facts);
        Facts.Secrets = Secrets = new ConnectionSecrets(keys, Negotiation);
    }

    /// <summary>Its framing, which bears its version and its application protocol as soon as they are known.</summary>
    public ConnectionFraming? Framing { get; set; }

    /// <summary>What is known of it.</summary>
    public TlsFacts Facts { get; } = new();

    /// <summary>What its handshake agreed on.</summary>
    public Negotiation Negotiation { get; }

    /// <summary>Its secrets.</summary>
    public ConnectionSecrets Secrets { get; }

    /// <summary>How often it may still be tried to open records in vain.</summary>
    public Tries Tries { get; } = new();

    /// <summary>Whether its data can be read, or will be when they come.</summary>
    public bool IsOpen => Facts.IsDecrypted
        || (Facts.Obstacle is TlsObstacle.None && (Secrets.Own() is not null || (!Negotiation.IsTls13 && Secrets.Master() is not null)));

    /// <summary>The protection that records of a direction are under, as far as the version is known.</summary>
    public Protection Protect(Direction direction) => Negotiation.Version == 0 || Negotiation.IsTls13
        ? new TrafficProtection(Negotiation, Secrets, direction, Tries)
        : new MasterProtection(Negotiation, Secrets, direction, Tries);

    /// <summary>Takes a handshake message.</summary>
    /// <param name="direction">Where it goes.</param>
    /// <param name="message">The message with its header.</param>
    public void Take(Direction direction, ReadOnlySpan<byte> message)
    {
        var type = (HandshakeType)message[0];
        ReadOnlySpan<byte> body = message[4..];
        Negotiation.Take(direction, type, body);
        if (Framing is { } framing && Facts.Version is { } version)
            (framing.Layer, framing.Alpn) = (version.StartsWith("SSL", StringComparison.Ordinal) ? "ssl3" : $"tls{version}", Facts.Alpn);
        if (_keys is not { } keys) return;
        if (type == HandshakeType.ClientHello) Secrets.Expect();
        if (type == HandshakeType.NewSessionTicket && !Negotiation.IsTls13) RememberTicket(body);
        else if (type == HandshakeType.Finished && Negotiation.SessionId.Length > 0 && !Negotiation.IsTls13) Secrets.Remember(
            Negotiation.SessionId);
        if (keys.HasPremasters) TakePremaster(type, message);
    }

    private void RememberTicket(ReadOnlySpan<byte> body)
    {
        var fields = new HelloReader(body);
        _ = fields.Take(4);
        Secrets.Remember(fields.Vector16());
    }

    // An extended master secret is made with the hash of the handshake up to here (RFC 7627 section 4).
    private void TakePremaster(HandshakeType type, ReadOnlySpan<byte> message)
    {
        if (type == HandshakeType.ClientHello) _transcript = new ArrayBufferWriter<byte>();
        if (_transcript is null || _transcript.WrittenCount + message.Length > MaxTranscript) return;
        _transcript.Write(message);
        if (type != HandshakeType.ClientKeyExchange) return;
        Secrets.TakeKeyExchange(
            message[4..], Negotiation.Suite is { } suite ? CryptographicOperations.HashData(suite.Hash, _transcript.WrittenSpan) : []);
        _transcript = null;
    }
}
