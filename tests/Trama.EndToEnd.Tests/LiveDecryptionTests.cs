namespace Trama.EndToEnd.Tests;

/// <summary>TLS that is decrypted while it happens, with a key log that is written meanwhile.</summary>
public class LiveDecryptionTests
{
    [Fact]
    public async Task A_relay_shows_what_passes_encrypted_and_keeps_its_secrets()
    {
        using var folder = new TemporaryFolder();
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--tls", "--keylog", folder["keys"]);
        int serverPort = await ServeTests.PortAsync(server);
        await using TramaProcess relay = TramaProcess.Start("relay", "127.0.0.1:0", $"127.0.0.1:{serverPort}", "--keys", folder["keys"],
            "--pcapng", folder["talk.pcapng"]);
        int port = await RelayTests.PortAsync(relay);
        Assert.Equal(0, (await TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", "secret words", "--tls", "--insecure"])).Code);
        string line = await relay.LineAsync(line => line.Contains("secret words", StringComparison.Ordinal));
        Assert.Contains("\t12 B secret words\t30 B Message received successfully!\t", line, StringComparison.Ordinal);
        relay.Signal("TERM");
        TramaProcess.Ended ended = await relay.EndAsync();
        Assert.Equal(0, ended.Code);

        // The file has the secrets inside, and nothing that is printed has.
        TramaProcess.Ended again = await TramaProcess.RunAsync(["follow", folder["talk.pcapng"]]);
        Assert.Contains("secret words", again.Output, StringComparison.Ordinal);
        foreach (string secret in (await File.ReadAllLinesAsync(folder["keys"], TestContext.Current.CancellationToken))
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ')[^1]))
            Assert.DoesNotContain(secret, ended.Output + ended.Errors + again.Output + again.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_live_trace_waits_for_the_secrets()
    {
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--tls", "--keylog", folder["keys"], "--keep-open");
        int port = await ServeTests.PortAsync(server);
        await using TramaProcess trace = TramaProcess.Start("trace", "-i", "lo", "tcp", "port", $"{port}", "--keys", folder["keys"]);
        await trace.ErrorAsync(line => line.Contains("listening", StringComparison.Ordinal));
        Assert.Equal(0, (await TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", "secret words", "--tls", "--insecure"])).Code);
        string line = await trace.LineAsync(line => line.Contains("secret words", StringComparison.Ordinal));
        Assert.Contains("30 B Message received successfully!", line, StringComparison.Ordinal);
        trace.Signal("INT");
        Assert.Equal(0, (await trace.EndAsync()).Code);
    }
}
