using Trama.Framing.Tls.Ciphers;

namespace Trama.Framing.Tls.Handshake;

/// <summary>The names of handshake messages, and what a hello says in a few words.</summary>
internal static class HelloWords
{
    /// <summary>Adds what a hello says: server name, application protocols, version.</summary>
    /// <param name="body">The message without its header.</param>
    /// <param name="isClient">Whether it is a ClientHello.</param>
    /// <param name="text">Where the words go.</param>
    public static void Add(ReadOnlySpan<byte> body, bool isClient, ref ShortText text)
    {
        var hello = Hello.Read(body, isClient);
        text.Add(isClient ? "ClientHello"u8 : hello.IsRetry ? "HelloRetryRequest"u8 : "ServerHello"u8);
        if (!hello.ServerName.IsEmpty)
        {
            text.Add(" sni="u8);
            text.Add(hello.ServerName);
        }

        bool first = true;
        for (var protocols = new HelloReader(hello.Protocols); !protocols.Rest.IsEmpty; first = false)
        {
            text.Add(first ? " alpn="u8 : ","u8);
            text.Add(protocols.Vector8());
        }

        text.Add(hello.Version switch
        {
            TlsVersion.Ssl30 => " SSL 3.0"u8,
            TlsVersion.Tls10 => " TLS 1.0"u8,
            TlsVersion.Tls11 => " TLS 1.1"u8,
            TlsVersion.Tls12 => " TLS 1.2"u8,
            TlsVersion.Tls13 => " TLS 1.3"u8,
            _ => default,
        });
        if (isClient || hello.Suite == 0) return;
        text.Add(" "u8);
        foreach (char letter in CipherSuite.NameOf(hello.Suite)) text.Add([(byte)letter]);
    }

    /// <summary>The name of a message.</summary>
    public static ReadOnlySpan<byte> NameOf(HandshakeType type) => type switch
    {
        HandshakeType.HelloRequest => "HelloRequest"u8,
        HandshakeType.NewSessionTicket => "NewSessionTicket"u8,
        HandshakeType.EndOfEarlyData => "EndOfEarlyData"u8,
        HandshakeType.EncryptedExtensions => "EncryptedExtensions"u8,
        HandshakeType.Certificate => "Certificate"u8,
        HandshakeType.ServerKeyExchange => "ServerKeyExchange"u8,
        HandshakeType.CertificateRequest => "CertificateRequest"u8,
        HandshakeType.ServerHelloDone => "ServerHelloDone"u8,
        HandshakeType.CertificateVerify => "CertificateVerify"u8,
        HandshakeType.ClientKeyExchange => "ClientKeyExchange"u8,
        HandshakeType.Finished => "Finished"u8,
        HandshakeType.CertificateStatus => "CertificateStatus"u8,
        HandshakeType.KeyUpdate => "KeyUpdate"u8,
        HandshakeType.CompressedCertificate => "CompressedCertificate"u8,
        _ => "handshake"u8,
    };
}
