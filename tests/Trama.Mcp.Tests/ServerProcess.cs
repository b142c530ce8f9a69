using System.Diagnostics;
using System.Text.Json;

namespace Trama.Mcp.Tests;

/// <summary>The server as a process that is told line by line, and may be ended in any way.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Initialize = """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","""
        + """ "capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""";

    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    /// <summary>Starts it, and is greeted.</summary>
    public static async Task<ServerProcess> StartAsync(CaptureFolderOnDisk folder, params string[] options)
    {
        var start = new ProcessStartInfo(McpSession.Binary, [folder.Path, .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in folder.Environment) start.Environment[name] = value;
        var server = new ServerProcess(Process.Start(start)!);
        await server.SayAsync(Initialize);
        await server.AnswerAsync(0);
        await server.SayAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return server;
    }

    /// <summary>Says a line.</summary>
    public async Task SayAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), TestContext.Current.CancellationToken);
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Calls a tool, and waits for no answer.</summary>
    public Task CallAsync(int id, string tool, string arguments) => SayAsync(
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""");

    /// <summary>The most memory that it took so far.</summary>
    public long PeakBytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>The next thing that it says.</summary>
    public async Task<JsonElement> NextAsync()
    {
        using CancellationTokenSource deadline = Deadline();
        return JsonElement.Parse((await _process.StandardOutput.ReadLineAsync(deadline.Token))!);
    }

    /// <summary>The answer to what had this number.</summary>
    public async Task<JsonElement> AnswerAsync(int id)
    {
        using CancellationTokenSource deadline = Deadline();
        while (await _process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            JsonElement answer = JsonElement.Parse(line);
            if (answer.TryGetProperty("id", out JsonElement its) && its.ValueKind == JsonValueKind.Number && its.GetInt32() == id)
                return answer;
        }

        throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync(deadline.Token));
    }

    /// <summary>The client goes.</summary>
    public void HangUp()
    {
        _process.StandardInput.Close();
        _process.StandardOutput.Close();
    }

    /// <summary>Sends it a signal.</summary>
    public async Task SignalAsync(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ends it with no chance to do anything.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndedAsync()
    {
        using CancellationTokenSource deadline = Deadline();
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static CancellationTokenSource Deadline()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(TimeSpan.FromSeconds(60));
        return source;
    }
}
