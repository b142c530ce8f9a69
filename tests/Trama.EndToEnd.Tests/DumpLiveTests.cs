using System.Net;
using System.Net.Sockets;

namespace Trama.EndToEnd.Tests;

public class DumpLiveTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_signal_ends_the_capture_with_every_packet_and_the_statistics(string signal)
    {
        await Captures.RequireLiveAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string path = Captures.Temporary("live.pcap", []);
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using TramaProcess dump = TramaProcess.Start("dump", "-ni", "lo", "--print", "--immediate-mode", "-l", "-w", path,
            $"tcp port {port}");
        await ExchangeUntilSeenAsync(dump, listener);
        dump.Signal(signal);
        TramaProcess.Ended ended = await dump.EndAsync();
        Assert.Equal(0, ended.Code);
        Assert.Contains($"trama: listening on lo, link-type EN10MB (Ethernet), snapshot length 262144 bytes\n", ended.Errors,
            StringComparison.Ordinal);
        Assert.Matches(@"\d+ packets? captured\n\d+ packets? received by filter\n\d+ packets? dropped by kernel\n$", ended.Errors);
        TramaProcess.Ended read = await TramaProcess.RunAsync(["dump", "-nr", path]);
        Assert.Equal(ended.Output, read.Output);
    }

    [Fact]
    public async Task A_signal_right_after_the_packets_loses_none_of_them()
    {
        await Captures.RequireLiveAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = (IPEndPoint)listener.LocalEndpoint;
        string path = Captures.Temporary("stopped.pcap", []);
        await using TramaProcess dump = TramaProcess.Start("dump", "-i", "lo", "-w", path,
            $"tcp port {address.Port} and tcp[tcpflags] = tcp-syn");
        await dump.ErrorAsync(line => line.StartsWith("trama: listening on", StringComparison.Ordinal));
        for (int i = 0; i < 20; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address, TestContext.Current.CancellationToken);
        }

        dump.Signal("INT");
        TramaProcess.Ended ended = await dump.EndAsync();
        Assert.Contains("\n20 packets captured\n", ended.Errors, StringComparison.Ordinal);
        TramaProcess.Ended read = await TramaProcess.RunAsync(["dump", "-nr", path, "--count"]);
        Assert.Equal("20 packets\n", read.Output);
    }

    [Fact]
    public async Task Beside_tcpdump_on_any_it_prints_the_same_lines()
    {
        await Captures.RequireLiveAsync();
        _ = TestData.Program("tcpdump");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string filter = $"tcp port {((IPEndPoint)listener.LocalEndpoint).Port}";
        string[] args = ["-i", "any", "-nlt", "-S", filter];
        await using TramaProcess ours = TramaProcess.Start(["dump", .. args]);
        await using TramaProcess theirs = TramaProcess.Start("tcpdump", args);
        await ExchangeUntilSeenAsync(ours, listener);
        await ExchangeUntilSeenAsync(theirs, listener);
        // Both have started by now; this exchange is seen whole by both.
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        string mark = $".{((IPEndPoint)client.Client.LocalEndPoint!).Port}";
        using TcpClient server = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync("Olá, servidor!"u8.ToArray(), TestContext.Current.CancellationToken);
        await server.GetStream().ReadExactlyAsync(new byte[15], TestContext.Current.CancellationToken);
        server.Close();
        client.Close();
        // What comes after this connection's end shows that its last packets have been printed too.
        using var later = new TcpClient();
        await later.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        string laterMark = $".{((IPEndPoint)later.Client.LocalEndPoint!).Port}";
        await ours.LineAsync(line => line.Contains(laterMark, StringComparison.Ordinal));
        await theirs.LineAsync(line => line.Contains(laterMark, StringComparison.Ordinal));
        ours.Signal("INT");
        theirs.Signal("INT");
        Assert.Equal(Lines(await theirs.EndAsync(), mark), Lines(await ours.EndAsync(), mark));
    }

    [Fact]
    public async Task Without_the_right_to_capture_one_line_says_what_to_do()
    {
        _ = TestData.Program("setpriv");
        string[] words = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid", "65534", "--clear-groups", "--"] : [];
        string[] command = [.. words, TramaProcess.Binary, "dump", "-i", "lo"];
        TramaProcess.Ended ended = await TramaProcess.RunAsync(command[0], command[1..]);
        Assert.SkipWhen(ended.Errors.Contains("listening", StringComparison.Ordinal), "every user may capture here");
        Assert.SkipWhen(ended.Code is 126 or 127, "the nobody user may not run the build");
        Assert.Equal(1, ended.Code);
        Assert.StartsWith("trama: lo: no permission to capture: use sudo, or once: sudo setcap cap_net_raw+ep ", ended.Errors,
            StringComparison.Ordinal);
        Assert.Single(ended.Errors.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Under_sudo_files_belong_to_the_one_who_called_it()
    {
        await Captures.RequireLiveAsync();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "this test needs root");
        string path = Captures.Temporary("mine.pcap", []);
        File.Delete(path);
        string folder = Path.GetDirectoryName(path)!;
        await TramaProcess.RunAsync("chmod", ["777", folder, Path.GetDirectoryName(folder)!]);
        await using TramaProcess dump = TramaProcess.Start(
            "env", ["SUDO_UID=65534", "SUDO_GID=65534", TramaProcess.Binary, "dump", "-i", "lo", "-U", "-w", path, "tcp port 1"]);
        for (int i = 0; i < 200 && !(File.Exists(path) && new FileInfo(path).Length > 0); i++) await Task.Delay(
            50, TestContext.Current.CancellationToken);
        dump.Signal("INT");
        Assert.Equal(0, (await dump.EndAsync()).Code);
        TramaProcess.Ended owner = await TramaProcess.RunAsync("stat", ["-c", "%u %g", path]);
        Assert.Equal("65534 65534\n", owner.Output);
    }

    [Fact]
    public async Task The_count_of_packets_ends_the_capture()
    {
        await Captures.RequireLiveAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using TramaProcess dump = TramaProcess.Start("dump", "-ni", "lo", "-l", "-c2",
            $"tcp port {((IPEndPoint)listener.LocalEndpoint).Port}");
        await ExchangeUntilSeenAsync(dump, listener);
        TramaProcess.Ended ended = await dump.EndAsync();
        Assert.Equal(0, ended.Code);
        Assert.Equal(2, ended.Output.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("2 packets captured\n", ended.Errors, StringComparison.Ordinal);
    }

    // The command says "listening" on standard error, which is not read line by line: so it is talked to until it hears.
    private static async Task ExchangeUntilSeenAsync(TramaProcess dump, TcpListener listener)
    {
        Task<string> seen = dump.LineAsync(line => line.Contains("Flags [", StringComparison.Ordinal));
        while (!seen.IsCompleted)
        {
            using var client = new TcpClient();
            await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
            using TcpClient server = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await Task.WhenAny(seen, Task.Delay(100, TestContext.Current.CancellationToken));
        }

        await seen;
    }

    // The kernel hands packets that two processors deliver at once to two listeners in different orders.
    private static string Lines(TramaProcess.Ended ended, string mark) =>
        string.Join('\n', ended.Output.Split('\n').Where(line => line.Contains(mark, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));
}
