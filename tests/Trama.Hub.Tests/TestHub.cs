using System.Diagnostics;

namespace Trama.Hub.Tests;

/// <summary>A <c>trama-hub</c>, as people start it.</summary>
internal sealed class TestHub : IDisposable
{
    private readonly Process _process;

    public TestHub(string broker, string store, string name, params string[] more)
    {
        _process = Process.Start(new ProcessStartInfo(Program, ["--store", store, "--nats", broker, "--name", name, "--lang", "en",
            .. more])
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

    /// <summary>Waits until it says a line that has a text.</summary>
    public void Await(string text) => Assert.True(SpinWait.SpinUntil(() =>
    {
        Thread.Sleep(50);
        lock (Said) return Said.Exists(line => line.Contains(text, StringComparison.Ordinal));
    }, TimeSpan.FromSeconds(50)), $"{text}: {string.Join('\n', Said)}");

    /// <summary>Has it end in order.</summary>
    public void End()
    {
        Signal("TERM");
        Assert.True(_process.WaitForExit(TimeSpan.FromSeconds(30)));
        _process.WaitForExit();
    }

    public void Signal(string name)
    {
        using Process kill = Process.Start("/bin/kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>A list of a store, line by line.</summary>
    public static string[] List(string name, string store, params string[] more)
    {
        using Process list = Process.Start(new ProcessStartInfo(Program, [name, "--store", store, "--lang", "en", .. more])
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
