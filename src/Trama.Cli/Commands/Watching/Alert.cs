using System.Diagnostics;
using Trama.Diagnosis;

namespace Trama.Cli.Commands.Watching;

/// <summary>A command that is run when something is found: one at a time, and not more often than every ten seconds.</summary>
/// <param name="finding">The finding; null for any of severity warning or above.</param>
/// <param name="command">What the shell runs; it reads the finding as JSON.</param>
/// <param name="failed">Hears why a command could not be run.</param>
internal sealed class Alert(FindingId? finding, string command, Action<string> failed)
{
    private const long PauseMs = 10_000;
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private long _lastMs = -PauseMs;
    private long _leftOut;

    /// <summary>Whether it is about a finding.</summary>
    public bool IsOf(Finding found) => finding is { } id ? found.Id == id : found.Severity >= Severity.Warning;

    /// <summary>Runs the command, unless it runs or has run just now; what was left out is told the next time.</summary>
    /// <param name="json">Makes the JSON, of how many findings were left out before.</param>
    public void Raise(Func<long, byte[]> json)
    {
        lock (_lock)
        {
            if (!_running.IsCompleted || Environment.TickCount64 - _lastMs < PauseMs)
            {
                _leftOut++;
                return;
            }

            _lastMs = Environment.TickCount64;
            byte[] input = json(_leftOut);
            _leftOut = 0;
            _running = Task.Run(() => Run(input));
        }
    }

    /// <summary>Waits until the command has ended, if it runs: what was found last is told, too.</summary>
    public void Wait()
    {
        Task running;
        lock (_lock) running = _running;
        running.Wait(s_longest);
    }

    private void Run(byte[] input)
    {
        try
        {
            using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardInput = true })!;
            try
            {
                shell.StandardInput.BaseStream.Write(input);
                shell.StandardInput.Close();
            }
            catch (IOException)
            {
                // It does not want to read.
            }

            if (!shell.WaitForExit(s_longest))
            {
                shell.Kill(entireProcessTree: true);
                failed($"{command}: {s_longest.TotalSeconds} s");
            }
            else if (shell.ExitCode != 0)
            {
                failed($"{command}: {shell.ExitCode}");
            }
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or InvalidOperationException or AggregateException)
        {
            // It could not be started; or not be ended, as what became another user cannot.
            failed($"{command}: {error.Message}");
        }
    }
}
