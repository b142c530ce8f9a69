using System.Diagnostics;
using System.Text.Json;

namespace Trama.Mcp.Tests;

/// <summary>The server as a process: clients that talk nonsense or name a folder that is none.</summary>
public sealed class ProtocolTests
{
    private const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","""
        + """ "capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""";

    [Fact]
    public async Task Broken_lines_do_not_end_the_server_and_the_end_of_its_input_does()
    {
        using var folder = new CaptureFolderOnDisk();
        folder.Write("a.pcap", 80, "hello");
        using Process server = Start([folder.Path]);
        foreach (string line in (string[])
            ["", "{", "nonsense", "[1,2]", "{\"jsonrpc\":\"2.0\"}", new string('[', 100_000), "\0\u00ff", Initialize])
            await server.StandardInput.WriteLineAsync(line);
        await server.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        JsonElement greeting = await AnswerAsync(server, 1);
        Assert.Equal("trama", greeting.GetProperty("result").GetProperty("serverInfo").GetProperty("name").GetString());
        await server.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        await server.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"nothing"}}""");
        await server.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        Assert.True((await AnswerAsync(server, 2)).TryGetProperty("error", out _));
        await server.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"list"}}""");
        await server.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Contains("a.pcap", (await AnswerAsync(server, 3)).GetRawText(), StringComparison.Ordinal);
        server.StandardInput.Close();
        Assert.Equal(0, await EndedAsync(server));
    }

    [Theory]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"", "7")]
    [InlineData("{\"id\":\"seven\",\"params\":{\"id\":8,\"name\":\"", "\"seven\"")]
    public async Task A_line_without_an_end_is_refused_and_skipped(string beginning, string id)
    {
        using var folder = new CaptureFolderOnDisk();
        using ServerProcess server = await ServerProcess.StartAsync(folder);
        await server.SayAsync(beginning + new string('x', 40 << 20) + "\"}}");
        JsonElement refusal = await server.NextAsync();
        Assert.Equal(id, refusal.GetProperty("id").GetRawText());
        Assert.Equal("the request is longer than 1048576 bytes, and was not read",
            refusal.GetProperty("error").GetProperty("message").GetString());
        await server.SayAsync(new string('x', 3 << 20));
        Assert.Equal(-32600, (await server.NextAsync()).GetProperty("error").GetProperty("code").GetInt32());
        await server.CallAsync(9, "explain", $$"""{"finding":"{{new string('x', 900_000)}}"}""");
        Assert.Contains("there is no finding", (await server.AnswerAsync(9)).GetRawText(), StringComparison.Ordinal);
        Assert.True(server.PeakBytes < 400 << 20);
    }

    [Theory]
    [InlineData(new string[0], 2, "trama-mcp: name the folder of captures: trama-mcp FOLDER\n")]
    [InlineData(new[] { "/nowhere" }, 1, "trama-mcp: /nowhere: no such file\n")]
    [InlineData(new[] { "/etc/passwd" }, 1, "trama-mcp: /etc/passwd: is no folder\n")]
    [InlineData(new[] { "/tmp", "--live" }, 2, "trama-mcp: '--live' is not understood here: trama-mcp --help\n")]
    [InlineData(new[] { "/tmp", "--timeout", "0" }, 2, "trama-mcp: '--timeout' is not understood here: trama-mcp --help\n")]
    [InlineData(new[] { "--lang", "pt" }, 2, "trama-mcp: informe a pasta das capturas: trama-mcp PASTA\n")]
    public async Task A_wrong_command_line_is_one_line(string[] arguments, int code, string line)
    {
        using Process server = Start(arguments);
        server.StandardInput.Close();
        string errors = await server.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal((code, line), (await EndedAsync(server), errors));
    }

    [Theory, InlineData("en", "Usage: trama-mcp FOLDER"), InlineData("pt", "Uso: trama-mcp PASTA")]
    public async Task Help_tells_how_it_is_started(string language, string usage)
    {
        using Process server = Start(["--lang", language, "--help"]);
        Assert.Contains(usage, await server.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, await EndedAsync(server));
    }

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo(McpSession.Binary, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TRAMA_LANG"] = "en";
        return Process.Start(start)!;
    }

    private static async Task<JsonElement> AnswerAsync(Process server, int id)
    {
        using CancellationTokenSource deadline = Deadline();
        while (await server.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            JsonElement answer = JsonElement.Parse(line);
            if (answer.TryGetProperty("id", out JsonElement its) && its.ValueKind == JsonValueKind.Number && its.GetInt32() == id)
                return answer;
        }

        throw new InvalidOperationException(await server.StandardError.ReadToEndAsync(deadline.Token));
    }

    private static async Task<int> EndedAsync(Process server)
    {
        using CancellationTokenSource deadline = Deadline();
        try
        {
            await server.WaitForExitAsync(deadline.Token);
        }
        finally
        {
            if (!server.HasExited) server.Kill();
        }

        return server.ExitCode;
    }

    private static CancellationTokenSource Deadline()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(TimeSpan.FromSeconds(60));
        return source;
    }
}
