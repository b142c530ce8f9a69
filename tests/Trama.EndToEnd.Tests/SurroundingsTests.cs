namespace Trama.EndToEnd.Tests;

/// <summary>What a command makes of surroundings that lack what others take for granted.</summary>
public class SurroundingsTests
{
    [Theory]
    [InlineData("--version >&-", 1, "trama: standard output: Bad file descriptor\n")]
    [InlineData("--version <&- >&-", 1, "trama: standard output: Bad file descriptor\n")]
    [InlineData("trace {0} <&- >&-", 1, "trama: standard output: Bad file descriptor\n")]
    [InlineData("trace {0} --json >&-", 1, "trama: standard output: Bad file descriptor\n")]
    [InlineData("dump -n -r {0} <&- >&-", 1, "reading from file {0}, link-type EN10MB (Ethernet), snapshot length 262144\ntrama: "
        + "standard output: Bad file descriptor\n")]
    [InlineData("--version <&- >&- 2>&-", 1, "")]
    [InlineData("dump -n -r - <&-", 1, "trama: standard input: Bad file descriptor\n")]
    [InlineData("trace - <&-", 1, "trama: standard input: Bad file descriptor\n")]
    [InlineData("trace <&-", 2, "trama: name a capture file, or a device with -i (trama trace --help)\n")]
    public async Task Standard_streams_that_are_closed_are_told_in_one_line(string line, int code, string told)
    {
        TramaProcess.Ended ended = await RunAsync($"exec \"$0\" {line.Replace("{0}", "\"$1\"", StringComparison.Ordinal)}");
        Assert.Equal(new TramaProcess.Ended(code, "", told.Replace("{0}", Captures.Lesson, StringComparison.Ordinal)), ended);
    }

    [Fact]
    public async Task What_is_written_goes_to_its_file_when_there_is_no_standard_output()
    {
        using var folder = new TemporaryFolder();
        TramaProcess.Ended ended = await RunAsync($"exec \"$0\" dump -r \"$1\" -w {folder["copy.pcap"]} <&- >&- 2>&-");
        Assert.Equal(0, ended.Code);
        Assert.Equal(await File.ReadAllBytesAsync(Captures.Lesson, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(folder["copy.pcap"], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(":/dev/zero", "UTC")]
    [InlineData("/dev/zero", "UTC")]
    [InlineData(":../../../dev/zero", "UTC")]
    [InlineData(":/nowhere", "UTC")]
    [InlineData("Asia/Tokyo", "Asia/Tokyo")]
    [InlineData(":Asia/Tokyo", "Asia/Tokyo")]
    public async Task A_time_zone_that_is_none_is_UTC(string zone, string same)
    {
        string[] dump = [TramaProcess.Binary, "dump", "-n", "-r", Captures.Lesson];
        TramaProcess.Ended ended = await TramaProcess.RunAsync("env", [$"TZ={zone}", .. dump]);
        Assert.Equal(await TramaProcess.RunAsync("env", [$"TZ={same}", .. dump]), ended);
        Assert.Equal(0, ended.Code);
    }

    private static Task<TramaProcess.Ended> RunAsync(string script) =>
        TramaProcess.RunAsync("/bin/bash", ["-c", script, TramaProcess.Binary, Captures.Lesson]);
}
