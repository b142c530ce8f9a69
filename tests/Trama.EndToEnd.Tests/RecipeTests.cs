using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Trama.EndToEnd.Tests;

/// <summary>What documents, help and explanations promise of <c>--fault</c> is done, and the promised finding is found.</summary>
public class RecipeTests
{
    [Theory]
    [InlineData("--fault no-reply", "hello --timeout 2s", "no-reply")]
    [InlineData("--fault no-reply --keep-open", "hello --timeout 2s", "no-reply")]
    [InlineData("--fault zero-window", "8M", "zero-window")]
    [InlineData("--fault zero-window=64KiB", "8M", "zero-window")]
    [InlineData("--framing lines --keep-open --fault slice=3,nagle", "hello --framing lines --keep-open --count 10", "nagle-delayed-ack")]
    [InlineData("--fault latency=500ms", "hello", "slow-server")]
    [InlineData("--fault closed-without-reply", "hello", "closed-without-reply")]
    [InlineData("--fault reset-after=0", "hello", "reset-by-server")]
    [InlineData("--reply-file /proc/self/status --fault reset-after=100", "hello", "reset-on-unread-data")]
    [InlineData("--keep-open --echo", "one\ntwo\nthree\nfour\nfive\nsix\nseven\nOl\u00e1\n", "garbled-text")]
    public async Task A_recipe_brings_about_its_finding(string serve, string send, string finding)
    {
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        await using TramaProcess server = TramaProcess.Start(
            ["serve", "--port", "0", "--bind", "127.0.0.1", "--quiet", "--capture", folder["own.pcap"], .. serve.Split(' ')]);
        string[] to = ["send", $"127.0.0.1:{await ServeTests.PortAsync(server)}",];
        await using (TramaProcess client = TramaProcess.Start([.. to, .. Message(send)]))
        {
            if (Input(send) is { } input)
            {
                try
                {
                    foreach (byte[] piece in input)
                    {
                        await client.Input.WriteAsync(piece, TestContext.Current.CancellationToken);
                        // Each line in a segment of its own: the one before has been heard, however late the client began.
                        await client.Input.FlushAsync(TestContext.Current.CancellationToken);
                        if (serve.Contains("--echo", StringComparison.Ordinal)) await client.LineAsync(_ => true);
                    }
                }
                catch (IOException)
                {
                    // It has seen that the server takes no more.
                }
            }

            await client.EndAsync();
        }

        server.Signal("TERM");
        await server.EndAsync();
        string told = (await TramaProcess.RunAsync(["diagnose", folder["own.pcap"], "--json"])).Output;
        IEnumerable<string?> found = JsonDocument.Parse(told).RootElement.GetProperty("connections").EnumerateArray()
            .SelectMany(connection => connection.GetProperty("findings").EnumerateArray())
                .Select(what => what.GetProperty("id").GetString());
        Assert.Contains(finding, found);
    }

    [Fact]
    public async Task Clients_that_are_accepted_slowly_find_a_full_queue()
    {
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        await using TramaProcess server = TramaProcess.Start(
            ["serve", "--port", "0", "--bind", "127.0.0.1", "--quiet", "--capture", folder["own.pcap"], "--fault", "backlog-overflow=10s"]);
        int port = await ServeTests.PortAsync(server);
        await TramaProcess.RunAsync(["load", "127.0.0.1", $"{port}", "-c", "10", "--duration", "3s", "--timeout", "3s"]);
        server.Signal("TERM");
        await server.EndAsync();
        Assert.Contains("backlog-overflow", (await TramaProcess.RunAsync(["diagnose", folder["own.pcap"], "--json"])).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_killed_after_a_silence_was_given_up_while_idle()
    {
        await Captures.RequireLiveAsync();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can kill a connection");
        using var folder = new TemporaryFolder();
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--bind", "127.0.0.1", "--keep-open", "--capture",
            folder["own.pcap"]);
        int port = await ServeTests.PortAsync(server);
        await using TramaProcess client = TramaProcess.Start("send", $"127.0.0.1:{port}");
        await client.Input.WriteAsync("hello"u8.ToArray(), TestContext.Current.CancellationToken);
        await client.Input.FlushAsync(TestContext.Current.CancellationToken);
        await server.LineAsync(line => line.EndsWith("hello", StringComparison.Ordinal));
        await Task.Delay(2000, TestContext.Current.CancellationToken);
        TramaProcess.Ended kill = await TramaProcess.RunAsync(TestData.Program("ss"), ["-K", $"sport = :{port}"]);
        Assert.SkipUnless(kill.Output.Contains("ESTAB", StringComparison.Ordinal),
            "this kernel kills no connections (CONFIG_INET_DIAG_DESTROY)");
        await client.EndAsync();
        server.Signal("TERM");
        await server.EndAsync();
        Stretch(folder["own.pcap"], by: 60);
        Assert.Contains("idle-timeout", (await TramaProcess.RunAsync(["diagnose", folder["own.pcap"], "--json"])).Output,
            StringComparison.Ordinal);
    }

    // Two seconds in place of two minutes: all that passed between packets of a pcap file took so many times as long.
    private static void Stretch(string path, int by)
    {
        byte[] file = File.ReadAllBytes(path);
        long? first = null;
        for (int at = 24; at < file.Length; at += 16 + BitConverter.ToInt32(file, at + 8))
        {
            long time = BitConverter.ToUInt32(file, at) * 1_000_000_000L + BitConverter.ToUInt32(file, at + 4);
            first ??= time;
            time = first.Value + (time - first.Value) * by;
            BitConverter.TryWriteBytes(file.AsSpan(at), (uint)(time / 1_000_000_000));
            BitConverter.TryWriteBytes(file.AsSpan(at + 4), (uint)(time % 1_000_000_000));
        }

        File.WriteAllBytes(path, file);
    }

    [Fact]
    public async Task Every_recipe_of_the_explanations_is_a_command_line_that_is_understood()
    {
        string pages = Path.Combine(TestData.Root, "src/Showing/Trama.Reports/Findings/Pages");
        string[] recipes = [.. Directory.GetFiles(pages).SelectMany(File.ReadLines)
            .SelectMany(line => Regex.Matches(line, "\"([^\"]*trama (serve|send|load|relay) [^\"]*)\"")
                .Select(found => found.Groups[1].Value))
            .Select(recipe => Regex.Match(recipe, "trama ((serve|send|load|relay) [^|;#]*)").Groups[1].Value.Trim())
            .Distinct()];
        Assert.InRange(recipes.Length, 10, 100);
        foreach (string recipe in recipes)
        {
            // An option that does not exist is told of before the port that cannot be had.
            string[] words = [.. recipe.Split('<')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)];
            TramaProcess.Ended ended = await TramaProcess.RunAsync([.. words, "--no-such-option"]);
            Assert.True(ended.Code == 2 && ended.Errors.Contains("--no-such-option", StringComparison.Ordinal)
                && !Regex.IsMatch(ended.Errors, "'--(?!no-such-option)"), $"{recipe}: {ended.Errors}");
        }
    }

    private static string[] Message(string send) => Input(send) is null ? send.Split(' ') : [];

    // What goes over standard input: so many bytes, or lines that are no UTF-8.
    private static byte[][]? Input(string send) => send switch
    {
        "8M" => [new byte[8 << 20]],
        _ when send.Contains('\n', StringComparison.Ordinal) =>
            [.. send.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Encoding.Latin1.GetBytes(line + "\n"))],
        _ => null,
    };
}
