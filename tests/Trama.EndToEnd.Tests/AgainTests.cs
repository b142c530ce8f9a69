namespace Trama.EndToEnd.Tests;

public class AgainTests
{
    [Theory]
    [InlineData("packet-loss/random-1", "packet-loss")]
    [InlineData("slow-server/v1", "slow-server")]
    [InlineData("connection-refused/v1", "connection-refused")]
    [InlineData("clean/bulk-1", "-")]
    [InlineData("backlog-overflow/v1", "backlog-overflow")]
    [InlineData("keepalive-failure/v1", "keepalive-failure")]
    public async Task What_was_captured_happens_again(string name, string finding)
    {
        string[] row = await MainAsync([TestData.Shared($"faults/{name}/client.pcap")]);
        Assert.Equal([finding, finding], row[^2..]);
    }

    [Theory, InlineData("client.pcap", "server.pcap"), InlineData("server.pcap", "client.pcap")]
    public async Task From_both_hosts_what_the_path_did_is_known(string first, string second)
    {
        string folder = TestData.Shared("faults/packet-loss/random-1");
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            ["again", Path.Combine(folder, first), Path.Combine(folder, second), "--lang", "en"]);
        Assert.SkipWhen(ended.Errors.Contains("cannot be made on this machine", StringComparison.Ordinal), ended.Errors);
        Assert.Equal(0, ended.Code);
        Assert.Contains("Known, from two captures", ended.Output, StringComparison.Ordinal);
        string[] rows = [.. ended.Output.Split('\n').Where(line => line.StartsWith("main finding", StringComparison.Ordinal))];
        Assert.All(rows, row => Assert.EndsWith("packet-loss", row, StringComparison.Ordinal));
        Assert.Equal(2, rows.Length);
    }

    [Fact]
    public async Task A_capture_of_another_connection_is_none_of_the_other_host()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["again", TestData.Shared("faults/clean/bulk-1/client.pcap"),
            TestData.Shared("faults/slow-server/v1/server.pcap"), "--lang", "en"]);
        Assert.Equal((1, ""), (ended.Code, ended.Output));
        Assert.Contains("does not have connection 1 of", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cure_takes_the_finding_away()
    {
        string lossy = TestData.Shared("faults/packet-loss/random-1/client.pcap");
        Assert.Equal(["packet-loss", "-"], (await MainAsync([lossy, "--with", "cure"]))[^2..]);
    }

    [Fact]
    public async Task A_loss_that_is_added_is_found()
    {
        string clean = TestData.Shared("faults/clean/bulk-1/client.pcap");
        Assert.Equal(["-", "packet-loss"], (await MainAsync([clean, "--with", "loss=2%"]))[^2..]);
    }

    [Fact]
    public async Task Who_is_stopped_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        string slow = TestData.Shared("faults/slow-server/v1/client.pcap");
        string temporary = Path.GetDirectoryName(folder["x"])!;
        await using TramaProcess again = TramaProcess.Start("env", [$"TMPDIR={temporary}", TramaProcess.Binary, "again", slow, "--lang", "en"]);
        await again.ErrorAsync(line => line.Contains("happens again", StringComparison.Ordinal));
        again.Signal("TERM");
        await again.EndAsync();
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary, "trama-*"));
    }

    [Fact]
    public async Task Where_no_property_of_the_path_cures_that_is_said()
    {
        string slow = TestData.Shared("faults/slow-server/v1/client.pcap");
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["again", slow, "--with", "cure", "--lang", "en"]);
        Assert.Equal(1, ended.Code);
        Assert.Contains("slow-server has no cure in path, window or pace", ended.Errors, StringComparison.Ordinal);
    }

    [Theory, InlineData("loss=99"), InlineData("window"), InlineData("rtt=1h"), InlineData("nodelay=1")]
    public async Task A_change_that_is_none_is_refused(string change)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["again", Captures.Lesson, "--with", change]);
        Assert.Equal((2, ""), (ended.Code, ended.Output));
    }

    // The last row of the comparison: its name, then both findings.
    private static async Task<string[]> MainAsync(string[] arguments)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["again", .. arguments, "--lang", "en"]);
        Assert.SkipWhen(ended.Errors.Contains("cannot be made on this machine", StringComparison.Ordinal), ended.Errors);
        Assert.Equal(0, ended.Code);
        string row = ended.Output.Split('\n').Single(line => line.StartsWith("main finding", StringComparison.Ordinal));
        return row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
