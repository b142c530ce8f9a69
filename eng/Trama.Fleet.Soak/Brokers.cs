using System.Text.Json;
using Trama.EndToEnd.Tests;

namespace Trama.Fleet.Soak;

/// <summary>Three servers of NATS in one cluster, on this machine.</summary>
/// <param name="program">The path of <c>nats-server</c>.</param>
/// <param name="folder">Where their files are.</param>
internal sealed class Brokers(string program, string folder) : IDisposable
{
    /// <summary>How many there are.</summary>
    public const int Count = 3;

    private readonly int[] _ports = Ports(), _routes = Ports(), _monitors = Ports();
    private readonly FleetProcess?[] _servers = new FleetProcess?[Count];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>Their addresses, as <c>--nats</c> takes them.</summary>
    public string Url => "nats://" + string.Join(',', _ports.Select(port => $"127.0.0.1:{port}"));

    /// <summary>The ports at which clients come.</summary>
    public IReadOnlyList<int> ClientPorts => _ports;

    /// <summary>Starts those that do not run.</summary>
    public void Start()
    {
        Directory.CreateDirectory(folder);
        for (int i = 0; i < Count; i++)
        {
            string file = Path.Combine(folder, $"nats-{i}.conf");
            File.WriteAllText(file, $$"""
                server_name: "nats-{{i}}"
                listen: "127.0.0.1:{{_ports[i]}}"
                http: "127.0.0.1:{{_monitors[i]}}"
                jetstream { store_dir: "{{Disk(i)}}", max_file_store: 40GB }
                cluster { name: soak, listen: "127.0.0.1:{{_routes[i]}}", no_advertise: true
                  routes: [{{string.Join(", ", _routes.Select(port => $"\"nats://127.0.0.1:{port}\""))}}] }
                log_file: "{{Path.Combine(folder, $"nats-{i}.log")}}"
                """);
            _servers[i] ??= new FleetProcess(program, ["-c", file]);
        }
    }

    /// <summary>Kills one, or all of them at once.</summary>
    public void Kill(int? one = null)
    {
        foreach (int server in one is { } only ? [only] : Enumerable.Range(0, Count)) _servers[server]?.Signal("KILL");
        foreach (int server in one is { } only ? [only] : Enumerable.Range(0, Count))
        {
            _servers[server]?.Dispose();
            _servers[server] = null;
        }
    }

    /// <summary>Takes the disks of all away, which do not run.</summary>
    public void Erase()
    {
        for (int server = 0; server < Count; server++) Directory.Delete(Disk(server), recursive: true);
    }

    /// <summary>Which one leads a stream; null while none does.</summary>
    public int? LeaderOf(string stream)
    {
        foreach (int monitor in _monitors)
        {
            try
            {
                using var told = JsonDocument.Parse(_http.GetStringAsync($"http://127.0.0.1:{monitor}/jsz?streams=true&accounts=true")
                    .GetAwaiter().GetResult());
                foreach (JsonElement account in told.RootElement.GetProperty("account_details").EnumerateArray())
                    foreach (JsonElement detail in account.GetProperty("stream_detail").EnumerateArray())
                        if (detail.GetProperty("name").GetString() == stream && detail.TryGetProperty("cluster", out JsonElement cluster)
                            && cluster.TryGetProperty("leader", out JsonElement leader)
                            && leader.GetString() is ['n', 'a', 't', 's', '-', var number]) return number - '0';
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException or JsonException or KeyNotFoundException)
            {
                // It does not run, or has no streams yet.
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _http.Dispose();
    }

    private string Disk(int server) => Path.Combine(folder, $"nats-{server}");

    private static int[] Ports() => [.. Enumerable.Range(0, Count).Select(_ => FreePorts.Next())];
}
