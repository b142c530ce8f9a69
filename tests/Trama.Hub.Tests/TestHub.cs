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

    public int Id => _process.Id;

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
