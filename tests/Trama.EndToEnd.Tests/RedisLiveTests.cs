using System.Text;

namespace Trama.EndToEnd.Tests;

/// <summary>What clients say to a server of Redis, captured as they say it.</summary>
public class RedisLiveTests
{
    [Theory]
    [InlineData("-2")]
    [InlineData("-3")]
    public async Task Commands_and_replies_are_paired_and_pushes_are_not(string version)
    {
        string cli = TestData.Program("redis-cli");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        await using TramaProcess server = await StartAsync(["--port", $"{port}"]);
        string capture = await LiveCapture.OfAsync(folder, port, async () =>
        {
            await using TramaProcess subscriber = TramaProcess.Start(cli, ["-p", $"{port}", version, "subscribe", "news"]);
            await subscriber.LineAsync(line => line == "1" || line.EndsWith(" 1", StringComparison.Ordinal));
            await SayAsync(
                cli, ["-p", $"{port}", version],
                "set answer 42", "incr answer", "get answer", "lpush answer x", "multi", "set a 1", "get a",
                "exec", "publish news hello", "hset h f v", "hgetall h");
            await subscriber.LineAsync(line => line.Contains("hello", StringComparison.Ordinal));
            subscriber.Signal("INT");
            await subscriber.EndAsync();
        });
        string[] told = await ToldExchanges.OfAsync(capture);
        foreach (string line in (string[])
        [
            "set answer > OK", "incr answer > 43", "multi > OK", "set a > QUEUED", "get a > QUEUED", "publish news > 1", "hset h > 1",
        ]) Assert.Contains(line, told);
        string failed = Assert.Single(told, line => line.EndsWith(" failed", StringComparison.Ordinal));
        Assert.StartsWith("lpush answer > WRONGTYPE", failed, StringComparison.Ordinal);
        Assert.Contains(told, line => line.StartsWith("exec > ", StringComparison.Ordinal));
        Assert.Contains(told, line => line.StartsWith("subscribe news > ", StringComparison.Ordinal));
        // The message that is published answers no command of the one who hears it.
        string push = Assert.Single(told, line => line.EndsWith(" message news", StringComparison.Ordinal));
        Assert.StartsWith(" > ", push, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_over_TLS_are_traced_with_keys()
    {
        string openssl = TestData.Program("openssl");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        await Certificate.MakeAsync(folder);
        await using TramaProcess server = await StartAsync(
            [
                "--port", "0", "--tls-port", $"{port}", "--tls-cert-file", folder["cert.pem"], "--tls-key-file", folder["key.pem"],
                "--tls-auth-clients", "no",
            ]);
        string capture = await LiveCapture.OfAsync(folder, port, async () =>
        {
            await using TramaProcess client = TramaProcess.Start(
                openssl, ["s_client", "-quiet", "-keylogfile", folder["keys"], "-connect", $"127.0.0.1:{port}"]);
            byte[] said = "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$5\r\nvalue\r\n*2\r\n$3\r\nGET\r\n$3\r\nkey\r\nQUIT\r\n"u8.ToArray();
            await client.Input.WriteAsync(said, TestContext.Current.CancellationToken);
            await client.Input.FlushAsync(TestContext.Current.CancellationToken);
            await client.LineAsync(line => line == "value");
            await client.EndAsync();
        });
        string[] told = await ToldExchanges.OfAsync(capture, "--keys", folder["keys"]);
        Assert.Contains("SET key > OK", told);
        Assert.Contains(told, line => line.StartsWith("GET key > ", StringComparison.Ordinal));
        Assert.DoesNotContain(await ToldExchanges.OfAsync(capture), line => line.Contains("SET key", StringComparison.Ordinal));
    }

    /// <summary>Starts a server on loopback.</summary>
    internal static async Task<TramaProcess> StartAsync(string[] options)
    {
        TramaProcess server = TramaProcess.Start(
            TestData.Program("redis-server"), ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", .. options]);
        await server.LineAsync(line => line.Contains("Ready to accept connections", StringComparison.Ordinal));
        return server;
    }

    private static async Task SayAsync(string cli, string[] options, params string[] commands)
    {
        await using TramaProcess client = TramaProcess.Start(cli, options);
        await client.Input.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', commands) + "\n"), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await client.EndAsync()).Code);
    }
}
