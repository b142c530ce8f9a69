using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Trama.Testing.Tests;

/// <summary>Of what is encrypted nothing is known of what was asked, and how soon it was answered: not even in the middle of it.</summary>
public class SealedTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task What_is_said_of_requests_and_replies_does_not_pass(bool relayed)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using X509Certificate2 certificate = Certificate();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = new WireOptions { PreferRelay = relayed };
        await using Wire wire = await Wire.CaptureAsync(((IPEndPoint)listener.LocalEndpoint).Port, options);
        using var client = new TcpClient();
        await client.ConnectAsync(wire.Address, stop);
        using TcpClient accepted = await listener.AcceptTcpClientAsync(stop);
        await using var asked = new SslStream(
            client.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => certificate.Equals(shown));
        await using var answering = new SslStream(accepted.GetStream());
        await Task.WhenAll(asked.AuthenticateAsClientAsync("localhost"), answering.AuthenticateAsServerAsync(certificate));
        foreach (string time in (string[])["from its beginning", "in its middle"])
        {
            await asked.WriteAsync("ping\n"u8.ToArray(), stop);
            await answering.ReadExactlyAsync(new byte[5], stop);
            await answering.WriteAsync("pong\n"u8.ToArray(), stop);
            await asked.ReadExactlyAsync(new byte[5], stop);
            Traffic traffic = wire.Traffic;
            Assert.All((Action<WireAssertions>[])
            [
                it => it.ReplyWithin(TimeSpan.FromMinutes(1)), it => it.HaveNoFailures(), it => it.HaveExchanges(traffic.Exchanges.Count),
                it => it.HaveOperations(),
            ], assertion => Assert.True(Assert.Throws<WireAssertionException>(() => assertion(wire.Should())).Message
                .StartsWith("connection 1 is encrypted: what it says cannot be seen", StringComparison.Ordinal), time));
            wire.Should().HaveConnections(1);
            wire.Clear();
        }
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null);
    }
}
