namespace Trama.EndToEnd.Tests;

/// <summary>Captures whose packets bear their process in comments.</summary>
public class CommentedCaptureTests
{
    private static string Capture => TestData.Shared("protocols/tls-ptcpdump-curl-process-comments.pcapng");

    [Theory]
    [InlineData("", "curl 122868 > ?")]
    [InlineData("--json",
        "\"process\":{\"client\":{\"pid\":122868,\"command\":\"curl\",\"program\":\"/usr/bin/curl\",\"commandLine\":\"curl kernel.com\"}}")]
    [InlineData("--ladder", "client curl 122868")]
    [InlineData("--summary", "curl 122868")]
    [InlineData("--html -", "\"clientProcess\":\"curl 122868\"")]
    [InlineData("--process curl", "GET /")]
    [InlineData("--process 122868", "GET /")]
    [InlineData("--where clientProcess=curl", "GET /")]
    public async Task The_process_is_shown(string options, string expected)
    {
        TramaProcess.Ended trace =
            await TramaProcess.RunAsync(["trace", Capture, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal("", trace.Errors);
        Assert.Contains(expected, trace.Output, StringComparison.Ordinal);
    }

    [Theory, InlineData("--process wget"), InlineData("--user ana"), InlineData("--container docker"), InlineData("--where clientPid=1")]
    public async Task The_connections_of_others_are_not(string options)
    {
        TramaProcess.Ended trace = await TramaProcess.RunAsync(["trace", Capture, .. options.Split(' ')]);
        Assert.DoesNotContain("GET /", trace.Output, StringComparison.Ordinal);
    }
}
