namespace Trama.EndToEnd.Tests;

/// <summary>SIP over TCP between two real user agents; tshark is the judge.</summary>
public class SipLiveTests
{
    [Fact]
    public async Task Calls_between_two_agents_are_traced_whole()
    {
        string sipp = TestData.Program("sipp");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        string[] common = ["-t", "t1", "-i", "127.0.0.1", "-nostdin"];
        await using TramaProcess server = TramaProcess.Start(sipp, ["-sn", "uas", "-p", $"{port}", .. common]);
        await LiveCapture.AcceptsAsync(port);
        string capture = await LiveCapture.OfAsync(folder, port, async () =>
        {
            TramaProcess.Ended called = await TramaProcess.RunAsync(
                sipp, ["-sn", "uac", $"127.0.0.1:{port}", "-m", "3", "-r", "50", "-d", "10", .. common]);
            Assert.True(called.Code == 0, called.Output);
        });
        string[] theirs = await ProtocolTrace.TsharkAsync(
            capture, "sip", ("sip", port), "tcp.stream", "sip.Method", "sip.r-uri", "sip.Status-Code");
        string[] told = await ProtocolTrace.OfAsync(capture, "sip");
        IEnumerable<string> requests = theirs.SelectMany(Messages).Where(fields => fields[1].Length > 0)
            .Select(fields => $"{fields[0]} client {fields[1]} {fields[2]}");
        Assert.Equal(9, told.Length);
        Assert.Equal(requests.Order(StringComparer.Ordinal), told.Select(line => line[..line.IndexOf(" -> ", StringComparison.Ordinal)]));
        Assert.All(
            told,
            line => Assert.EndsWith(line.Contains(" ACK ", StringComparison.Ordinal) ? "-> " : "-> 200", line, StringComparison.Ordinal));
    }

    // Several messages of one packet stand in one line.
    private static IEnumerable<string[]> Messages(string line)
    {
        string[] fields = line.Split('\t');
        string[] methods = fields[1].Split(','), targets = fields[2].Split(',');
        for (int i = 0; i < methods.Length; i++) yield return [fields[0], methods[i], targets[i]];
    }
}
