namespace Trama.EndToEnd.Tests;

/// <summary>A server of LDAP for <c>dc=example</c>, with settings and data of its own.</summary>
internal static class Slapd
{
    /// <summary>What a client says to be its administrator.</summary>
    public static IReadOnlyList<string> Admin { get; } = ["-D", "cn=admin,dc=example", "-w", "hunter2"];

    /// <summary>Starts one, and waits until it accepts connections; skips the test where the program is missing.</summary>
    /// <param name="folder">Where its settings are, and its data, which it finds again.</param>
    /// <param name="port">Where it listens.</param>
    public static async Task<TramaProcess> StartAsync(TemporaryFolder folder, int port)
    {
        string slapd = TestData.Program("slapd");
        Directory.CreateDirectory(folder["data"]);
        await File.WriteAllTextAsync(
            folder["slapd.conf"],
            $"""
            include /etc/ldap/schema/core.schema
            pidfile {folder["pid"]}
            modulepath /usr/lib/ldap
            moduleload back_mdb
            database mdb
            suffix "dc=example"
            rootdn "{Admin[1]}"
            rootpw {Admin[3]}
            directory {folder["data"]}
            """ + "\n",
            TestContext.Current.CancellationToken);
        var server = TramaProcess.Start(slapd, ["-d", "0", "-f", folder["slapd.conf"], "-h", $"ldap://127.0.0.1:{port}/"]);
        await LiveCapture.AcceptsAsync(port);
        return server;
    }
}
