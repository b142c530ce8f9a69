using System.Net;
using System.Net.Sockets;

namespace Trama.EndToEnd.Tests;

/// <summary><c>--otlp</c> and <c>--metrics</c> of the whole command; what they tell is tested beside them.</summary>
public class TelemetryTests
{
    [Theory]
    [InlineData("en", "trama: 1 of 1 exchanges did not reach http://127.0.0.1:")]
    [InlineData("pt", "trama: 1 de 1 trocas não chegaram a http://127.0.0.1:")]
    public async Task A_collector_that_is_away_is_told_and_the_other_form_is_whole(string language, string line)
    {
        int port = FreePorts.Next();
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            ["trace", Captures.Lesson, "--ndjson", "--otlp", $"http://127.0.0.1:{port}", "--lang", language]);
        Assert.Equal(0, ended.Code);
        Assert.StartsWith($"{line}{port}/v1/traces: ", ended.Errors, StringComparison.Ordinal);
        Assert.Equal((await TramaProcess.RunAsync(["trace", Captures.Lesson, "--ndjson"])).Output, ended.Output);
    }

    [Fact]
    public async Task A_password_or_key_in_the_collector_s_address_is_not_told()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            ["trace", Captures.Lesson, "--ndjson", "--otlp", $"http://me:hidden@127.0.0.1:{FreePorts.Next()}/v1/traces?key=hidden"]);
        Assert.Contains("/v1/traces: ", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("me:a%40b@", "Basic bWU6YUBi")]
    [InlineData("token@", "Basic dG9rZW46")]
    [InlineData("", null)]
    public async Task A_user_in_the_collector_s_address_is_told_to_the_collector(string user, string? authorization)
    {
        using var collector = new HttpListener();
        int port = FreePorts.Next();
        collector.Prefixes.Add($"http://127.0.0.1:{port}/");
        collector.Start();
        Task<HttpListenerContext> asked = collector.GetContextAsync();
        await using TramaProcess trama = TramaProcess.Start(
            "trace", Captures.Lesson, "--ndjson", "--otlp", $"http://{user}127.0.0.1:{port}");
        HttpListenerContext context = await asked.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Equal("/v1/traces", context.Request.Url!.AbsolutePath);
        Assert.Equal(authorization, context.Request.Headers["Authorization"]);
        context.Response.Close();
        Assert.Equal(0, (await trama.EndAsync()).Code);
    }

    [Fact]
    public async Task Metrics_that_others_can_reach_say_so()
    {
        int port = FreePorts.Next();
        await using TramaProcess trama = TramaProcess.Start("trace", Captures.Lesson, "--metrics", $"0.0.0.0:{port}");
        Assert.Equal($"trama: metrics at http://0.0.0.0:{port}/metrics", await trama.ErrorAsync(_ => true));
        Assert.Equal("trama: whoever reaches that address reads what is asked of which server here, without a password",
            await trama.ErrorAsync(_ => true));
        await trama.ErrorAsync(line => line.Contains("Ctrl-C", StringComparison.Ordinal));
        trama.Signal("INT");
        Assert.Equal(0, (await trama.EndAsync()).Code);
    }

    [Fact]
    public async Task Metrics_of_a_capture_are_served_until_it_is_told_to_end()
    {
        int port = FreePorts.Next();
        await using TramaProcess trama = TramaProcess.Start("trace", Captures.Lesson, "--metrics", $"{port}");
        Assert.Equal($"trama: metrics at http://127.0.0.1:{port}/metrics", await trama.ErrorAsync(_ => true));
        await trama.ErrorAsync(line => line.Contains("Ctrl-C", StringComparison.Ordinal));
        using var http = new HttpClient();
        string text = await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), TestContext.Current.CancellationToken);
        Assert.Contains("\ntrama_requests_total{service=\"127.0.0.1:5000\"", text, StringComparison.Ordinal);
        Assert.Contains("\ntrama_connections_ended_total 1\n", text, StringComparison.Ordinal);
        trama.Signal("INT");
        Assert.Equal(0, (await trama.EndAsync()).Code);
    }

    [Theory]
    [InlineData("--otlp", "nothing", 2)]
    [InlineData("--otlp", "ftp://localhost", 2)]
    [InlineData("--metrics", "nothing", 2)]
    [InlineData("--metrics", "127.0.0.1:99999", 2)]
    [InlineData("--packets", "", 2)]
    public async Task What_is_no_address_is_refused(string option, string value, int code)
    {
        string[] words = value.Length == 0 ? [] : [value];
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", Captures.Lesson, option, .. words]);
        Assert.Equal((code, ""), (ended.Code, ended.Output));
        Assert.Equal(1, ended.Errors.Count(letter => letter == '\n'));
    }

    [Fact]
    public async Task An_address_that_is_taken_is_told()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", Captures.Lesson, "--metrics", $"127.0.0.1:{port}"]);
        Assert.Equal(1, ended.Code);
        Assert.StartsWith($"trama: --metrics 127.0.0.1:{port}: ", ended.Errors, StringComparison.Ordinal);
    }
}
