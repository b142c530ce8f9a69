using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Trama.Captures;
using Trama.Reports.Page;
using Trama.Reports.Tests.Browsing;

namespace Trama.Web.Tests;

/// <summary>Who may ask, and what is answered.</summary>
public class PageServerTests
{
    private static readonly string Capture = Directory.EnumerateFiles(TestData.Shared("faults/no-reply"), "*.pcap*",
        SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Data_needs_the_token()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Capture);
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.Client.GetAsync("api/capture", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await served.AskAsync("capture")).StatusCode);
        string query = $"api/capture?Trama-Token={served.Server.Token.Secret}&key={served.Server.Token.Secret}";
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.Client.GetAsync(query, Stop)).StatusCode);
    }

    private static async Task<JsonDocument> AskedAsync(ServedCapture served, string question) =>
        JsonDocument.Parse(await (await served.AskAsync(question)).Content.ReadAsStreamAsync(Stop));

    [Theory]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData("Host", "evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("Host", "127.0.0.1.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("Host", "127.0.0.1", HttpStatusCode.MisdirectedRequest)]
    public async Task Another_origin_and_another_name_are_refused(string header, string value, HttpStatusCode expected)
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Capture);
        Assert.Equal(expected, (await served.AskAsync("capture", (header, value))).StatusCode);
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LocalHost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("localhost.", false)]
    [InlineData("loopback", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("[2001:db8::1]", false)]
    [InlineData("192.0.2.1", false)]
    public async Task The_names_of_loopback_are_few_and_no_resolver_adds_to_them(string name, bool isOwn)
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Capture);
        string authority = $"{name}:{served.Server.Address.Port}";
        HttpStatusCode asked = (await served.AskAsync("capture", ("Host", authority))).StatusCode;
        Assert.Equal(isOwn ? HttpStatusCode.OK : HttpStatusCode.MisdirectedRequest, asked);
        HttpStatusCode from = (await served.AskAsync("capture", ("Origin", "http://" + authority))).StatusCode;
        Assert.Equal(isOwn ? HttpStatusCode.OK : HttpStatusCode.Forbidden, from);
    }

    [Fact]
    public async Task Nothing_can_be_changed()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Capture);
        foreach (HttpMethod method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Options })
        {
            var request = new HttpRequestMessage(method, "api/capture") { Headers = { { "Trama-Token", served.Server.Token.Secret } } };
            HttpResponseMessage answer = await served.Client.SendAsync(request, Stop);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task Every_file_of_the_page_says_how_it_may_be_used()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Capture);
        foreach (string path in PageFiles.All.Select(file => file.Path).Append("/").Append("/api/capture").Append("/none"))
        {
            HttpResponseMessage answer = await served.Client.GetAsync(path, Stop);
            string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; "
                + "frame-ancestors 'none'; base-uri 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Theory]
    [InlineData("/../../etc/passwd")]
    [InlineData("/..%2f..%2fetc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("/api/../index.html")]
    [InlineData("/page.css%00.js")]
    public async Task No_path_leads_to_a_file(string path)
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Capture);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, served.Server.Address.Port, Stop);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {served.Server.Address.Authority}\r\nConnection: close\r\n\r\n"), Stop);
        using var reader = new StreamReader(socket.GetStream());
        string answer = await reader.ReadToEndAsync(Stop);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        Assert.Matches("^HTTP/1.1 (40[04]|401|200)", answer);
    }

    [Theory]
    [InlineData("connection?connection=999999")]
    [InlineData("exchange?connection=1&exchange=77")]
    [InlineData("packet?packet=123456")]
    [InlineData("place?packet=-1")]
    [InlineData("explain?id=nothing")]
    [InlineData("unknown")]
    [InlineData("pcap?connection=x")]
    public async Task What_is_not_there_is_not_found(string question)
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Capture);
        Assert.Equal(HttpStatusCode.NotFound, (await served.AskAsync(question)).StatusCode);
    }

    [Theory]
    [InlineData("exchanges?first=99999999999999999999&count=999999999")]
    [InlineData("connections?order=7&first=-5")]
    [InlineData("timeline?parts=100000000&from=9999999999999999999")]
    [InlineData("ladder?connection=1&first=99999999&count=99999999")]
    [InlineData("plot?connection=1&side=%00&begin=x")]
    [InlineData("services?server=%5B%3A%3A1%5D%3A99999&group=")]
    public async Task Whatever_is_asked_is_answered_within_bounds(string question)
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Capture);
        HttpResponseMessage answer = await served.AskAsync(question);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        byte[] bytes = await answer.Content.ReadAsByteArrayAsync(Stop);
        Assert.InRange(bytes.Length, 1, 1 << 20);
        JsonDocument.Parse(bytes).Dispose();
    }

    [Fact]
    public async Task A_plot_is_bounded_also_where_everything_was_sent_again()
    {
        const int segments = 12_000;
        string folder = Directory.CreateTempSubdirectory("trama-").FullName;
        try
        {
            await using ServedCapture served = await ServedCapture.StartAsync(HostileCapture.WriteSentAgain(folder, segments));
            using JsonDocument plot = JsonDocument.Parse(
                await (await served.AskAsync("plot?connection=1&side=client")).Content.ReadAsStreamAsync(Stop));
            int marked = plot.RootElement.GetProperty("points").EnumerateArray().Count(point => point[5].GetInt32() == 1);
            Assert.InRange(marked, 1000, 4000);
            Assert.True(plot.RootElement.GetProperty("oneOf").GetInt32() > 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_condition_that_is_wrong_is_refused_with_its_place()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Capture);
        HttpResponseMessage answer = await served.AskAsync("exchanges?lang=pt&where=" + Uri.EscapeDataString("stat>5"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using JsonDocument told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));
        Assert.Contains("campo desconhecido 'stat'", told.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("where")]
    [InlineData("search")]
    [InlineData("group")]
    public async Task What_is_too_long_is_refused_and_not_left_out(string name)
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Capture);
        HttpResponseMessage answer = await served.AskAsync($"exchanges?{name}=" + new string('a', 5000));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("4096", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pcap_of_a_connection_has_its_packets()
    {
        string path = TestData.Shared("real/cs-http_espn.pcap");
        await using ServedCapture served = await ServedCapture.StartAsync(path);
        var browsed = new BrowsedFile(path);
        HttpResponseMessage answer = await served.AskAsync("pcap?connection=3");
        using CaptureFile file = CaptureFile.Open(await answer.Content.ReadAsStreamAsync(Stop));
        int packets = 0;
        while (file.TryRead(out _)) packets++;
        Assert.Equal(browsed.Capture.PacketsOf(3).Count, packets);
        Assert.True(file.End!.IsComplete && packets > 10);
    }

    [Fact]
    public async Task The_stream_of_changes_tells_at_once_what_there_is()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Capture);
        using var reader = new StreamReader(await (await served.AskAsync("changes")).Content.ReadAsStreamAsync(Stop));
        using JsonDocument change = JsonDocument.Parse((await reader.ReadLineAsync(Stop))!);
        Assert.True(change.RootElement.GetProperty("complete").GetBoolean());
        Assert.True(change.RootElement.GetProperty("packets").GetInt64() > 0);
    }

    [Fact]
    public async Task A_packet_tells_which_messages_it_carries_and_they_tell_the_packet()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(TestData.Shared("real/cs-http_espn.pcap"));
        using JsonDocument exchange = await AskedAsync(served, "exchange?connection=3&exchange=1");
        foreach (JsonElement message in exchange.RootElement.GetProperty("messages").EnumerateArray())
        {
            using JsonDocument packet = await AskedAsync(served, $"packet?packet={message.GetProperty("packets")[0].GetInt64()}");
            Assert.Equal(3, packet.RootElement.GetProperty("connection").GetInt64());
            Assert.Contains(packet.RootElement.GetProperty("messages").EnumerateArray(), carried =>
                carried.GetProperty("exchange").GetInt64() == 1
                && carried.GetProperty("title").GetString() == message.GetProperty("title").GetString());
        }

        using JsonDocument first = await AskedAsync(served, "packet?packet=1");
        Assert.Empty(first.RootElement.GetProperty("messages").EnumerateArray());
    }

    [Fact]
    public async Task By_TLS_the_page_is_served_with_the_certificate_that_is_given()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var server = new PageServer(
            new Reports.Browsing.Answers.BrowsedSource(new BrowsedFile(Capture).Capture, [Capture], IsLive: false),
            new PageOptions(new IPEndPoint(IPAddress.Loopback, 0)) { Certificates = new X509Certificate2Collection(certificate) });
        await server.StartAsync();
        Assert.Equal("https", server.Address.Scheme);
        string? shown = null;
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, one, _, _) => (shown = one?.GetCertHashString()) is not null;
        using var client = new HttpClient(handler) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("Trama-Token", server.Token.Secret);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("api/capture", Stop)).StatusCode);
        Assert.Equal(certificate.Thumbprint, shown);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Capture);
        await using var second = new PageServer(
            new Reports.Browsing.Answers.BrowsedSource(new Reports.Browsing.BrowsedCapture(), [], IsLive: false),
            new PageOptions(new IPEndPoint(IPAddress.Loopback, served.Server.Address.Port)));
        await Assert.ThrowsAnyAsync<IOException>(second.StartAsync);
    }
}
