namespace Trama.EndToEnd.Tests;

/// <summary>A mariadbd with a folder, a port and a user of its own.</summary>
internal sealed class MysqlServer : IAsyncDisposable
{
    /// <summary>The password of its user <c>ana</c>.</summary>
    public const string Password = "hunter2";

    private readonly TramaProcess _server;

    private MysqlServer(TramaProcess server, int port) => (_server, Port) = (server, port);

    public int Port { get; }

    /// <summary>Starts one; skips the test where the programs are missing.</summary>
    /// <param name="folder">Where its data are, and the certificate that it shows: <c>cert.pem</c>.</param>
    public static async Task<MysqlServer> StartAsync(TemporaryFolder folder)
    {
        string install = TestData.Program("mariadb-install-db"), program = TestData.Program("mariadbd");
        string openssl = TestData.Program("openssl");
        await TramaProcess.RunAsync(
            openssl,
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder["key.pem"], "-out", folder["cert.pem"],
            ]);
        string[] common = ["--no-defaults", $"--user={Environment.UserName}", $"--datadir={folder["data"]}"];
        TramaProcess.Ended installed = await TramaProcess.RunAsync(
            install, [.. common, "--auth-root-authentication-method=normal", "--skip-test-db"]);
        Assert.Equal(0, installed.Code);
        await File.WriteAllTextAsync(
            folder["init.sql"],
            $"create database shop;\ncreate user ana@'127.0.0.1' identified by '{Password}';\ngrant all on *.* to ana@'127.0.0.1';\n",
            TestContext.Current.CancellationToken);
        int port = FreePorts.Next();
        TramaProcess server = TramaProcess.Start(
            program,
            [
                .. common, $"--port={port}", "--bind-address=127.0.0.1", $"--socket={folder["socket"]}", $"--pid-file={folder["pid"]}",
                $"--ssl-cert={folder["cert.pem"]}", $"--ssl-key={folder["key.pem"]}", $"--init-file={folder["init.sql"]}",
            ]);
        await server.ErrorAsync(line => line.Contains("ready for connections", StringComparison.Ordinal));
        return new MysqlServer(server, port);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
