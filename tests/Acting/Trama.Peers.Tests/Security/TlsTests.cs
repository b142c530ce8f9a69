using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Trama.Framing;
using Trama.Peers.Security;
using Trama.Peers.Sending;
using Trama.Peers.Tests.Sending;
using Trama.Peers.Tests.Serving;

namespace Trama.Peers.Tests.Security;

public class TlsTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly X509Certificate2Collection Ours = Certificates.Generate(Now);

    [Fact]
    public async Task Megabytes_pass_both_ways()
    {
        await using RunningServer server = Serving(new TlsServerOptions(Ours));
        byte[] message = new byte[5 << 20];
        new Random(1).NextBytes(message);
        var log = new KeptLog();
        using Client client = await Client.ConnectAsync(To(server, Trusting(Ours)));
        await client.StreamAsync(message, Stream.Null, log);
        Assert.True(log.ReceivedBytes.SequenceEqual(message));
    }

    [Fact]
    public async Task A_client_that_ends_its_side_hears_that_the_server_ends_its_own()
    {
        await using RunningServer server = Serving(new TlsServerOptions(Ours));
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Endpoint, TestContext.Current.CancellationToken);
        using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: true, (_, shown, _, _) =>
            shown?.GetCertHashString() == Ours[0].GetCertHashString());
        await tls.AuthenticateAsClientAsync("localhost");
        await tls.WriteAsync("hi"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.True(await tls.ReadAsync(new byte[10], TestContext.Current.CancellationToken) > 0);
        await tls.ShutdownAsync();
        // A record, where nothing would be the end of the stream alone.
        Assert.True(await socket.GetStream().ReadAsync(new byte[100], TestContext.Current.CancellationToken) > 0);
        await server.Log.UntilAsync("closed ClientClosed");
    }

    [Fact]
    public async Task A_client_closes_with_a_word_and_without_a_reset_whatever_it_has_not_read()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<Client> connecting = Client.ConnectAsync(new ClientOptions
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)listener.LocalEndpoint).Port,
            Tls = Trusting(Ours),
            Framing = FramingRule.Lines,
        });
        using Socket socket = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        using var tls = new SslStream(new NetworkStream(socket));
        await tls.AuthenticateAsServerAsync(Ours[0]);
        using Client client = await connecting;
        Task<ReplyEnd> exchange = client.ExchangeAsync("hi\n"u8.ToArray(), new KeptLog());
        Assert.True(await tls.ReadAsync(new byte[10], TestContext.Current.CancellationToken) > 0);
        await tls.WriteAsync("ok\n"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal(ReplyEnd.Complete, await exchange);
        await tls.WriteAsync("and more\n"u8.ToArray(), TestContext.Current.CancellationToken);
        Task closing = client.CloseAsync();
        // A record, and then the end of the stream.
        byte[] heard = new byte[100];
        Assert.True(await socket.ReceiveAsync(heard, TestContext.Current.CancellationToken) > 0);
        Assert.Equal(0, await socket.ReceiveAsync(heard, TestContext.Current.CancellationToken));
        await closing;
    }

    [Fact]
    public async Task A_known_fingerprint_is_enough_and_another_is_not()
    {
        await using RunningServer server = Serving(new TlsServerOptions(Ours));
        using Client client = await Client.ConnectAsync(
            To(server, new() { ServerName = "x", Fingerprint = Certificates.Fingerprint(Ours[0]) }));
        Assert.Equal(TlsFailure.WrongFingerprint, await FailureAsync(
            server, new() { ServerName = "x", Fingerprint = new string('0', 64) }));
    }

    [Fact]
    public async Task A_certificate_for_another_purpose_is_refused_with_that_reason()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        // clientAuth (RFC 5280, section 4.2.1.12).
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        X509Certificate2Collection certificate = [request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1))];
        await using RunningServer server = Serving(new TlsServerOptions(certificate));
        Assert.Equal(TlsFailure.WrongPurpose, await FailureAsync(server, Trusting(certificate)));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_unless_that_is_accepted()
    {
        await using RunningServer server = Serving(new TlsServerOptions(Ours));
        Assert.Equal(TlsFailure.Untrusted, await FailureAsync(server, new() { ServerName = "localhost" }));
        using Client client = await Client.ConnectAsync(To(server, new() { ServerName = "localhost", Insecure = true }));
    }

    [Fact]
    public async Task A_wrong_name_is_told_from_a_wrong_time()
    {
        await using RunningServer server = Serving(new TlsServerOptions(Ours));
        Assert.Equal(TlsFailure.WrongName, await FailureAsync(server, Trusting(Ours) with { ServerName = "elsewhere.example" }));
        X509Certificate2Collection old = Certificates.Generate(Now.AddDays(-60));
        await using RunningServer late = Serving(new TlsServerOptions(old));
        Assert.Equal(TlsFailure.NotInTime, await FailureAsync(late, Trusting(old)));
    }

    [Fact]
    public async Task Both_agree_on_a_protocol()
    {
        await using RunningServer server = Serving(new TlsServerOptions(Ours) { Protocols = ["h2", "http/1.1"] });
        using Client client = await Client.ConnectAsync(To(server, Trusting(Ours) with { Protocols = ["http/1.1"] }));
        Assert.Equal("http/1.1", ((TlsTransport)client.Transport).Session.Protocol);
    }

    [Fact]
    public async Task A_client_shows_the_certificate_that_the_server_asks_for()
    {
        await using RunningServer server = Serving(new TlsServerOptions(Ours) { ClientAuthorities = [ForClient()[0]] });
        X509Certificate2Collection known = ForClient();
        await using RunningServer strict = Serving(new TlsServerOptions(Ours) { ClientAuthorities = known });
        using Client client = await Client.ConnectAsync(To(strict, Trusting(Ours) with { Certificate = known }));
        await client.StreamAsync("hi"u8.ToArray(), Stream.Null, new KeptLog());
        await strict.Log.UntilAsync("message hi");

        using Client unknown = await Client.ConnectAsync(To(server, Trusting(Ours)));
        await server.Log.UntilAsync("closed TlsFailed");
    }

    [Fact]
    public async Task Who_speaks_no_TLS_hurts_nobody_else()
    {
        await using RunningServer server = Serving(new TlsServerOptions(Ours));
        using (Socket stray = await server.ConnectAsync())
        {
            await stray.SayAsync("GET / HTTP/1.1\r\n\r\n");
            await server.Log.UntilAsync("closed TlsFailed");
        }

        using Client client = await Client.ConnectAsync(To(server, Trusting(Ours)));
        using var plain = new RunningListener();
        Assert.Equal(TlsFailure.NotTls, await FailureAsync(plain.Endpoint, Trusting(Ours)));
    }

    private static RunningServer Serving(TlsServerOptions tls) => new(RunningServer.Echoing with { Tls = tls });

    private static TlsClientOptions Trusting(X509Certificate2Collection certificate) =>
        new() { ServerName = "localhost", Authorities = certificate };

    private static ClientOptions To(RunningServer server, TlsClientOptions tls) => To(server.Endpoint, tls);

    private static ClientOptions To(IPEndPoint endpoint, TlsClientOptions tls) =>
        new() { Host = endpoint.Address.ToString(), Port = endpoint.Port, Tls = tls };

    private static Task<TlsFailure> FailureAsync(RunningServer server, TlsClientOptions tls) => FailureAsync(server.Endpoint, tls);

    private static async Task<TlsFailure> FailureAsync(IPEndPoint endpoint, TlsClientOptions tls)
    {
        ClientException error = await Assert.ThrowsAsync<ClientException>(() => Client.ConnectAsync(To(endpoint, tls)));
        Assert.Equal(ClientFailure.TlsFailed, error.Failure);
        return Assert.IsType<TlsException>(error.InnerException).Failure;
    }

    private static X509Certificate2Collection ForClient()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256);
        return [request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1))];
    }

    /// <summary>A server that answers whatever comes with something that is not TLS.</summary>
    private sealed class RunningListener : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        public RunningListener()
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen();
            _ = AnswerAsync();
        }

        public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndPoint!;

        public void Dispose() => _listener.Dispose();

        private async Task AnswerAsync()
        {
            using Socket accepted = await _listener.AcceptAsync();
            await accepted.SendAsync("220 mail.example ESMTP\r\n"u8.ToArray());
            await accepted.ReceiveAsync(new byte[10]);
        }
    }
}
