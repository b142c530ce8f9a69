using System.Text;
using Trama.Framing.Tls.Ciphers;

namespace Trama.Framing.Tls.Handshake;

/// <summary>What the messages of a handshake agree on, as far as anybody may read it: the facts, and what keys depend on.</summary>
internal sealed class Negotiation(TlsFacts facts)
{
    private const int MaxProtocols = 8;

    private byte[] _sessionId = [];
    private bool _clientWantsMacOfCiphertext;
    private bool _clientWantsExtended;

    /// <summary>The client's random bytes; empty when nobody saw its hello.</summary>
    public byte[] ClientRandom { get; private set; } = [];

    /// <summary>The server's random bytes; empty when nobody saw its hello.</summary>
    public byte[] ServerRandom { get; private set; } = [];

    /// <summary>The version agreed on; 0 while it is unknown.</summary>
    public ushort Version { get; private set; }

    /// <summary>The suite agreed on; null while it is unknown, or not in the registry.</summary>
    public CipherSuite? Suite { get; private set; }

    /// <summary>The session that the server names, empty for none.</summary>
    public byte[] SessionId { get; private set; } = [];

    /// <summary>The ticket that the client resumes a session with, empty for none.</summary>
    public byte[] Ticket { get; private set; } = [];

    /// <summary>What becomes of early data.</summary>
    public EarlyData EarlyData { get; private set; }

    /// <summary>Whether the MAC of records is of the ciphertext.</summary>
    public bool EncryptThenMac { get; private set; }

    /// <summary>Whether the master secret depends on the whole handshake (RFC 7627).</summary>
    public bool ExtendedMasterSecret { get; private set; }

    /// <summary>Whether it is known to be TLS 1.3.</summary>
    public bool IsTls13 => Version >= TlsVersion.Tls13;

    /// <summary>Reads a message.</summary>
    /// <param name="direction">Where it goes.</param>
    /// <param name="type">What it is.</param>
    /// <param name="body">The message without its header.</param>
    public void Take(Direction direction, HandshakeType type, ReadOnlySpan<byte> body)
    {
        bool isServer = direction == Direction.ToClient;
        if (type == HandshakeType.ClientHello && !isServer) TakeClientHello(Hello.Read(body, isClient: true));
        else if (type == HandshakeType.ServerHello && isServer) TakeServerHello(Hello.Read(body, isClient: false));
        else if (type == HandshakeType.EncryptedExtensions && isServer) TakeExtensions(body);
        else if (type is HandshakeType.EndOfEarlyData or HandshakeType.Finished && !isServer) SettleEarlyData(
            type == HandshakeType.EndOfEarlyData);
        else if (type == HandshakeType.Certificate && isServer) facts.Certificate ??= FirstCertificate(body);
        else if (type == HandshakeType.ServerHelloDone && isServer) facts.IsResumed = false;
    }

    /// <summary>It is known, or must be taken for granted, whether early data count.</summary>
    public void SettleEarlyData(bool isAccepted)
    {
        if (EarlyData == EarlyData.Offered) EarlyData = isAccepted ? EarlyData.Accepted : EarlyData.Refused;
    }

    private void TakeClientHello(in Hello hello)
    {
        if (hello.Random.Length < Keys.ClientRandom.Length) return;
        ClientRandom = hello.Random.ToArray();
        (_sessionId, Ticket) = (hello.SessionId.ToArray(), hello.Ticket.ToArray());
        (_clientWantsMacOfCiphertext, _clientWantsExtended) = (hello.EncryptThenMac, hello.ExtendedMasterSecret);
        if (hello.HasEarlyData && EarlyData == EarlyData.None) EarlyData = EarlyData.Offered;
        facts.Steps |= TlsSteps.ClientHello;
        if (!hello.ServerName.IsEmpty) facts.ServerName ??= Text(hello.ServerName);
        if (facts.OfferedAlpn.Count == 0) facts.OfferedAlpn = Protocols(hello.Protocols);
    }

    private void TakeServerHello(in Hello hello)
    {
        if (hello.Random.Length < Keys.ClientRandom.Length) return;
        (Version, Suite) = (hello.Version, CipherSuite.Find(hello.Suite));
        facts.Version = TlsVersion.NameOf(Version);
        facts.Cipher = CipherSuite.NameOf(hello.Suite);
        facts.IsRetried |= hello.IsRetry;
        if (hello.IsRetry) SettleEarlyData(isAccepted: false);
        if (hello.IsRetry) return;
        ServerRandom = hello.Random.ToArray();
        SessionId = hello.SessionId.ToArray();
        EncryptThenMac = hello.EncryptThenMac && (_clientWantsMacOfCiphertext || ClientRandom.Length == 0);
        ExtendedMasterSecret = hello.ExtendedMasterSecret && (_clientWantsExtended || ClientRandom.Length == 0);
        facts.Steps |= TlsSteps.ServerHello;
        if (ClientRandom.Length > 0 || IsTls13) facts.IsResumed = IsTls13 ? hello.HasPreSharedKey : IsSessionOfClient();
        if (Protocols(hello.Protocols) is [string chosen, ..]) facts.Alpn = chosen;
        if (Version < TlsVersion.Tls10) facts.Obstacle = TlsObstacle.Version;
        else if (hello.Compression != 0) facts.Obstacle = TlsObstacle.Compression;
        else if (Suite is null || !CipherFactory.IsSupported(Suite)) facts.Obstacle = TlsObstacle.Suite;
    }

    // The server repeats the identifier that it resumes; a client with a ticket makes one up for that (RFC 5077 section 3.4).
    private bool IsSessionOfClient() => SessionId.Length > 0 && SessionId.AsSpan().SequenceEqual(_sessionId);

    private void TakeExtensions(ReadOnlySpan<byte> body)
    {
        var hello = default(Hello);
        hello.ReadExtensions(new HelloReader(body).Vector16());
        SettleEarlyData(hello.HasEarlyData);
        if (Protocols(hello.Protocols) is [string chosen, ..]) facts.Alpn = chosen;
    }

    // In TLS 1.3 a context stands before the list; the server's is empty (RFC 8446 section 4.4.2).
    private TlsCertificate? FirstCertificate(ReadOnlySpan<byte> body)
    {
        var fields = new HelloReader(body);
        if (IsTls13) _ = fields.Vector8();
        ReadOnlySpan<byte> first = new HelloReader(fields.Vector24()).Vector24();
        return first.IsEmpty ? null : CertificateReader.Read(first);
    }

    private static List<string> Protocols(ReadOnlySpan<byte> list)
    {
        var protocols = new List<string>();
        for (var fields = new HelloReader(list); !fields.Rest.IsEmpty && protocols.Count < MaxProtocols;) protocols.Add(
            Text(fields.Vector8()));
        return protocols;
    }

    private static string Text(ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, TlsCertificate.MaxLength)]);
}
