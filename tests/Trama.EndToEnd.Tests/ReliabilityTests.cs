using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>A stop under load, and commands without an end. Rude clients are those of <see cref="SoakTests"/>.</summary>
public class ReliabilityTests
{
    [Fact]
    public async Task A_stop_under_load_loses_no_reply_that_had_begun()
    {
        using var folder = new TemporaryFolder();
        await using TramaProcess server = TramaProcess.Start(
            "serve", "--port", "0", "--quiet", "--keep-open", "--echo", "--framing", "lines", "--record", folder["record"]);
        int port = await ServeTests.PortAsync(server);
        // A client that was not accepted yet has no reply that had begun.
        TaskCompletionSource[] underWay = [.. Enumerable.Range(0, 4)
            .Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
        Task<int>[] heard = [.. underWay.Select(client => TalkAsync(port, client))];
        await Task.WhenAll(underWay.Select(client => client.Task))
            .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        server.Signal("TERM");
        int arrived = (await Task.WhenAll(heard)).Sum();
        Assert.Equal(0, (await server.EndAsync()).Code);

        Assert.Equal(
            File.ReadLines(folder["record"]).Count(line => line.StartsWith("""{"type":"reply",""", StringComparison.Ordinal)), arrived);
    }

    [Fact]
    public async Task Commands_that_take_too_long_are_killed_with_their_own_children()
    {
        _ = TestData.Program("setsid");
        // A number that no other command has.
        string sleep = $"sleep 9{Environment.ProcessId}";
        await using TramaProcess server = TramaProcess.Start(
            "serve", "--port", "0", "--json", "--shell", $"{sleep} & {sleep}", "--exec-timeout", "300ms", "--exec-limit", "4");
        int port = JsonDocument.Parse(await server.LineAsync(_ => true)).RootElement.GetProperty("port").GetInt32();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            using Socket client = await ServeTests.ConnectAsync(port);
            await client.SendAsync("?"u8.ToArray());
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            Assert.Equal(0, await client.ReceiveAsync(new byte[1], deadline.Token));
        }));
        for (int i = 0; i < 12; i++)
        {
            string closed = await server.LineAsync(line => line.StartsWith("""{"type":"closed",""", StringComparison.Ordinal));
            Assert.Contains("\"unanswered\"", closed, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(CommandLines(), line => line.StartsWith(sleep, StringComparison.Ordinal)
            || line.StartsWith("/bin/sh -c " + sleep, StringComparison.Ordinal));
    }

    // Sends lines, many ahead of those that have come back, until the server has closed; how many came back. Tells when it is well under
    // way. Not without an end: a server that closes bears no more than --max-message of what it will not answer.
    private static async Task<int> TalkAsync(int port, TaskCompletionSource underWay)
    {
        using Socket client = await ServeTests.ConnectAsync(port);
        byte[] message = Encoding.ASCII.GetBytes(new string('x', 2000) + "\n");
        using var room = new SemaphoreSlim(500);
        // Not on a thread that others wait for.
        Task talking = Task.Factory.StartNew(() => TalkUntilClosed(client, message, room), CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        byte[] buffer = new byte[64 << 10];
        int lines = 0;
        while (await client.ReceiveAsync(buffer, deadline.Token) is > 0 and int count)
        {
            int more = buffer.AsSpan(0, count).Count((byte)'\n');
            lines += more;
            if (more > 0) room.Release(more);
            if (lines > 100) underWay.TrySetResult();
        }

        client.Shutdown(SocketShutdown.Both);
        room.Release();
        await talking;
        return lines;
    }

    private static void TalkUntilClosed(Socket client, byte[] message, SemaphoreSlim room)
    {
        try
        {
            while (room.Wait(TimeSpan.FromSeconds(30))) client.Send(message);
        }
        catch (SocketException)
        {
            // The server is gone.
        }
    }

    private static IEnumerable<string> CommandLines()
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            string line = "";
            try
            {
                line = File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile.
            }

            yield return line;
        }
    }
}
