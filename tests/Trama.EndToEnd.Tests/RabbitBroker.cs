namespace Trama.EndToEnd.Tests;

/// <summary>A RabbitMQ of its own, in a temporary folder and on free ports, that speaks AMQP and STOMP.</summary>
internal sealed class RabbitBroker : IAsyncDisposable
{
    // The script in sbin would become another user first.
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private readonly TemporaryFolder _folder = new();
    private readonly TramaProcess _names;
    private readonly TramaProcess _server;

    private RabbitBroker(int amqp, int stomp)
    {
        (AmqpPort, StompPort) = (amqp, stomp);
        int names = FreePorts.Next(), distribution = FreePorts.Next();
        File.WriteAllText(_folder["rabbitmq.conf"], $"listeners.tcp.1 = 127.0.0.1:{amqp}\nstomp.listeners.tcp.1 = 127.0.0.1:{stomp}\n");
        File.WriteAllText(_folder["enabled"], "[rabbitmq_stomp].\n");
        // The keeper of names is started here, since the server's own would outlive it.
        _names = TramaProcess.Start(TestData.Program("epmd"), ["-port", $"{names}", "-address", "127.0.0.1"]);
        string[] variables =
        [
            $"HOME={_folder["."]}", $"RABBITMQ_MNESIA_BASE={_folder["data"]}", $"RABBITMQ_LOG_BASE={_folder["log"]}",
            $"RABBITMQ_NODENAME=t{amqp}@localhost",
            $"RABBITMQ_DIST_PORT={distribution}", $"ERL_EPMD_PORT={names}", $"RABBITMQ_CONFIG_FILE={_folder["rabbitmq"]}",
            $"RABBITMQ_ENABLED_PLUGINS_FILE={_folder["enabled"]}", $"RABBITMQ_PID_FILE={_folder["pid"]}",
        ];
        _server = TramaProcess.Start("/usr/bin/env", [.. variables, Server]);
    }

    /// <summary>The port of AMQP.</summary>
    public int AmqpPort { get; }

    /// <summary>The port of STOMP.</summary>
    public int StompPort { get; }

    /// <summary>Starts one; skips the test where there is none to start.</summary>
    public static async Task<RabbitBroker> StartAsync()
    {
        Assert.SkipUnless(File.Exists(Server), "rabbitmq-server is not installed: sudo apt-get install rabbitmq-server");
        var broker = new RabbitBroker(FreePorts.Next(), FreePorts.Next());
        await broker._server.LineAsync(line => line.Contains("completed with", StringComparison.Ordinal));
        return broker;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _names.DisposeAsync();
        _folder.Dispose();
    }
}
