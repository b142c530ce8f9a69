using System.Diagnostics;
using System.Net.Sockets;
using Trama.EndToEnd.Tests;

namespace Trama.Hub.Tests;

/// <summary>A <c>nats-server</c> with JetStream, on a port and in a folder of its own; it can be killed and started again.</summary>
internal sealed class TestBroker : IDisposable
{
    private readonly string _program = TestData.Program("nats-server");
    private readonly string _folder;
    private readonly int _port;
    private Process? _process;

    /// <summary>Starts one.</summary>
    /// <param name="folder">Where its files are.</param>
    /// <param name="config">What its configuration has besides; empty for nothing.</param>
    public TestBroker(string folder, string config = "")
    {
        _folder = folder;
        _port = FreePorts.Next();
        Configure(config);
        Start();
    }

    public string Url => $"nats://127.0.0.1:{_port}";

    /// <summary>Writes another configuration, which <see cref="Reload"/> has it read.</summary>
    public void Configure(string config) => File.WriteAllText(_folder + ".conf", $$"""
        listen: "127.0.0.1:{{_port}}"
        jetstream { store_dir: "{{_folder}}" }
        log_file: "{{_folder}}.log"
        {{config}}

        """);

    public void Reload()
    {
        using Process kill = Process.Start("/bin/kill", ["-HUP", $"{_process!.Id}"]);
        kill.WaitForExit();
    }

    public void Start()
    {
        _process = Process.Start(new ProcessStartInfo(_program, ["-c", _folder + ".conf"]))!;
        for (int tries = 0; ; tries++)
        {
            try
            {
                using var client = new TcpClient("127.0.0.1", _port);
                return;
            }
            catch (SocketException) when (tries < 600)
            {
                Thread.Sleep(50);
            }
        }
    }

    /// <summary>As a power cut does, but for what the kernel holds.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (_process is { HasExited: false }) Kill();
        _process?.Dispose();
    }
}
