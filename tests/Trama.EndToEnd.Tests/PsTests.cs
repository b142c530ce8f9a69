using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary><c>trama ps</c> beside what the sockets of this process do, and beside ss(8).</summary>
public sealed class PsTests : IDisposable
{
    private readonly List<Socket> _sockets = [];
    private readonly Socket _listener;

    public PsTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems have no sock_diag");
        _listener = Listen(64);
    }

    private static string Self => $"{Environment.ProcessId}";

    public void Dispose()
    {
        foreach (Socket socket in _sockets) socket.Dispose();
    }

    [Fact]
    public async Task Equals_ss_in_states_queues_and_counters()
    {
        string ss = TestData.Program("ss");
        for (int i = 0; i < 3; i++) Pair();
        (Socket client, Socket server) = Pair();
        client.Send(new byte[5000]);
        (client, server) = Pair();
        client.Send(new byte[100]);
        server.Receive(new byte[100]);
        server.Send(new byte[300]);
        (client, _) = Pair();
        client.Dispose();
        (string Key, JsonElement Socket)[] ours =
            [.. await SocketsAsync(socket => $"{socket.GetProperty("local")} {socket.GetProperty("peer")}")];
        string theirs = (await TramaProcess.RunAsync(ss,
            ["-tinHO", $"( sport = :{Port(_listener)} or dport = :{Port(_listener)} )"])).Output;
        string[] lines = theirs.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(12, ours.Length);
        foreach ((string key, JsonElement socket) in ours)
        {
            string[] words = lines.Select(line => line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Single(words =>
                $"{words[3]} {words[4]}" == key);
            Assert.Equal(words[0], Text(socket, "state"));
            Assert.Equal((words[1], words[2]), ($"{socket.GetProperty("receiveQueue")}", $"{socket.GetProperty("sendQueue")}"));
            foreach ((string theirName, string ourName) in new[] { ("bytes_received", "bytesReceived"),
                ("bytes_acked", "bytesAcknowledged") })
            {
                string told = words.FirstOrDefault(word => word.StartsWith(theirName + ":", StringComparison.Ordinal))?.Split(':')[1]
                    ?? "0";
                Assert.Equal(told, socket.TryGetProperty(ourName, out JsonElement count) ? $"{count}" : "0");
            }
        }
    }

    [Fact]
    public async Task A_socket_is_told_with_its_process()
    {
        Pair();
        (string _, JsonElement socket) = (await SocketsAsync(socket => Text(socket, "state"), "--process", Self))[0];
        // A child that another test just starts holds the socket, too, until it runs its program.
        JsonElement process = socket.GetProperty("processes").EnumerateArray().Single(process =>
            process.GetProperty("pid").GetInt32() == Environment.ProcessId);
        Assert.Equal(Environment.ProcessPath, Text(process, "program"));
        Assert.Equal(Environment.UserName, Text(process, "user"));
    }

    [Fact]
    public async Task The_sick_come_first()
    {
        for (int i = 0; i < 3; i++) Pair();
        (Socket client, _) = Pair();
        client.Send(new byte[4321]);
        (client, _) = Pair();
        client.Dispose();
        // A queue for one connection, which two fill: nobody answers the third.
        Socket full = Listen(0);
        for (int i = 0; i < 3; i++) Connect(full);
        string[] lines = await UntilAsync(lines => lines.Any(line => line.Contains("4321 B that", StringComparison.Ordinal)));
        int healthy = Array.FindIndex(lines, 1, line =>
            line.StartsWith("   ", StringComparison.Ordinal) && !line.StartsWith("    ", StringComparison.Ordinal));
        string sick = string.Join('\n', lines[..healthy]);
        Assert.Contains("4321 B that the program does not read (zero-window)", sick, StringComparison.Ordinal);
        Assert.Matches(@"SYN-SENT[^\n]*\s+(first try|try \d+), no answer( yet)? \(connection-filtered\)", sick);
        Assert.Matches(@"CLOSE-WAIT[^\n]*\s+the peer closed [^\n]* ago, the program has not \(half-close\)", sick);
        Assert.DoesNotContain(lines[healthy..], line => line.StartsWith('●'));
        TramaProcess.Ended listeners = await TramaProcess.RunAsync(["ps", "-l", "--process", Self, "--lang", "pt"]);
        Assert.Contains($"127.0.0.1:{Port(full)}", listeners.Output.Split('\n')[1], StringComparison.Ordinal);
        Assert.Contains("(backlog-overflow)", listeners.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sockets_are_chosen_and_ordered()
    {
        for (int i = 0; i < 3; i++) Pair();
        (Socket client, Socket server) = Pair();
        client.Send(new byte[30]);
        (Socket other, Socket _) = Pair();
        other.Send(new byte[40]);
        string port = $"{Port(_listener)}", own = $"{Port(client)}";
        JsonElement[] byQueue = await LinesAsync("--port", port, "--sort", "queue");
        Assert.Equal(10, byQueue.Length);
        Assert.Equal([40, 30, 0], byQueue.Take(3).Select(socket => socket.GetProperty("receiveQueue").GetInt32()));
        Assert.All(byQueue, socket => Assert.Equal("socket", Text(socket, "type")));
        Assert.Equal(2, (await LinesAsync("--port", own)).Length);
        Assert.Equal("LISTEN", Text(Assert.Single(await LinesAsync("--port", port, "--state", "listen")), "state"));
        client.Dispose();
        server.Receive(new byte[30]);
        Assert.Equal("CLOSE-WAIT", Text((await LinesAsync("--port", own, "--faults"))[0], "state"));
        TramaProcess.Ended none = await TramaProcess.RunAsync(["ps", "--port", "1"]);
        Assert.Equal((0, true), (none.Code, none.Errors.EndsWith("trama: no socket fits\n", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_a_process_calls_itself_reaches_no_terminal_raw()
    {
        const string script = "open('/proc/self/comm', 'wb').write(b'\\x1b[31mx\\n\\xff)(y'); import socket; "
            + "s = socket.create_server(('127.0.0.1', 0)); c = socket.create_connection(s.getsockname()); a, _ = s.accept(); "
            + "print(s.getsockname()[1]); input()";
        await using TramaProcess process = TramaProcess.Start(TestData.Program("python3"), ["-c", script]);
        string port = await process.LineAsync(_ => true);
        TramaProcess.Ended page = await TramaProcess.RunAsync(["ps", "--port", port]);
        Assert.Contains($"\\x1b[31mx\\n\ufffd)(y {process.Id}", page.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', page.Output);
        Assert.All(await LinesAsync("--port", port), socket =>
            Assert.Equal("\e[31mx\n\ufffd)(y", Text(socket.GetProperty("processes")[0], "command")));
    }

    [Fact]
    public async Task It_watches_until_it_is_stopped()
    {
        (Socket client, Socket server) = Pair();
        await using TramaProcess watch = TramaProcess.Start("ps", "--watch", "200ms", "--json", "--process", Self);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task traffic = Task.Run(
            () =>
            {
                byte[] bytes = new byte[1000];
                for (; !stop.IsCancellationRequested; Thread.Sleep(10)) server.Receive(bytes, client.Send(bytes), SocketFlags.None);
            },
            TestContext.Current.CancellationToken);
        await watch.LineAsync(line => JsonDocument.Parse(line).RootElement.GetProperty("sockets").EnumerateArray()
            .Any(socket => socket.TryGetProperty("receiveRate", out JsonElement rate) && rate.GetInt64() > 1000));
        watch.Signal("INT");
        Assert.Equal(0, (await watch.EndAsync()).Code);
        await stop.CancelAsync();
        await traffic;
    }

    [Fact]
    public async Task What_others_have_is_counted_and_not_guessed()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can become another user");
        Pair();
        string setpriv = TestData.Program("setpriv");
        TramaProcess.Ended seen = await TramaProcess.RunAsync(
            setpriv, ["--reuid", "65534", "--regid", "65534", "--clear-groups", TramaProcess.Binary, "ps", "--all", "--lang", "en"]);
        Assert.Equal(0, seen.Code);
        Assert.Matches(@"trama: \d+ sockets? of other users or of processes that cannot be seen from here; sudo trama ps shows more",
            seen.Errors);
        Assert.DoesNotContain($" {Self} ", seen.Output, StringComparison.Ordinal);
        Assert.Matches(@$"\? +(root +)?127\.0\.0\.1:{Port(_listener)} ", seen.Output);
    }

    [Fact]
    public async Task Without_processes_there_are_still_sockets()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can hide /proc");
        string unshare = TestData.Program("unshare");
        Pair();
        string hide = $"mount -t tmpfs none /proc && exec {TramaProcess.Binary} ps";
        TramaProcess.Ended seen = await TramaProcess.RunAsync(unshare, ["--mount", "sh", "-c", hide]);
        Assert.SkipWhen(seen.Errors.Contains("CoreCLR", StringComparison.Ordinal),
            "the runtime needs /proc; only the native binary does not");
        Assert.SkipWhen(seen.Errors.Contains("unshare", StringComparison.Ordinal), $"no mounts of its own here: {seen.Errors}");
        Assert.Contains("trama: there is no /proc here, so no process is known", seen.Errors, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{Port(_listener)}", seen.Output, StringComparison.Ordinal);
    }

    private Socket Listen(int backlog)
    {
        Socket listener = Keep(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(backlog);
        return listener;
    }

    private (Socket Client, Socket Server) Pair() => (Connect(_listener), Keep(_listener.Accept()));

    private Socket Connect(Socket listener)
    {
        Socket client = Keep(
            new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = listener == _listener });
        try
        {
            client.Connect(listener.LocalEndPoint!);
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // It is on its way.
        }

        return client;
    }

    private Socket Keep(Socket socket)
    {
        _sockets.Add(socket);
        return socket;
    }

    private static int Port(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    // The sockets of this test's server, from both sides.
    private async Task<(string Key, JsonElement Socket)[]> SocketsAsync(Func<JsonElement, string> key, params string[] args)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["ps", "--json", .. args]);
        Assert.Equal(0, ended.Code);
        string end = $":{Port(_listener)}";
        return [.. JsonDocument.Parse(ended.Output).RootElement.GetProperty("sockets").EnumerateArray()
            .Where(socket => Text(socket, "local").EndsWith(end, StringComparison.Ordinal)
                || Text(socket, "peer").EndsWith(end, StringComparison.Ordinal))
            .Select(socket => (key(socket), socket))];
    }

    private static async Task<JsonElement[]> LinesAsync(params string[] args) =>
        [.. (await TramaProcess.RunAsync(["ps", "--ndjson", .. args])).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];

    private static async Task<string[]> UntilAsync(Func<string[], bool> isThere)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            TramaProcess.Ended ended = await TramaProcess.RunAsync(["ps", "--all", "--process", Self]);
            string[] lines = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (isThere(lines)) return lines;
            deadline.Token.ThrowIfCancellationRequested();
        }
    }
}
