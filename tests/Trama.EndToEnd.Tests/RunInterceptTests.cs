using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Trama.EndToEnd.Tests;

/// <summary><c>trama run --intercept</c>, with a server whose authority is trusted by <c>SSL_CERT_FILE</c> alone.</summary>
public class RunInterceptTests
{
    [Fact]
    public async Task Reads_what_a_program_without_secrets_says()
    {
        using var folder = new TemporaryFolder();
        await using TramaProcess server = await ServeAsync(folder);
        int port = await ServeTests.PortAsync(server);
        string temporary = Directory.CreateDirectory(folder["temporary"]).FullName;
        TramaProcess.Ended ended = await RunInAsync([$"TMPDIR={temporary}", $"SSL_CERT_FILE={folder["ca.pem"]}"], "curl", "-sS",
            $"https://localhost:{port}/secret");
        Assert.Equal((0, "hi"), (ended.Code, ended.Output.Trim()));
        Assert.Contains("GET /secret\t", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("(1 by TLS, decrypted)", ended.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(temporary, "trama-*"));
    }

    [Fact]
    public async Task A_server_that_cannot_be_verified_is_left_to_the_command()
    {
        using var folder = new TemporaryFolder();
        await using TramaProcess server = await ServeAsync(folder);
        int port = await ServeTests.PortAsync(server);
        // Of another name than the certificate's.
        TramaProcess.Ended strict = await RunAsync(folder["ca.pem"], "curl", "-sS", $"https://127.0.0.1:{port}/");
        Assert.Equal(60, strict.Code);
        Assert.Contains($"trama: 127.0.0.1:{port} is not intercepted: its certificate is not valid", strict.Errors,
            StringComparison.Ordinal);
        TramaProcess.Ended lax = await RunAsync(folder["ca.pem"], "curl", "-sSk", $"https://127.0.0.1:{port}/");
        Assert.Equal((0, "hi"), (lax.Code, lax.Output.Trim()));
        Assert.DoesNotContain("GET /", lax.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_knows_its_server_refuses_once_and_then_passes()
    {
        using var folder = new TemporaryFolder();
        await using TramaProcess server = await ServeAsync(folder);
        int port = await ServeTests.PortAsync(server);
        string pinned = $"curl -sS --cacert '{folder["ca.pem"]}' https://localhost:{port}/";
        TramaProcess.Ended ended = await RunAsync(folder["ca.pem"], "sh", "-c", $"{pinned}; echo \" $?\"; {pinned}");
        Assert.Equal(0, ended.Code);
        Assert.Equal(" 60\nhi", ended.Output.Trim('\n'));
        Assert.Contains("the command refuses our certificate", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_resets_resets_the_command_that_waits_for_it()
    {
        using var folder = new TemporaryFolder();
        await using TramaProcess server = await ServeAsync(folder, "--fault", "reset-after=5");
        int port = await ServeTests.PortAsync(server);
        TramaProcess.Ended ended = await RunAsync(folder["ca.pem"], "curl", "-sS", "--max-time", "20", $"https://localhost:{port}/");
        const int timedOut = 28;
        Assert.DoesNotContain(ended.Code, (int[])[0, timedOut]);
        Assert.DoesNotContain("is not intercepted", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_breaks_the_handshake_off_is_left_to_the_command()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--fault", "closed-without-reply");
        int port = await ServeTests.PortAsync(server);
        TramaProcess.Ended ended = await RunAsync("/dev/null", "curl", "-sSk", "--max-time", "20", $"https://localhost:{port}/");
        Assert.Equal(35, ended.Code);
        Assert.Contains($"trama: localhost:{port} is not intercepted: TLS with it fails", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_TLS_stays_as_it_is()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--echo");
        int port = await ServeTests.PortAsync(server);
        TramaProcess.Ended ended = await RunAsync("/dev/null", "sh", "-c",
            $"printf '\\026\\003\\001no hello at all' | '{TramaProcess.Binary}' send 127.0.0.1 {port} --raw | od -An -c | head -1");
        Assert.Contains("026 003 001   n   o", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Java_can_read_the_key_store_that_it_is_given()
    {
        TestData.Program("keytool");
        TramaProcess.Ended ended = await RunAsync("/dev/null", "sh", "-c",
            "options=$JAVA_TOOL_OPTIONS; unset JAVA_TOOL_OPTIONS; store=${options#*trustStore=}; "
                + "keytool -list -storetype JKS -storepass changeit -keystore \"${store%% *}\"");
        Assert.Equal(0, ended.Code);
        Assert.Matches(@"(?m)^trama0, .*\btrustedCertEntry", ended.Output);
    }

    [Fact]
    public async Task Java_takes_a_temporary_folder_with_blanks_in_its_name()
    {
        string java = TestData.Program("java");
        using var folder = new TemporaryFolder();
        string blank = folder["with a blank"];
        Directory.CreateDirectory(blank);
        TramaProcess.Ended ended = await TramaProcess.RunAsync("env", [$"TMPDIR={blank}", TramaProcess.Binary, "run", "--intercept", "--",
            "sh", "-c", $"echo \"$NODE_OPTIONS\"; '{java}' -XshowSettings:properties -version 2>&1 | grep -F trustStore"]);
        if (ended.Code == 125) Assert.Skip($"a network of its own is not allowed here: {ended.Errors}");
        Assert.Matches(@"(?m)^""--tls-keylog=.*/with a blank/.*""$", ended.Output);
        Assert.Matches(@"(?m)^ +javax\.net\.ssl\.trustStore = .*/with a blank/.*/java\.jks$", ended.Output);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TLS_that_begins_later_is_read_where_its_server_is_known_and_else_left_whole(bool isTrusted)
    {
        using var folder = new TemporaryFolder();
        await MakeCertificatesAsync(folder);
        await using TramaProcess server = TalkingServer(folder, """
            c.sendall(b'220 hello\r\n'); f = c.makefile('rb'); f.readline(); c.sendall(b'220 go on\r\n')
            t = context.wrap_socket(c, server_side=True); t.sendall(t.recv(99).upper()); t.unwrap()
            """);
        string port = await server.LineAsync(_ => true);
        TramaProcess.Ended ended = await RunAsync(isTrusted ? folder["ca.pem"] : "/dev/null", TestData.Program("python3"), "-c", $"""
            import socket, ssl
            context = ssl.create_default_context()
            if {(isTrusted ? "False" : "True")}: context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            s = socket.create_connection(('localhost', {port})); f = s.makefile('rb'); print(f.readline()); s.sendall(b'STARTTLS\r\n')
            print(f.readline()); t = context.wrap_socket(s, server_hostname='localhost')
            print(b'trama run' in t.getpeercert(True)); t.sendall(b'said'); print(t.recv(99)); t.unwrap()
            """);
        Assert.Equal($"b'220 hello\\r\\n'\nb'220 go on\\r\\n'\n{isTrusted}\nb'SAID'\n", ended.Output);
        string line = $"trama: localhost:{port} is not intercepted: its certificate is not valid";
        Assert.Equal(isTrusted, !ended.Errors.Contains(line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("require")]
    [InlineData("verify-full")]
    public async Task Psql_is_read_after_its_upgrade_to_TLS(string mode)
    {
        TestData.Program("psql");
        using var folder = new TemporaryFolder();
        await using PostgresqlServer server = await PostgresqlServer.StartAsync(folder);
        string[] roots = mode == "require" ? [] : [$"PGSSLROOTCERT={folder["cert.pem"]}"];
        TramaProcess.Ended ended = await RunInAsync([$"SSL_CERT_FILE={folder["cert.pem"]}", .. roots], "psql",
            server.Address($"sslmode={mode} host=localhost")[0], "-X", "-At", "-c", "select 40 + 2", "-c", "select 1 / 0");
        Assert.Equal((1, "42\n"), (ended.Code, ended.Output));
        Assert.Contains("ERROR:  division by zero\n", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("B select 40 + 2\t", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("(1 by TLS, decrypted)", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_would_take_a_certificate_of_the_command_is_left_to_it()
    {
        TestData.Program("mariadb");
        using var folder = new TemporaryFolder();
        await using MysqlServer server = await MysqlServer.StartAsync(folder);
        TramaProcess.Ended ended = await RunAsync(folder["cert.pem"], "mariadb", "--no-defaults", "--ssl", "-h", "127.0.0.1", "-P",
            $"{server.Port}", "-u", "ana", $"-p{MysqlServer.Password}", "-N", "-e", "select 40 + 2");
        Assert.Equal((0, "42\n"), (ended.Code, ended.Output));
        Assert.Contains($"trama: 127.0.0.1:{server.Port} is not intercepted: it asks for the client's certificate\n", ended.Errors,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t.unwrap()", "ended")]
    [InlineData("t.shutdown(socket.SHUT_RDWR)", "cut")]
    public async Task An_end_without_a_closing_alert_stays_one(string end, string seen)
    {
        using var folder = new TemporaryFolder();
        await MakeCertificatesAsync(folder);
        await using TramaProcess server = TalkingServer(folder,
            $"t = context.wrap_socket(c, server_side=True); t.recv(99); t.sendall(b'part'); {end}");
        string port = await server.LineAsync(_ => true);
        TramaProcess.Ended ended = await RunAsync(folder["ca.pem"], TestData.Program("python3"), "-c", $"""
            import socket, ssl
            t = ssl.create_default_context().wrap_socket(socket.create_connection(('localhost', {port})), server_hostname='localhost',
                suppress_ragged_eofs=False)
            print(b'trama run' in t.getpeercert(True)); t.sendall(b'said'); print(t.recv(99))
            try: print('ended' if t.recv(99) == b'' else 'more')
            except ssl.SSLEOFError: print('cut')
            """);
        Assert.Equal($"True\nb'part'\n{seen}\n", ended.Output);
    }

    // Each connection that is given up is as good as over.
    private static TramaProcess TalkingServer(TemporaryFolder folder, string talk) => TramaProcess.Start(TestData.Program("python3"), ["-c",
        """
        import socket, ssl, sys, threading
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); context.load_cert_chain(sys.argv[1])
        s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True)
        def serve(c):
            try: exec(sys.argv[2], {**globals(), 'c': c})
            except OSError: pass
        while True: threading.Thread(target=serve, args=(s.accept()[0],), daemon=True).start()
        """, folder["leaf.pem"], talk]);

    // The command without the variable by which curl would write its secrets.
    private static Task<TramaProcess.Ended> RunAsync(string authority, params string[] command) =>
        RunInAsync([$"SSL_CERT_FILE={authority}"], command);

    private static async Task<TramaProcess.Ended> RunInAsync(string[] environment, params string[] command)
    {
        TestData.Program("curl");
        TramaProcess.Ended ended = await TramaProcess.RunAsync("env", [.. environment, TramaProcess.Binary, "run", "--intercept", "--",
            "env", "-u", "SSLKEYLOGFILE", .. command]);
        if (ended.Code == 125) Assert.Skip($"a network of its own is not allowed here: {ended.Errors}");
        return ended;
    }

    private static async Task<TramaProcess> ServeAsync(TemporaryFolder folder, params string[] more)
    {
        await MakeCertificatesAsync(folder);
        return TramaProcess.Start(["serve", "--port", "0", "--keep-open", "--tls", "--cert", folder["leaf.pem"], "--key",
            folder["leaf.pem"], "--framing", "http1", "--reply-file", folder["reply"], .. more]);
    }

    private static async Task MakeCertificatesAsync(TemporaryFolder folder)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256), leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        using X509Certificate2 signer = authority.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        var request = new CertificateRequest("CN=localhost", leafKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 leaf = request.Create(signer, now.AddHours(-1), now.AddHours(20), [1, 2, 3]);
        await File.WriteAllTextAsync(folder["ca.pem"], signer.ExportCertificatePem(), stop);
        await File.WriteAllTextAsync(folder["leaf.pem"], $"{leaf.ExportCertificatePem()}\n{leafKey.ExportPkcs8PrivateKeyPem()}\n", stop);
        await File.WriteAllTextAsync(folder["reply"], "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", stop);
    }
}
