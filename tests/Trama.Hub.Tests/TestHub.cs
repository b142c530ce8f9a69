using System.Diagnostics;

namespace Trama.Hub.Tests;

/// <summary>A <c>trama-hub</c>, as people start it.</summary>
internal sealed class TestHub : IDisposable
{
    private readonly Process _process;

    public TestHub(string broker, string store, string name)
    {
        _process = Process.Start(new ProcessStartInfo(Program, ["--store", store, "--nats", broker, "--name", name, "--lang", "en"])
        { RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (Said) Said.Add(line.Data ?? "");
        };
        _process.BeginErrorReadLine();
    }

    public static string Program =>
        Environment.GetEnvironmentVariable("TRAMA_HUB_BINARY") ?? Path.Combine(AppContext.BaseDirectory, "trama-hub");

    public List<string> Said { get; } = [];

    public void Signal(string name)
    {
        using Process kill = Process.Start("/bin/kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>A list of a store, line by line.</summary>
    public static string[] List(string name, string store)
    {
        using Process list = Process.Start(new ProcessStartInfo(Program, [name, "--store", store, "--lang", "en"])
        { RedirectStandardOutput = true })!;
        string lines = list.StandardOutput.ReadToEnd();
        list.WaitForExit();
        return lines.Split('\n');
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }
}
