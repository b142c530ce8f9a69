using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>What the long form, <c>eng/soak</c>, holds for minutes, in a few seconds.</summary>
public class ReliabilityTests
{
    // So long that a client that does not read holds the server's writes up soon.
    private const int ReplyLength = 20_000;

    [Fact]
    public async Task A_stop_under_load_loses_no_reply_that_had_begun()
    {
        using var folder = new TemporaryFolder();
        await using TramaProcess server = TramaProcess.Start(
            "serve", "--port", "0", "--quiet", "--keep-open", "--echo", "--framing", "lines", "--record", folder["record"]);
        int port = await ServeTests.PortAsync(server);
        // A client that was not accepted yet has no reply that had begun.
        TaskCompletionSource[] underWay = [.. Enumerable.Range(0, 4).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
        Task<int>[] heard = [.. underWay.Select(client => TalkAsync(port, client))];
        await Task.WhenAll(underWay.Select(client => client.Task)).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        server.Signal("TERM");
        int arrived = (await Task.WhenAll(heard)).Sum();
        Assert.Equal(0, (await server.EndAsync()).Code);

        Assert.Equal(File.ReadLines(folder["record"]).Count(line => line.StartsWith("""{"type":"reply",""", StringComparison.Ordinal)), arrived);
    }

    [Fact]
    public async Task Healthy_clients_are_answered_among_rude_ones_and_the_counts_add_up()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--json", "--keep-open", "--framing", "lines", "--reply", new string('k', ReplyLength - 1));
        int port = JsonDocument.Parse(await server.LineAsync(_ => true)).RootElement.GetProperty("port").GetInt32();
        using var enough = new CancellationTokenSource();
        Task rude = Task.WhenAll(DripAsync(port, enough.Token), DripAsync(port, enough.Token), ResetAsync(port, enough.Token), NotReadAsync(port, enough.Token));
        int[] answered = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AskAsync(port, 20)));
        await enough.CancelAsync();
        await rude;
        server.Signal("TERM");
        TramaProcess.Ended ended = await server.EndAsync();

        Assert.Equal((0, ""), (ended.Code, ended.Errors));
        Assert.All(answered, count => Assert.Equal(20, count));
        JsonElement[] events = [.. ended.Output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        int Count(string type) => events.Count(one => one.GetProperty("type").ValueEquals(type));
        Assert.Equal(Count("connected"), Count("closed"));
        Assert.Equal((Count("closed"), Count("message")), (events[^1].GetProperty("connections").GetInt32(), events[^1].GetProperty("messages").GetInt32()));
        Assert.Equal(Count("message"), events.Where(one => one.GetProperty("type").ValueEquals("closed")).Sum(one => one.GetProperty("messages").GetInt32()));
    }

    [Fact]
    public async Task Commands_that_take_too_long_are_killed_with_their_own_children()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/setsid"), "what a command starts can be killed with it where there is setsid");
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
        for (int closed = 0; closed < 12; closed++)
            Assert.Contains("\"unanswered\"", await server.LineAsync(line => line.StartsWith("""{"type":"closed",""", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(CommandLines(), line => line.StartsWith(sleep, StringComparison.Ordinal) || line.StartsWith("/bin/sh -c " + sleep, StringComparison.Ordinal));
    }

    // Sends lines, many ahead of those that have come back, until the server has closed; how many came back. Tells when it is well under way.
    // Not without an end: a server that closes bears no more than --max-message of what it will not answer.
    private static async Task<int> TalkAsync(int port, TaskCompletionSource underWay)
    {
        using Socket client = await ServeTests.ConnectAsync(port);
        byte[] message = Encoding.ASCII.GetBytes(new string('x', 2000) + "\n");
        using var room = new SemaphoreSlim(500);
        // Not on a thread that others wait for.
        Task talking = Task.Factory.StartNew(() => TalkUntilClosed(client, message, room), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
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

    // Asks so often, each time in two pieces; how many replies came.
    private static async Task<int> AskAsync(int port, int times)
    {
        using Socket client = await ServeTests.ConnectAsync(port);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        byte[] reply = new byte[ReplyLength];
        int replies = 0;
        for (; times > 0; times--)
        {
            await client.SendAsync("ques"u8.ToArray(), deadline.Token);
            await client.SendAsync("tion\n"u8.ToArray(), deadline.Token);
            reply.AsSpan().Clear();
            for (int length = 0; length < ReplyLength;) length += await client.ReceiveAsync(reply.AsMemory(length), deadline.Token);
            if (reply.AsSpan().IndexOf((byte)'\n') == ReplyLength - 1) replies++;
        }

        return replies;
    }

    // One byte at a time, and never a whole message.
    private static async Task DripAsync(int port, CancellationToken enough)
    {
        using Socket client = await ServeTests.ConnectAsync(port);
        while (!enough.IsCancellationRequested)
        {
            await client.SendAsync("x"u8.ToArray(), CancellationToken.None);
            await Task.Delay(5, CancellationToken.None);
        }
    }

    private static async Task ResetAsync(int port, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            Socket client = await ServeTests.ConnectAsync(port);
            await client.SendAsync("question\nand half"u8.ToArray(), CancellationToken.None);
            client.Close(0);
        }
    }

    // Asks until the server takes no more, and reads no reply.
    private static async Task NotReadAsync(int port, CancellationToken enough)
    {
        using Socket client = await ServeTests.ConnectAsync(port);
        byte[] questions = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("?\n", 100)));
        try
        {
            while (true) await client.SendAsync(questions, enough);
        }
        catch (OperationCanceledException)
        {
            // The others have been answered.
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
