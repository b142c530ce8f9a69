namespace Trama.EndToEnd.Tests;

/// <summary>A server of DNS that knows <c>example.org</c>, with settings of its own.</summary>
internal static class Unbound
{
    /// <summary>Starts one, and waits until it accepts connections; skips the test where the program is missing.</summary>
    /// <param name="folder">Where its settings are.</param>
    /// <param name="port">Where it listens.</param>
    public static async Task<TramaProcess> StartAsync(TemporaryFolder folder, int port)
    {
        string unbound = TestData.Program("unbound");
        await File.WriteAllTextAsync(
            folder["unbound.conf"],
            $"""
            server:
                interface: 127.0.0.1@{port}
                chroot: ""
                username: ""
                directory: "{folder["."]}"
                pidfile: "{folder["pid"]}"
                use-syslog: no
                do-daemonize: no
                do-not-query-localhost: yes
                local-zone: "example.org." static
                local-data: "example.org. A 10.0.0.1"
                local-data: "example.org. TXT words"
            remote-control:
                control-enable: no
            """,
            TestContext.Current.CancellationToken);
        var server = TramaProcess.Start(unbound, ["-d", "-c", folder["unbound.conf"]]);
        await LiveCapture.AcceptsAsync(port);
        return server;
    }
}
