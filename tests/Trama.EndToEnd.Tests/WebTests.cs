using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Trama.EndToEnd.Tests;

/// <summary><c>trama web</c> where there is nothing to serve: that is told, and no page is opened.</summary>
[UnsupportedOSPlatform("windows")]
public class WebTests
{
    public static TheoryData<string[], string> Wrong => new()
    {
        { ["-i", "nosuch0"], "nosuch0" },
        { [Captures.Lesson, "no such filter"], "filter" },
        { [Vantage("client"), Vantage("client")], "same capture" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_cannot_be_shown_is_told_before_anything_is_served(string[] input, string told)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["web", "--no-open", .. input]);
        Assert.NotEqual(0, ended.Code);
        Assert.Contains(told, ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_served_as_soon_as_the_file_is_open()
    {
        await using TramaProcess web = TramaProcess.Start("web", "--no-open", Captures.Lesson);
        string line = await web.ErrorAsync(line => line.Contains("http://127.0.0.1:", StringComparison.Ordinal));
        Assert.Matches("#key=[A-Za-z0-9_-]{43}$", line);
    }

    [Fact]
    public async Task Where_the_page_for_the_browser_alone_is_not_beside_the_program_it_is_told_how_to_make_it()
    {
        Assert.SkipWhen(Directory.Exists(Path.Combine(Path.GetDirectoryName(TramaProcess.Binary)!, "site")), "it is beside the program");
        using var folder = new TemporaryFolder();
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["web", "--static", folder["site"], "--lang", "en"]);
        Assert.Equal(1, ended.Code);
        Assert.Contains("eng/site", ended.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["site"]));
    }

    [Fact]
    public async Task Two_captures_of_the_same_connection_are_served_as_one()
    {
        await using TramaProcess web = TramaProcess.Start("web", "--no-open", "--lang", "en", Vantage("client"), Vantage("server"));
        string line = await web.ErrorAsync(line => line.Contains("#key=", StringComparison.Ordinal));
        var page = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..]);
        using var client = new HttpClient { BaseAddress = page };
        client.DefaultRequestHeaders.Add("Trama-Token", page.Fragment["#key=".Length..]);
        string capture;
        do capture = await client.GetStringAsync("api/capture", TestContext.Current.CancellationToken);
        while (!capture.Contains("\"complete\":true", StringComparison.Ordinal));
        Assert.Contains("client.pcap was taken nearer to the client, server.pcap nearer to the server; 1 connection in both", capture,
            StringComparison.Ordinal);
        Assert.Contains("\"id\":\"packet-loss\",\"party\":\"network\"", capture, StringComparison.Ordinal);
        string ladder = await client.GetStringAsync("api/ladder?connection=1&count=500", TestContext.Current.CancellationToken);
        Assert.Contains("\"fate\":\"lost\"", ladder, StringComparison.Ordinal);
        Assert.Contains("lost on the way", ladder, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "The file has grown")]
    [InlineData(false, "shorter than when it was read")]
    public async Task A_file_that_grows_or_is_cut_while_it_is_shown_is_told(bool grows, string told)
    {
        using var folder = new TemporaryFolder();
        string path = folder["shown.pcap"];
        File.Copy(Captures.Lesson, path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using TramaProcess web = TramaProcess.Start("web", "--no-open", "--lang", "en", path);
        using HttpClient client = await ClientAsync(web);
        await UntilAsync(client, "\"complete\":true");
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(grows ? file.Length + 1000 : 100);
        await UntilAsync(client, told);
        HttpResponseMessage ladder = await client.GetAsync("api/ladder?connection=1", TestContext.Current.CancellationToken);
        Assert.Equal(grows ? HttpStatusCode.OK : HttpStatusCode.NotFound, ladder.StatusCode);
        Assert.Equal(HttpStatusCode.OK,
            (await client.GetAsync("api/connections", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_certificate_of_ones_own_is_shown()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["cert.pem"], "no certificate", TestContext.Current.CancellationToken);
        TramaProcess.Ended wrong = await TramaProcess.RunAsync(
            ["web", "--no-open", "--tls", "--cert", folder["cert.pem"], Captures.Lesson]);
        Assert.Equal(1, wrong.Code);
        Assert.Contains("cert.pem", wrong.Errors, StringComparison.Ordinal);
        TramaProcess.Ended alone = await TramaProcess.RunAsync(["web", "--no-open", "--cert", folder["cert.pem"], Captures.Lesson]);
        Assert.Equal(2, alone.Code);
        Assert.Contains("--tls", alone.Errors, StringComparison.Ordinal);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(folder["cert.pem"], certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["key.pem"], key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await using TramaProcess web = TramaProcess.Start("web", "--no-open", "--tls", "--cert", folder["cert.pem"], "--key",
            folder["key.pem"], Captures.Lesson);
        string line = await web.ErrorAsync(line => line.Contains("#key=", StringComparison.Ordinal));
        string? shown = null;
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, one, _, _) => (shown = one?.GetCertHashString()) is not null;
        using var client = new HttpClient(handler);
        var page = new Uri(line[line.IndexOf("https://", StringComparison.Ordinal)..]);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(page, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(certificate.Thumbprint, shown);
    }

    private static async Task<HttpClient> ClientAsync(TramaProcess web)
    {
        string line = await web.ErrorAsync(line => line.Contains("#key=", StringComparison.Ordinal));
        var page = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..]);
        var client = new HttpClient { BaseAddress = page };
        client.DefaultRequestHeaders.Add("Trama-Token", page.Fragment["#key=".Length..]);
        return client;
    }

    private static async Task UntilAsync(HttpClient client, string told)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (!(await client.GetStringAsync("api/capture?lang=en", deadline.Token)).Contains(told, StringComparison.Ordinal))
            await Task.Delay(50, deadline.Token);
    }

    private static string Vantage(string side) => Directory.EnumerateFiles(TestData.Shared("faults/packet-loss"), $"{side}.pcap*",
        SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
}
