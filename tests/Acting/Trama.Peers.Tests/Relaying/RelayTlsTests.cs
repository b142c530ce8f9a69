using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Trama.Peers.Relaying;
using Trama.Peers.Replies;
using Trama.Peers.Security;
using Trama.Peers.Sending;
using Trama.Peers.Serving;
using Trama.Peers.Serving.Conducts;
using Trama.Peers.Tests.Sending;
using Trama.Peers.Tests.Serving;

namespace Trama.Peers.Tests.Relaying;

/// <summary>TLS on either side of a relay.</summary>
public class RelayTlsTests
{
    [Fact]
    public async Task Takes_TLS_off_for_the_target_and_tells_what_is_said_in_clear()
    {
        X509Certificate2Collection certificate = Certificates.Generate(DateTimeOffset.UtcNow);
        await using var relay = new RunningRelay(with: options => options with { Tls = new TlsServerOptions(certificate) });
        Task<Client> connecting = Client.ConnectAsync(new ClientOptions
        {
            Host = "localhost",
            Port = relay.Endpoint.Port,
            Tls = new TlsClientOptions { ServerName = "localhost", Authorities = certificate },
        });
        using Socket target = await relay.AcceptAsync();
        using Client client = await connecting;
        var log = new KeptLog();
        Task exchange = client.ExchangeAsync("question"u8.ToArray(), log);
        Assert.Equal("question", await target.HearAsync(8));
        await target.SayAsync("answer");
        target.Close();
        await exchange;
        Assert.Equal("answer", log.Received);
        await relay.Log.UntilAsync("1 ToServer question");
    }

    [Fact]
    public async Task A_client_that_does_not_speak_the_TLS_that_was_asked_for_is_reset()
    {
        await using var relay = new RunningRelay(with: options =>
            options with { Tls = new TlsServerOptions(Certificates.Generate(DateTimeOffset.UtcNow)) });
        using Socket client = await relay.ConnectAsync();
        await client.SayAsync("GET / HTTP/1.1\r\n\r\n");
        await relay.Log.UntilAsync("1 closed TlsFailed 0 0");
    }

    [Fact]
    public async Task Puts_TLS_on_for_the_target_by_its_name_and_tells_when_that_fails()
    {
        X509Certificate2Collection certificate = Certificates.Generate(DateTimeOffset.UtcNow);
        await using var server =
            new RunningServer(new ServerOptions { Conduct = new Answering(new EchoResponder()), Tls = new TlsServerOptions(certificate) });
        RelayTarget[] targets = [new("127.0.0.1", server.Endpoint.Port)];
        await using var relay = new RunningRelay(with: options =>
            options with { Targets = targets, TargetTls = new TlsClientOptions { ServerName = "", Authorities = certificate } });
        using Socket client = await relay.ConnectAsync();
        await client.SayAsync("hello");
        Assert.Equal("hello", await client.HearAllAsync());
        client.Close();

        await using var wary = new RunningRelay(with: options =>
            options with { Targets = targets, TargetTls = new TlsClientOptions { ServerName = "elsewhere", Authorities = certificate } });
        using Socket refused = await wary.ConnectAsync();
        await wary.Log.UntilAsync("1 failed TlsFailed");
    }
}
