using System.Diagnostics;
using System.Globalization;

namespace Trama.Fleet.Soak;

/// <summary>A process of the fleet, which is killed, stopped and continued.</summary>
internal sealed class FleetProcess : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts it.</summary>
    /// <param name="program">The program.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="line">Hears each line that it says.</param>
    public FleetProcess(string program, IEnumerable<string> args, Action<string>? line = null)
    {
        _process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, said) => line?.Invoke(said.Data ?? "");
        _process.ErrorDataReceived += (_, said) => line?.Invoke(said.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The <c>trama-hub</c> beside this program.</summary>
    public static string HubProgram =>
        Environment.GetEnvironmentVariable("TRAMA_HUB_BINARY") ?? Path.Combine(AppContext.BaseDirectory, "trama-hub");

    /// <summary>Whether it ended in order.</summary>
    public bool IsDone => _process is { HasExited: true, ExitCode: 0 };

    /// <summary>The processes that it started.</summary>
    public IReadOnlyList<int> Children => [.. Directory.GetDirectories($"/proc/{_process.Id}/task")
        .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(child => int.Parse(child, CultureInfo.InvariantCulture))];

    /// <summary>Sends a signal to it.</summary>
    public void Signal(string name) => Signal(name, _process.Id);

    /// <summary>Sends a signal to a process that one of these started.</summary>
    public static void Signal(string name, int process)
    {
        using Process kill = Process.Start("/bin/kill", [$"-{name}", $"{process}"]);
        kill.WaitForExit();
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public void Kill()
    {
        _process.Kill();
        // Without a limit it would be waited for what it started, too, which has the same pipe.
        _process.WaitForExit(TimeSpan.FromSeconds(30));
    }

    /// <summary>Has it end in order, and waits for that.</summary>
    public void End()
    {
        Signal("TERM");
        if (!_process.WaitForExit(TimeSpan.FromSeconds(30))) Kill();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }
}
