using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Trama.Lab.Experiments;
using Trama.Lab.Faults;
using Trama.Lab.Programs;

namespace Trama.Lab.Make;

/// <summary>A healthy encrypted conversation. It is made here, so that the lab itself needs no TLS.</summary>
internal static class TlsConversation
{
    private const int HandshakeRoundTrips = 3;
    private const double MostDelay = 15;

    private static readonly X509Certificate2 Certificate = SelfSigned();

    /// <summary>Draws an experiment.</summary>
    public static Plan Draw(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(2, 6));
        Surroundings around = Surroundings.Draw(dice);
        SslProtocols version = dice.Pick(SslProtocols.Tls12, SslProtocols.Tls13);
        return Clean.Talking(dice, "tls", "A TLS conversation: handshake and a few encrypted exchanges (the payload is unreadable).",
            exchanges) with
        {
            Around = around,
            Parameters = new()
            {
                ["tls_version"] = version == SslProtocols.Tls12 ? "1.2" : "1.3",
                ["application_exchanges"] = exchanges.Length
            },
            Checks = seen =>
            [
                // The libraries that encrypt take long the first time.
                new Check("nobody stalled (ms for each round trip)", Milliseconds(seen) / (exchanges.Length + HandshakeRoundTrips)
                    < around.RttMs + MostDelay, $"{Milliseconds(seen):F0}"),
                Evidence.Exactly("no RST", seen.ClientSent.Resets + seen.ServerSent.Resets, 0),
            ],
            Server = server =>
            {
                using Talk talk = server.Accept();
                using var stream = new SslStream(new NetworkStream(talk.Socket));
                stream.AuthenticateAsServer(new SslServerAuthenticationOptions
                { ServerCertificate = Certificate, EnabledSslProtocols = version });
                foreach (Exchange exchange in exchanges)
                {
                    stream.ReadExactly(new byte[exchange.Request]);
                    stream.Write(talk.Make(exchange.Reply));
                }

                while (stream.Read(new byte[256]) > 0)
                {
                }
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                talk.Socket.NoDelay = true;
                using var stream = new SslStream(new NetworkStream(talk.Socket));
                stream.AuthenticateAsClient(new SslClientAuthenticationOptions
                {
                    TargetHost = "trama.test",
                    EnabledSslProtocols = version,
                    CertificateChainPolicy = new X509ChainPolicy
                    {
                        TrustMode = X509ChainTrustMode.CustomRootTrust,
                        CustomTrustStore = { Certificate },
                        RevocationMode = X509RevocationMode.NoCheck
                    },
                });
                foreach (Exchange exchange in exchanges)
                {
                    stream.Write(talk.Make(exchange.Request));
                    stream.ReadExactly(new byte[exchange.Reply]);
                }

                stream.ShutdownAsync().Wait();
                talk.Socket.Shutdown(SocketShutdown.Send);
                talk.ReadToEnd();
            },
        };
    }

    private static double Milliseconds(Evidence seen) => (seen.ClientGot.LastData - seen.ClientSent.FirstData) / 1e6;

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=trama.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("trama.test");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
    }
}
