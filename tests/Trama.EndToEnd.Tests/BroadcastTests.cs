using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Trama.EndToEnd.Tests;

public class BroadcastTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("--tls", "--tls --insecure")]
    [InlineData("--unix", "")]
    public async Task What_one_says_all_others_hear(string transport, string options)
    {
        using var folder = new TemporaryFolder();
        string path = folder["chat.sock"];
        bool isUnix = transport == "--unix";
        await using TramaProcess server = TramaProcess.Start(
            ["serve", "--broadcast", "--framing", "lines", .. isUnix ? ["--unix", path] : Words($"--port 0 {transport}")]);
        string[] place = isUnix ? ["--unix", path] : ["127.0.0.1", $"{await ServeTests.PortAsync(server)}"];
        if (isUnix) await server.LineAsync(line => line.StartsWith("Server listening", StringComparison.Ordinal));
        TramaProcess[] clients = [.. Enumerable.Range(0, 3)
            .Select(_ => TramaProcess.Start(["send", .. place, "--raw", .. Words(options)]))];
        // A client connects once it has something to say.
        foreach (TramaProcess client in clients) await SayAsync(client, "");
        // Each says its name until both others have heard it, since nobody tells when all are there.
        for (int speaker = 0; speaker < 3; speaker++)
        {
            string line = $"I am {speaker}";
            Task heard = Task.WhenAll(clients.Where((_, client) => client != speaker)
                .Select(client => client.LineAsync(said => said == line)));
            while (!heard.IsCompleted)
            {
                await SayAsync(clients[speaker], line);
                await Task.WhenAny(heard, Task.Delay(50, TestContext.Current.CancellationToken));
            }

            await heard;
        }

        server.Signal("TERM");
        TramaProcess.Ended[] ended = await Task.WhenAll(clients.Select(client => client.EndAsync()));
        for (int client = 0; client < 3; client++)
            Assert.DoesNotContain($"I am {client}", ended[client].Output, StringComparison.Ordinal);
        string told = (await server.EndAsync()).Output;
        for (int speaker = 0; speaker < 3; speaker++) Assert.Matches(
            $@"\nMessage received from [^\n]+, sent to 2: I am {speaker}\\n\n", told);
        foreach (TramaProcess client in clients) await client.DisposeAsync();
    }

    [Theory]
    [InlineData("en", @"closed, more than 64KiB of what others said waited for it \(--max-message\)")]
    [InlineData("pt", @"fechada, mais de 64KiB do que outros disseram esperavam por ela \(--max-message\)")]
    public async Task Who_does_not_listen_is_closed_and_that_is_told(string language, string words)
    {
        using var folder = new TemporaryFolder();
        await using TramaProcess server = TramaProcess.Start(
            "serve", "--broadcast", "--port", "0", "--max-message", "64KiB", "--quiet", "--record", folder["record"], "--lang", language);
        int port = await ServeTests.PortAsync(server);
        using Socket deaf = await ServeTests.ConnectAsync(port);
        using Socket speaker = await ServeTests.ConnectAsync(port);
        Task told = server.ErrorAsync(line => System.Text.RegularExpressions.Regex.IsMatch(line, words));
        byte[] message = new byte[32 << 10];
        for (int said = 0; said < 4000 && !told.IsCompleted; said++) await speaker.SendAsync(message);
        await told;
        speaker.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await speaker.ReceiveAsync(message));
        server.Signal("TERM");
        Assert.Equal(0, (await server.EndAsync()).Code);

        JsonElement[] events = [.. File.ReadLines(folder["record"]).Select(line => JsonDocument.Parse(line).RootElement)];
        JsonElement Closed(int connection) => events.Single(one => one.GetProperty("type").ValueEquals("closed")
            && one.GetProperty("connection").GetInt32() == connection);
        Assert.Equal(("too-slow", "client-closed"), (Closed(1).GetProperty("reason").GetString(),
            Closed(2).GetProperty("reason").GetString()));
        JsonElement[] broadcasts = [.. events.Where(one => one.GetProperty("type").ValueEquals("broadcast"))];
        Assert.Equal(Closed(2).GetProperty("receivedBytes").GetInt64(), broadcasts.Sum(one => one.GetProperty("bytes").GetInt64()));
        Assert.Equal([1, 0], broadcasts.Select(one => one.GetProperty("clients").GetInt32()).Distinct());
    }

    [Theory]
    [InlineData("--echo", "--echo and --broadcast exclude each other")]
    [InlineData("--once", "--broadcast and --once exclude each other")]
    [InlineData("--udp", "--broadcast and --udp exclude each other")]
    public async Task What_makes_no_sense_beside_it_is_told(string other, string told) => Assert.Equal(
        new TramaProcess.Ended(2, "", $"trama: {told} (trama serve --help)\n"),
        await TramaProcess.RunAsync(["serve", "--broadcast", other]));

    private static async Task SayAsync(TramaProcess client, string line)
    {
        await client.Input.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), TestContext.Current.CancellationToken);
        await client.Input.FlushAsync(TestContext.Current.CancellationToken);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
