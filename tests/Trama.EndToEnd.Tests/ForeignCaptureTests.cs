namespace Trama.EndToEnd.Tests;

/// <summary>What people bring who have no pcap file.</summary>
public class ForeignCaptureTests
{
    private const string Ticket = """
        Hi, this is what tcpdump says:

        12:00:00.000100 IP 10.0.0.1.40000 > 10.0.0.2.5000: Flags [S], seq 1000, win 64240, options [mss 1460], length 0
        12:00:00.000200 IP 10.0.0.2.5000 > 10.0.0.1.40000: Flags [S.], seq 5000, ack 1001, win 65160, options [mss 1460], length 0
        12:00:00.000300 IP 10.0.0.1.40000 > 10.0.0.2.5000: Flags [.], ack 1, win 502, length 0
        12:00:00.000400 IP 10.0.0.1.40000 > 10.0.0.2.5000: Flags [P.], seq 1:16, ack 1, win 502, length 15
        12:00:00.000500 IP 10.0.0.2.5000 > 10.0.0.1.40000: Flags [.], ack 16, win 502, length 0
        12:00:00.700500 IP 10.0.0.2.5000 > 10.0.0.1.40000: Flags [P.], seq 1:31, ack 16, win 502, length 30
        12:00:00.700600 IP 10.0.0.1.40000 > 10.0.0.2.5000: Flags [.], ack 31, win 502, length 0
        """;

    [Fact]
    public async Task Lines_pasted_into_a_ticket_are_traced_and_judged()
    {
        TramaProcess.Ended trace = await TramaProcess.RunAsync(["trace", "-"], Ticket);
        Assert.Equal(("", 0), (trace.Errors, trace.Code));
        Assert.Contains("10.0.0.1:40000 > 10.0.0.2:5000\t15 B\t30 B\t0 ns\t100 µs\t700 ms", trace.Output, StringComparison.Ordinal);
        TramaProcess.Ended diagnosis = await TramaProcess.RunAsync(["diagnose", "-"], Ticket);
        Assert.Equal(0, diagnosis.Code);
        Assert.DoesNotContain("packet-loss", diagnosis.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compression_that_is_not_read_is_told_with_the_command_that_undoes_it()
    {
        using var folder = new TemporaryFolder();
        string path = folder["a b.xz"];
        await File.WriteAllBytesAsync(path, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4], TestContext.Current.CancellationToken);
        TramaProcess.Ended english = await TramaProcess.RunAsync(["trace", path]);
        Assert.Equal(1, english.Code);
        Assert.Contains($"is compressed with xz: xz -dc '{path}' | trama trace -", english.Errors, StringComparison.Ordinal);
        TramaProcess.Ended portuguese = await TramaProcess.RunAsync(["dump", "-r", path, "--lang", "pt"]);
        Assert.Contains($"está comprimido com xz: xz -dc '{path}' | trama trace -", portuguese.Errors, StringComparison.Ordinal);
    }
}
