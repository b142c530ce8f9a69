using System.Net;
using System.Security.Cryptography.X509Certificates;
using Trama.Framing;
using Trama.Peers.Loading;
using Trama.Peers.Security;
using Trama.Peers.Tests.Serving;

namespace Trama.Peers.Tests.Loading;

public class LoadTlsTests
{
    private static readonly X509Certificate2Collection Ours = Certificates.Generate(DateTimeOffset.UtcNow);
    private static readonly TlsClientOptions Trusting = new() { ServerName = "localhost", Authorities = Ours };

    public LoadTlsTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "load needs Linux");

    [Theory]
    [InlineData(3, 1000)]
    [InlineData(1_000_000, 20)]
    public async Task Requests_of_any_size_are_answered_over_as_many_handshakes_as_connections(int bytes, int rate)
    {
        await using RunningServer server = Serving();
        byte[] request = [.. new byte[bytes - 1], (byte)'\n'];
        LoadTally tally = await RunAsync(To(server.Endpoint)
            with
        { Request = request, Connections = 3, Threads = 2, Pipeline = 4, Rate = rate });
        Assert.InRange(tally.Answered, 6, long.MaxValue);
        Assert.Equal((tally.Due, 0), (tally.Answered, tally.Failed));
        Assert.Equal((3, 3), (tally.Connecting.Count, tally.Handshakes.Count));
        Assert.Equal(tally.SentBytes, tally.ReceivedBytes);
    }

    [Fact]
    public async Task Connections_that_are_replaced_shake_hands_anew_and_end_in_good_order()
    {
        await using RunningServer server = Serving();
        LoadTally tally = await RunAsync(To(server.Endpoint) with { Connections = 4, Rate = 200, NewConnections = 40 });
        Assert.Equal((tally.Due, 0), (tally.Answered, tally.Failed));
        Assert.InRange(tally.Handshakes.Count, 6, long.MaxValue);
        Assert.Equal(tally.Connecting.Count, tally.Handshakes.Count);
        await server.StopAsync();
        while (await server.Log.NextAsync() is var line && line != "stopped")
            if (line.StartsWith("closed", StringComparison.Ordinal)) Assert.Contains(
                line, new[] { "closed ClientClosed", "closed Stopped" });
    }

    [Theory]
    [InlineData("220 mail.example ESMTP\r\n")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Who_does_not_complete_the_handshake_fails_in_its_own_way(string? answer)
    {
        await using var server = new ScriptedServer(async (socket, stop) =>
        {
            if (answer is null) await Task.Delay(Timeout.Infinite, stop);
            else if (answer.Length > 0) await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(answer), stop);
        });
        using var load = new Load(To(server.Endpoint)
            with
        { Connections = 2, Timeout = TimeSpan.FromMilliseconds(answer is null ? 200 : 20_000) });
        Assert.Equal(0, load.Connect(CancellationToken.None));
        Assert.Equal(LoadFailure.TlsFailed, load.LastFailure);
        Assert.Equal(0, load.Tally().Handshakes.Count);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        await using RunningServer server = Serving();
        using var load = new Load(To(server.Endpoint) with { Tls = new() { ServerName = "localhost" } });
        Assert.Equal(0, load.Connect(CancellationToken.None));
        Assert.Equal(LoadFailure.TlsFailed, load.LastFailure);
    }

    private static RunningServer Serving() =>
        new(RunningServer.Echoing with { Framing = FramingRule.Lines, Tls = new TlsServerOptions(Ours) });

    private static LoadOptions To(IPEndPoint server) =>
        new()
        {
            Server = server,
            Request = "hi\n"u8.ToArray(),
            Framing = FramingRule.Lines,
            Tls = Trusting,
            Duration = TimeSpan.FromMilliseconds(500)
        };

    private static async Task<LoadTally> RunAsync(LoadOptions options)
    {
        using var load = new Load(options);
        Assert.Equal(options.Connections, load.Connect(CancellationToken.None));
        await Task.Run(() => load.Run(CancellationToken.None)).WaitAsync(TimeSpan.FromSeconds(30));
        return load.Tally();
    }
}
