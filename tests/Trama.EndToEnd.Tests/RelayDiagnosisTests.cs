using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>What a relay sees of it when somebody misbehaves.</summary>
public class RelayDiagnosisTests
{
    [Theory]
    [InlineData("--fault latency=500ms", "", "hello", "slow-server", "server")]
    [InlineData("--fault closed-without-reply", "", "hello", "closed-without-reply", "server")]
    [InlineData("--keep-open --fault no-reply", "", "hello --timeout 1700ms", "no-reply", "server")]
    [InlineData("--keep-open --fault reset-after=3", "", "hello --timeout 2s", "reset-by-server reset-on-unread-data", "server")]
    [InlineData("--keep-open --echo", "--fault reset-after=3", "hello --timeout 2s", "middlebox-reset", "network")]
    public async Task Each_fault_that_it_can_see_is_found(string serve, string relayed, string send, string expected, string party)
    {
        await using TramaProcess server = TramaProcess.Start(["serve", "--port", "0", .. Words(serve)]);
        await using TramaProcess relay = Relay(await ServeTests.PortAsync(server), ["--json", .. Words(relayed)]);
        await TramaProcess.RunAsync(["send", "127.0.0.1", $"{await RelayTests.PortAsync(relay)}", .. Words(send)]);
        JsonElement document = await DocumentAsync(relay);
        Assert.True(document.GetProperty("capture").GetProperty("synthetic").GetBoolean());
        // A reset right behind a reply may be one on unread data: the relay does not see what the server has not read.
        Assert.Contains(Verdict(document)?.GetProperty("id").GetString(), expected.Split(' '));
        Assert.Equal(party, Verdict(document)?.GetProperty("party").GetString());
    }

    [Theory]
    [InlineData("--keep-open --echo", "hello --count 2")]
    [InlineData("--source 20MB", "hello")]
    public async Task Where_all_is_well_nothing_is_found(string serve, string send)
    {
        await using TramaProcess server = TramaProcess.Start(["serve", "--port", "0", .. Words(serve)]);
        await using TramaProcess relay = Relay(await ServeTests.PortAsync(server), "--json");
        await TramaProcess.RunAsync(["send", "127.0.0.1", $"{await RelayTests.PortAsync(relay)}", .. Words(send)]);
        JsonElement connection = (await DocumentAsync(relay)).GetProperty("connections")[0];
        // A half-close is no fault, and everybody may be slow on a busy machine.
        Assert.DoesNotContain(
            connection.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("id").GetString()),
            id => id is not ("half-close" or "slow-server" or "slow-client"));
    }

    [Fact]
    public async Task A_target_that_stops_reading_has_closed_its_window()
    {
        using Socket target = Listen(backlog: 1);
        await using TramaProcess relay = Relay(PortOf(target), "--json");
        using Socket client = await ConnectAsync(await RelayTests.PortAsync(relay));
        using Socket served = await target.AcceptAsync(TestContext.Current.CancellationToken);
        client.SendTimeout = 2500;
        // Until nobody takes any more, for longer than full buffers explain.
        Assert.Throws<SocketException>(() => SendForEver(client));
        served.Close(0);
        JsonElement connection = (await DocumentAsync(relay)).GetProperty("connections")[0];
        JsonElement found = connection.GetProperty("findings").EnumerateArray()
            .Single(finding => finding.GetProperty("id").GetString() == "zero-window");
        Assert.Equal("server", found.GetProperty("party").GetString());
    }

    [Fact]
    public async Task A_client_that_resets_instead_of_waiting_is_named()
    {
        using Socket target = Listen(backlog: 1);
        await using TramaProcess relay = Relay(PortOf(target), "--json");
        using Socket client = await ConnectAsync(await RelayTests.PortAsync(relay));
        using Socket served = await target.AcceptAsync(TestContext.Current.CancellationToken);
        client.Send("question"u8);
        Assert.Equal(8, await served.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken));
        client.Close(0);
        Assert.Equal("reset-by-client", Verdict(await DocumentAsync(relay))?.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_target_that_never_answers_is_one_to_which_the_way_is_closed()
    {
        // Once its queue is full, it answers no SYN.
        using Socket target = Listen(backlog: 0);
        using Socket first = await ConnectAsync(PortOf(target));
        await using TramaProcess relay = Relay(PortOf(target), "--json", "--timeout", "300ms");
        using Socket client = await ConnectAsync(await RelayTests.PortAsync(relay));
        await relay.ErrorAsync(line => line.Contains("timed out", StringComparison.Ordinal));
        Assert.Equal("connection-filtered", Verdict(await DocumentAsync(relay))?.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("en", "Verdict: the fault is the server's.", "Seen from the middle")]
    [InlineData("pt", "Veredito: a falha é do servidor.", "Visto do meio")]
    public async Task The_report_says_what_was_found_from_where_and_the_capture_says_the_same(
        string language, string verdict, string vantage)
    {
        using var folder = new TemporaryFolder();
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--fault", "latency=500ms");
        await using TramaProcess relay = Relay(await ServeTests.PortAsync(server),
            ["--diagnose", "--lang", language, "--pcapng", folder["talk.pcapng"]]);
        await TramaProcess.RunAsync(["send", "127.0.0.1", $"{await RelayTests.PortAsync(relay)}", "hello"]);
        TramaProcess.Ended ended = await relay.EndAsync();
        Assert.Contains(" slow-server: ", ended.Output.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains($"\n{verdict}\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains($"\n{vantage}", ended.Output, StringComparison.Ordinal);
        string read = (await TramaProcess.RunAsync(["diagnose", folder["talk.pcapng"], "--lang", language])).Output;
        Assert.Contains(read, ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_show_it_where_it_is_asked_for_and_so_does_a_picture()
    {
        using var folder = new TemporaryFolder();
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--fault", "closed-without-reply");
        int port = await ServeTests.PortAsync(server);
        foreach (string[] form in (string[][])[["--findings"], ["--svg", folder["one.svg"]], ["--html", folder["page.html"], "--diagnose"]])
        {
            await using TramaProcess relay = Relay(port, form);
            await TramaProcess.RunAsync(["send", "127.0.0.1", $"{await RelayTests.PortAsync(relay)}", "hello"]);
            TramaProcess.Ended ended = await relay.EndAsync();
            Assert.Equal(0, ended.Code);
            if (form[^1].StartsWith("--", StringComparison.Ordinal)) Assert.Contains(
                "closed-without-reply", ended.Output, StringComparison.Ordinal);
        }

        string picture = await File.ReadAllTextAsync(folder["one.svg"], TestContext.Current.CancellationToken);
        Assert.StartsWith("<svg", picture, StringComparison.Ordinal);
        Assert.Contains("closed-without-reply", picture, StringComparison.Ordinal);
        Assert.Contains("closed-without-reply", await File.ReadAllTextAsync(folder["page.html"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    private static string[] Words(string arguments) => arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static TramaProcess Relay(int target, params string[] arguments) =>
        TramaProcess.Start(["relay", "127.0.0.1:0", $"127.0.0.1:{target}", "--once", .. arguments]);

    private static async Task<JsonElement> DocumentAsync(TramaProcess relay) =>
        JsonDocument.Parse((await relay.EndAsync()).Output).RootElement;

    // What is only worth knowing, such as a half-close, is no fault.
    private static JsonElement? Verdict(JsonElement document) => document.TryGetProperty("verdict", out JsonElement verdict)
        ? verdict : null;

    private static int PortOf(Socket listener) => ((IPEndPoint)listener.LocalEndPoint!).Port;

    private static void SendForEver(Socket socket)
    {
        byte[] piece = new byte[1 << 16];
        while (true) socket.Send(piece);
    }

    private static Socket Listen(int backlog)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(backlog);
        return socket;
    }

    private static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), TestContext.Current.CancellationToken);
        return socket;
    }
}
