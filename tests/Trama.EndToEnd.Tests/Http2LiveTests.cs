namespace Trama.EndToEnd.Tests;

/// <summary>HTTP/2 of real servers and clients, captured as it is spoken; tshark is the judge.</summary>
public class Http2LiveTests
{
    [Fact]
    public async Task What_h2load_asks_of_nghttpd_is_traced_whole()
    {
        string nghttpd = TestData.Program("nghttpd"), h2load = TestData.Program("h2load");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        await File.WriteAllTextAsync(folder["page.html"], new string('x', 30_000), TestContext.Current.CancellationToken);
        await using TramaProcess server = TramaProcess.Start(nghttpd,
            ["--no-tls", "-a", "127.0.0.1", "-d", folder["."], "--trailer=digest: none", "--encoder-header-table-size=1024", $"{port}"]);
        await LiveCapture.AcceptsAsync(port);
        string capture = await LiveCapture.OfAsync(folder, port, async () =>
        {
            TramaProcess.Ended load = await TramaProcess.RunAsync(
                h2load, ["-n", "60", "-c", "3", "-m", "7", $"http://127.0.0.1:{port}/page.html", $"http://127.0.0.1:{port}/missing?id=7"]);
            Assert.Contains("60 done", load.Output, StringComparison.Ordinal);
        });
        await AssertJudgedAsync(capture, null, port, 60);
    }

    [Fact]
    public async Task What_curl_asks_of_nginx_over_TLS_is_traced_with_the_keys_of_curl()
    {
        string nginx = TestData.Program("nginx"), curl = TestData.Program("curl"), openssl = TestData.Program("openssl");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        await TramaProcess.RunAsync(
            openssl, ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost",
                "-keyout", folder["key.pem"], "-out", folder["cert.pem"]]);
        await File.WriteAllTextAsync(
            folder["nginx.conf"],
            $$"""
            daemon off; master_process off; pid {{folder["pid"]}}; error_log {{folder["error.log"]}};
            events { }
            http {
                access_log off; client_body_temp_path {{folder["body"]}}; proxy_temp_path {{folder["proxy"]}}; fastcgi_temp_path {{folder["fastcgi"]}};
                uwsgi_temp_path {{folder["uwsgi"]}}; scgi_temp_path {{folder["scgi"]}};
                server {
                    listen 127.0.0.1:{{port}} ssl http2; ssl_certificate {{folder["cert.pem"]}}; ssl_certificate_key {{folder["key.pem"]}};
                    location / { return 200 "fine\n"; }
                    location /gone { return 410; }
                }
            }
            """,
            TestContext.Current.CancellationToken);
        await using TramaProcess server = TramaProcess.Start(nginx, ["-c", folder["nginx.conf"], "-e", folder["error.log"]]);
        await LiveCapture.AcceptsAsync(port);
        string url = $"https://localhost:{port}";
        string capture = await LiveCapture.OfAsync(folder, port, async () =>
        {
            // Through a shell, for the variable that names the file of keys.
            TramaProcess.Ended asked = await TramaProcess.RunAsync(
                "/bin/sh",
                ["-c", "SSLKEYLOGFILE=$1; export SSLKEYLOGFILE; shift; exec \"$@\"", "sh", folder["keys"], curl, "-sk", "--http2",
                    $"{url}/a", $"{url}/gone", "--data", "name=x", $"{url}/users/7?page=2"]);
            Assert.Equal(0, asked.Code);
        });
        await AssertJudgedAsync(capture, folder["keys"], null, 3);
    }

    private static async Task AssertJudgedAsync(string capture, string? keyLog, int? clearPort, int exchanges)
    {
        string[] theirs = await Http2Judge.TsharkAsync(capture, keyLog, clearPort);
        Assert.Equal(exchanges, theirs.Length);
        Assert.Equal(theirs, await Http2Judge.TramaAsync(capture, keyLog));
    }
}
