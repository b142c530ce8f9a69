using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace Trama.EndToEnd.Tests;

/// <summary>
/// The real <c>trama</c>, running: the one built with the tests, or the binary that <c>TRAMA_BINARY</c> names.
/// Every wait has a deadline, and what still runs at the end is killed.
/// </summary>
internal sealed class TramaProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _errorLines = Channel.CreateUnbounded<string>();
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private TramaProcess(Process process)
    {
        _process = process;
        _output = CollectAsync(process.StandardOutput, _lines.Writer);
        _errors = CollectAsync(process.StandardError, _errorLines.Writer);
    }

    /// <summary>The command itself.</summary>
    public static string Binary =>
        Environment.GetEnvironmentVariable("TRAMA_BINARY") ?? Path.Combine(AppContext.BaseDirectory, "trama");

    /// <summary>The number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Standard input of the command.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Starts <c>trama</c> with these arguments, in English unless <c>--lang</c> is among them.</summary>
    public static TramaProcess Start(params string[] args) => Start(Binary, args);

    /// <summary>Starts another program in the same keeping, for one that talks with <c>trama</c>.</summary>
    public static TramaProcess Start(string program, string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
        };
        start.Environment["TRAMA_LANG"] = "en";
        start.Environment["PYTHONUNBUFFERED"] = "1";
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        return new TramaProcess(Process.Start(start)!);
    }

    /// <summary>Runs <c>trama</c> to its end with this text, or nothing, on standard input.</summary>
    public static Task<Ended> RunAsync(string[] args, string input = "") => RunAsync(Binary, args, input);

    /// <summary>Runs a program to its end with this text, or nothing, on standard input.</summary>
    public static async Task<Ended> RunAsync(string program, string[] args, string input = "")
    {
        await using TramaProcess process = Start(program, args);
        await process.Input.WriteAsync(Encoding.UTF8.GetBytes(input), TestContext.Current.CancellationToken);
        return await process.EndAsync();
    }

    /// <summary>The next line of standard output that fulfils the condition; lines before it are passed over.</summary>
    public Task<string> LineAsync(Func<string, bool> condition) => LineAsync(_lines.Reader, condition);

    /// <summary>The next line of standard error that fulfils the condition; lines before it are passed over.</summary>
    public Task<string> ErrorAsync(Func<string, bool> condition) => LineAsync(_errorLines.Reader, condition);

    private async Task<string> LineAsync(ChannelReader<string> lines, Func<string, bool> condition)
    {
        using CancellationTokenSource deadline = WithDeadline();
        try
        {
            await foreach (string line in lines.ReadAllAsync(deadline.Token))
            {
                if (condition(line)) return line;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("The expected line did not come.");
        }

        throw new InvalidOperationException($"The command ended without the expected line. It said: {await _errors}");
    }

    /// <summary>How many handles the process has open.</summary>
    public int Handles => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    /// <summary>Sends a signal by its name, such as <c>TERM</c>.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Closes our end of its standard output, as a reader does that has seen enough.</summary>
    public void CloseOutput() => _process.StandardOutput.BaseStream.Dispose();

    /// <summary>Closes its standard input and waits until it has ended.</summary>
    public async Task<Ended> EndAsync()
    {
        using CancellationTokenSource deadline = WithDeadline();
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read its input; how it ended is what counts.
        }

        await _process.WaitForExitAsync(deadline.Token);
        return new Ended(_process.ExitCode, await _output.WaitAsync(deadline.Token), await _errors.WaitAsync(deadline.Token));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static CancellationTokenSource WithDeadline()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(Deadline);
        return source;
    }

    private static async Task<string> CollectAsync(StreamReader reader, ChannelWriter<string> lines)
    {
        var text = new StringBuilder();
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                text.Append(line).Append('\n');
                lines.TryWrite(line);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The test closed its end.
        }

        lines.TryComplete();
        return text.ToString();
    }

    /// <summary>How a command ended, and what it printed; lines end with LF.</summary>
    public sealed record Ended(int Code, string Output, string Errors);
}
