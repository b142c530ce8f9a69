using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Trama.Captures;
using Trama.Rows.Metrics;
using Trama.Tracing;

namespace Trama.Rows.Tests.Metrics;

/// <summary>What Prometheus is told of exchanges.</summary>
public class MetricTests
{
    [Fact]
    public void Requests_failures_and_times_are_counted_by_service_and_operation()
    {
        string text = Of(
            "GET /users/7 HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "GET /users/8 HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n").Write();
        const string labels = "service=\"10.0.0.2:80\",protocol=\"http1\",operation=\"GET /users/:id\"";
        Assert.Contains($"\ntrama_requests_total{{{labels}}} 2\n", text, StringComparison.Ordinal);
        Assert.Contains($"\ntrama_failures_total{{{labels}}} 1\n", text, StringComparison.Ordinal);
        Assert.Contains($"\ntrama_request_duration_seconds_bucket{{{labels},le=\"0.0025\"}} 0\n", text, StringComparison.Ordinal);
        Assert.Contains($"\ntrama_request_duration_seconds_bucket{{{labels},le=\"0.005\"}} 2\n", text, StringComparison.Ordinal);
        Assert.Contains($"\ntrama_request_duration_seconds_bucket{{{labels},le=\"+Inf\"}} 2\n", text, StringComparison.Ordinal);
        Assert.Contains($"\ntrama_request_duration_seconds_sum{{{labels}}} 0.01\n", text, StringComparison.Ordinal);
        Assert.Contains("\ntrama_connections_ended_total 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Promtool_finds_nothing_to_complain_of()
    {
        string promtool = TestData.Program("promtool");
        var metrics = new MetricSink();
        foreach (string path in CapturesAtHand.All.Where((_, i) => i % 7 == 0)) Trace(path, metrics);
        var start = new ProcessStartInfo(promtool, ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(metrics.Write());
        process.StandardInput.Close();
        string told = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((0, ""), (process.ExitCode, told));
    }

    [Fact]
    public void Operations_without_end_do_not_grow_without_end()
    {
        string[] texts = [.. Enumerable.Range(0, MetricSink.MostSeries + 50).SelectMany(i => (string[])[
            $"GET /{Letters(i)} HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])];
        MetricSink metrics = Of(texts);
        Assert.Equal(50, metrics.Others);
        Assert.Equal(MetricSink.MostSeries + 1, metrics.Write().Split('\n').Count(line =>
            line.StartsWith("trama_requests_total{", StringComparison.Ordinal)));
        Assert.Contains("\ntrama_others_total 50\n", metrics.Write(), StringComparison.Ordinal);
        Assert.Contains("operation=\"other\"} 50\n", metrics.Write(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Operations_that_differ_where_they_are_cut_have_different_labels_or_are_one(int more)
    {
        string path = new('z', 100 + more);
        string[] texts = [.. new[] { "😀", "🥐" }.SelectMany(letter => (string[])[
            $"GET /{path}{string.Concat(Enumerable.Repeat(letter, 20))} HTTP/1.1\r\nHost: a\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])];
        string[] names = [.. Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(Of(texts).Write())).Split('\n')
            .Where(line => line.StartsWith("trama_requests_total{", StringComparison.Ordinal)).Select(line => line.Split("} ")[0])];
        Assert.NotEmpty(names);
        Assert.Equal(names.Distinct(), names);
        Assert.DoesNotContain(names, name => name.Contains('\ufffd'));
    }

    [Theory]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n", "200 OK", "body")]
    [InlineData("GET /metrics?a=b HTTP/1.0\r\n\r\n", "200 OK", "body")]
    [InlineData("HEAD /metrics HTTP/1.1\r\n\r\n", "200 OK", "")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "404 Not Found", "")]
    [InlineData("GET /metricsx HTTP/1.1\r\n\r\n", "404 Not Found", "")]
    [InlineData("POST /metrics HTTP/1.1\r\n\r\n", "405 Method Not Allowed", "")]
    [InlineData("\r\n\r\n", "405 Method Not Allowed", "")]
    public async Task The_server_answers_what_it_is_asked(string request, string status, string body)
    {
        using var server = new MetricServer(new IPEndPoint(IPAddress.Loopback, 0), () => "body");
        string answer = await AskAsync(server, Encoding.ASCII.GetBytes(request));
        Assert.StartsWith($"HTTP/1.1 {status}\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith($"\r\n\r\n{body}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rude_clients_get_nothing_and_keep_nobody_from_an_answer()
    {
        using var server = new MetricServer(new IPEndPoint(IPAddress.Loopback, 0), () => "body");
        Assert.Equal("", await AskAsync(server, new byte[100_000]));
        using var silent = new TcpClient();
        await silent.ConnectAsync(server.Place, TestContext.Current.CancellationToken);
        Assert.EndsWith("body", await AskAsync(server, "GET /metrics HTTP/1.1\r\n\r\n"u8.ToArray()), StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(MetricServer server, byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Place, TestContext.Current.CancellationToken);
        try
        {
            await client.GetStream().WriteAsync(request, TestContext.Current.CancellationToken);
            using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
            return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // It did not read all of a request that is none.
            return "";
        }
    }

    // Letters only: digits would be taken out of the group.
    private static string Letters(int number) =>
        string.Concat(Enumerable.Range(0, 4).Select(i => (char)('a' + (number / (int)Math.Pow(10, i) % 10))));

    private static MetricSink Of(params string[] texts)
    {
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, HttpConversation.Capture(texts));
        var metrics = new MetricSink();
        Trace(path, metrics);
        File.Delete(path);
        return metrics;
    }

    private static void Trace(string path, ITraceSink sink)
    {
        try
        {
            using CaptureFile file = CaptureFile.Open(path);
            var tracker = new ConnectionTracker(new TracingOptions(), sink);
            while (file.TryRead(out Packets.Record record)) tracker.Observe(record);
            tracker.Complete();
        }
        catch (CaptureException)
        {
            // Some captures at hand are none.
        }
    }
}
