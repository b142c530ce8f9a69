namespace Trama.EndToEnd.Tests;

/// <summary>A server of PostgreSQL in a temporary folder, on a port of its own.</summary>
internal sealed class PostgresqlServer : IAsyncDisposable
{
    // Debian keeps the versions beside each other, and out of PATH.
    private const string Installed = "/usr/lib/postgresql";

    private readonly TramaProcess _process;

    private PostgresqlServer(TramaProcess process, int port) => (_process, Port) = (process, port);

    /// <summary>Its port on loopback.</summary>
    public int Port { get; }

    /// <summary>Starts one, with a certificate for localhost.</summary>
    public static async Task<PostgresqlServer> StartAsync(TemporaryFolder folder)
    {
        string initdb = Program("initdb"), postgres = Program("postgres"), data = folder["data"];
        string[] own = [];
        Directory.CreateDirectory(data);
        await Certificate.MakeAsync(folder);
        if (Environment.UserName == "root")
        {
            // It refuses to be root.
            Assert.Equal(0, (await TramaProcess.RunAsync("/bin/chmod", ["755", folder["."]])).Code);
            Assert.Equal(0, (await TramaProcess.RunAsync("/bin/chown", ["postgres", data, folder["key.pem"]])).Code);
            own = [TestData.Program("setpriv"), "--reuid=postgres", "--regid=postgres", "--clear-groups"];
        }

        TramaProcess.Ended made = await RunAsync([.. own, initdb, "-D", data, "-U", "trama", "-A", "trust", "-N"]);
        Assert.True(made.Code == 0, made.Errors);
        int port = FreePorts.Next();
        string[] words =
        [
            .. own, postgres, "-D", data, "-p", $"{port}", "-h", "127.0.0.1", "-k", "", "-c", "fsync=off", "-c", "ssl=on",
            "-c", $"ssl_cert_file={folder["cert.pem"]}", "-c", $"ssl_key_file={folder["key.pem"]}",
        ];
        TramaProcess process = TramaProcess.Start(words[0], words[1..]);
        await process.ErrorAsync(line => line.Contains("ready to accept connections", StringComparison.Ordinal));
        return new PostgresqlServer(process, port);
    }

    /// <summary>A client of the server's own package.</summary>
    public static string Program(string name)
    {
        string[] installed = Directory.Exists(Installed) ? Directory.GetDirectories(Installed) : [];
        string? path = installed.Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin", name))
            .LastOrDefault(File.Exists);
        return path ?? TestData.Program(name);
    }

    /// <summary>Starts psql against it.</summary>
    public TramaProcess Psql(params string[] args) =>
        TramaProcess.Start(TestData.Program("psql"), [.. Address("sslmode=disable"), "-X", .. args]);

    /// <summary>The options that name it to a client, with more of its connection string.</summary>
    public string[] Address(string more) => [$"host=127.0.0.1 port={Port} user=trama dbname=postgres {more}"];

    public async ValueTask DisposeAsync()
    {
        // At once: the processes of its own that it has go with it.
        _process.Signal("QUIT");
        await _process.EndAsync();
        await _process.DisposeAsync();
    }

    private static Task<TramaProcess.Ended> RunAsync(string[] words) => TramaProcess.RunAsync(words[0], words[1..]);
}
