using System.Text.Json;
using System.Xml.Linq;

namespace Trama.EndToEnd.Tests;

public class LoadTests
{
    [Fact]
    public async Task Tells_what_came_of_it_as_JSON()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--quiet", "--framing", "lines",
            "--reply", "ok");
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            ["load", "127.0.0.1", $"{await ServeTests.PortAsync(server)}", "--framing", "lines", "--message", "hi", "--rate", "1k/s",
                "--duration", "500ms", "-c", "10", "--json"]);
        Assert.Equal("", ended.Errors);
        Assert.Equal(0, ended.Code);
        JsonElement load = JsonDocument.Parse(ended.Output).RootElement;
        Assert.InRange(load.GetProperty("answered").GetInt64(), 499, 501);
        Assert.Equal(0, load.GetProperty("failed").GetInt64());
        JsonElement latency = load.GetProperty("latencyNs");
        long[] shares = [.. new[] { "min", "p50", "p90", "p99", "p99.9", "p99.99", "max" }.Select(
            name => latency.GetProperty(name).GetInt64())];
        Assert.Equal(shares.Order(), shares);
    }

    [Fact]
    public async Task The_course_of_a_load_is_a_picture_a_page_and_numbers()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--quiet", "--framing", "lines",
            "--reply", "ok");
        using var folder = new TemporaryFolder();
        string svg = folder["load.svg"], html = folder["load.html"], port = $"{await ServeTests.PortAsync(server)}";
        string[] load = ["load", "127.0.0.1", port, "--framing", "lines", "--rate", "500/s", "--duration", "3s"];
        TramaProcess.Ended json = await TramaProcess.RunAsync([.. load, "--json", "--svg", svg, "--html", html]);
        Assert.Equal((0, ""), (json.Code, json.Errors));
        JsonElement told = JsonDocument.Parse(json.Output).RootElement;
        JsonElement[] course = [.. told.GetProperty("course").EnumerateArray()];
        Assert.Equal(told.GetProperty("answered").GetInt64(), course.Sum(moment => moment.GetProperty("answered").GetInt64()));
        Assert.All(course.Zip(course.Skip(1)), pair => Assert.Equal(pair.Second.GetProperty("atNs").GetInt64(),
            pair.First.GetProperty("atNs").GetInt64() + pair.First.GetProperty("lengthNs").GetInt64()));
        foreach (string path in (string[])[svg, html])
        {
            var document = XDocument.Parse((await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))
                .Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));
            Assert.Contains(document.Descendants(), element => element.Name.LocalName == "path");
        }

        TramaProcess.Ended picture = await TramaProcess.RunAsync([.. load, "--svg", "-", "--lang", "pt"]);
        Assert.StartsWith("<svg ", picture.Output, StringComparison.Ordinal);
        Assert.Contains("Latência ao longo do tempo", picture.Output, StringComparison.Ordinal);
        string text = (await TramaProcess.RunAsync(load)).Output;
        Assert.Matches(@"\nrate +[▁-█]{8,}  up to \d+/s\np99 +[▁-█]{8,}  up to .*\n", text);
    }

    [Fact]
    public async Task The_lessons_server_is_asked_over_a_connection_for_each_message()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--quiet");
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            ["load", "localhost", $"{await ServeTests.PortAsync(server)}", "--per-connection", "1", "--duration", "300ms", "--lang", "pt"]);
        Assert.Equal("", ended.Errors);
        Assert.Matches(@"\Arespondidos +[1-9]\d* de \d+, \d+/s\nlatência +min .* p99,99 .*\n", ended.Output);
        Assert.DoesNotContain("falharam", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HTTP_needs_but_a_method_and_a_target()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--framing", "http1", "--keep-open", "--json");
        int port = JsonDocument.Parse(await server.LineAsync(_ => true)).RootElement.GetProperty("port").GetInt32();
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            ["load", "127.0.0.1", $"{port}", "--framing", "http1", "--message", "GET /x", "--duration", "100ms", "-c", "1"]);
        Assert.Equal(0, ended.Code);
        string request = await server.LineAsync(line => line.Contains("\"message\"", StringComparison.Ordinal));
        Assert.Equal(
            $"GET /x HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: trama\r\n\r\n",
            JsonDocument.Parse(request).RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Speaks_TLS_with_every_connection_and_tells_its_handshakes()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--tls", "--port", "0", "--keep-open", "--quiet", "--framing",
            "lines", "--reply", "ok");
        string[] load = ["load", "localhost", $"{await ServeTests.PortAsync(server)}", "--tls", "--framing", "lines", "-c", "3", "--rate",
            "200/s", "--duration", "300ms", "--json"];
        string made = await server.ErrorAsync(line => line.Contains("certificate made for this run", StringComparison.Ordinal));
        TramaProcess.Ended known = await TramaProcess.RunAsync([.. load, "--fingerprint", made.Split(' ')[^1]]);
        Assert.Equal("", known.Errors);
        JsonElement told = JsonDocument.Parse(known.Output).RootElement;
        Assert.Equal((60, 0), (told.GetProperty("answered").GetInt32(), told.GetProperty("failed").GetInt32()));
        Assert.Equal(3, told.GetProperty("handshakeNs").GetProperty("count").GetInt32());

        TramaProcess.Ended unknown = await TramaProcess.RunAsync(load);
        Assert.Equal(1, unknown.Code);
        Assert.Contains("nobody trusted vouches for the certificate of CN=localhost", unknown.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/x?y=1", "GET /x?y=1 HTTP/1.1", "http1")]
    [InlineData("tcp://127.0.0.1:{0}", "Hello, server!", "raw")]
    [InlineData("127.0.0.1:{0}", "Hello, server!", "raw")]
    public async Task A_URL_names_the_server_and_what_is_asked(string url, string asked, string framing)
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--framing", framing);
        string target = string.Format(null, url, await ServeTests.PortAsync(server));
        TramaProcess.Ended load = await TramaProcess.RunAsync(["load", target, "--duration", "1s", "-c", "1", "--rate", "20/s"]);
        Assert.Equal(0, load.Code);
        await server.LineAsync(line => line.StartsWith($"Message received: {asked}", StringComparison.Ordinal));
        Assert.Equal(2, (await TramaProcess.RunAsync(["load", target, "80"])).Code);
    }

    [Theory]
    [InlineData("--ca x", 2, "--ca needs --tls")]
    [InlineData("--rate 5", 2, "--rate: expected a rate such as 2000/s, 50k/s or 30/m, or with --replay ×N, got '5'")]
    [InlineData("--rate ×0", 2, "--rate: expected ×N, such as ×10 or ×0.5, up to ×1000000, got '×0'")]
    [InlineData("--rate 0/s", 2, "--rate: expected a rate such as 2000/s, 50k/s or 30/m, or with --replay ×N, got '0/s'")]
    [InlineData("--duration 0s", 2, "--duration: expected a duration of 1ms or more, got '0s'")]
    [InlineData("--connections 0", 2, "--connections: expected a number from 1 to 1000000, got '0'")]
    [InlineData("--new-connections many", 2, "--new-connections: expected a rate such as 2000/s, 50k/s or 30/m, got 'many'")]
    [InlineData("--framing auto", 2, "--framing: 'auto' is for who sees both sides")]
    [InlineData("--message @/nowhere", 1, "/nowhere: no such file")]
    [InlineData("--framing raw --message @/dev/null", 2, "--message: 0 bytes make no message of the framing raw")]
    [InlineData("-d 1s", 1, "cannot connect to 127.0.0.1 port 1: connection refused (127.0.0.1)")]
    public async Task What_cannot_be_done_is_told_in_one_line(string options, int code, string expected)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["load", "127.0.0.1", "1", .. options.Split(' ')]);
        Assert.StartsWith($"trama: {expected}", ended.Errors, StringComparison.Ordinal);
        Assert.Equal(code, ended.Code);
        Assert.Equal("", ended.Output);
        Assert.Equal(1, ended.Errors.Count(character => character == '\n'));
    }

    [Fact]
    public async Task Without_a_single_answer_it_ends_with_a_failure()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--quiet", "--reply", "");
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            ["load", "127.0.0.1", $"{await ServeTests.PortAsync(server)}", "--duration", "200ms", "--timeout", "300ms", "-c", "2"]);
        Assert.Equal(1, ended.Code);
        Assert.Matches(@"\Aanswered +0 of \d+, 0/s\nfailed +closed before the reply: \d+", ended.Output);
    }
}
