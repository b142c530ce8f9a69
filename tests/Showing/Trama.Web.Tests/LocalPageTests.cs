using System.Diagnostics;
using Microsoft.Playwright;
using Trama.Captures;
using Trama.Framing.Tls.Keys;
using Trama.Reports;
using Trama.Reports.Forms;
using Trama.Reports.Json;
using Trama.Tracing;

namespace Trama.Web.Tests;

/// <summary>The page in the browser alone, from a server that has nothing but its files. <c>TRAMA_EVERY_CAPTURE=1</c> compares every
/// capture at hand; <c>TRAMA_BINARY</c> compares with what the command writes.</summary>
public class LocalPageTests(Browser browser) : IClassFixture<Browser>
{
    // A link type, a form and a cipher each.
    private static readonly string[] s_few =
    [
        "protocols/tls12-lab-ccm.pcapng", "protocols/tls12-lab-cbc-sha384-etm.pcapng", "protocols/tls13-lab-chacha20.pcapng",
        "protocols/tls13-lab-aes128gcm.pcapng", "protocols/tls12-lab-gcm-dsb.pcapng", "protocols/http2-lab-h2c-multiplex.pcapng",
        "protocols/postgresql-lab-extended.pcapng", "captures/tcp/zeek-http-1000-requests-one-dropped-response.pcap",
    ];

    public static TheoryData<string> Captures => Environment.GetEnvironmentVariable("TRAMA_EVERY_CAPTURE") is null ? [.. s_few]
        : [.. new[] { "captures", "protocols" }.Select(TestData.Shared)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(path => Path.GetExtension(path) is ".pcap" or ".pcapng" or ".cap" or ".snoop" or ".gz" or ".zst")
            .Select(path => Path.GetRelativePath(TestData.Shared(""), path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Captures))]
    public async Task Lines_of_JSON_are_those_of_the_command(string capture)
    {
        string path = TestData.Shared(capture), keys = Path.ChangeExtension(path, ".keys");
        string[] files = File.Exists(keys) ? [path, keys] : [path];
        string expected = await ExpectedAsync(files);
        if (expected.Length == 0) return;
        using var host = new StaticHost(Site());
        await using OpenPage open = await browser.OpenEmptyAsync(host.Address);
        await DropAsync(open.Page, files);
        IDownload kept = await open.Page.RunAndWaitForDownloadAsync(
            () => open.Page.GetByRole(AriaRole.Button, new() { Name = "save NDJSON" }).ClickAsync());
        Assert.Equal(expected, await File.ReadAllTextAsync(await kept.PathAsync(), TestContext.Current.CancellationToken));
        open.AssertWell();
    }

    [Fact]
    public async Task Nothing_leaves_the_computer_and_every_view_is_filled()
    {
        using var host = new StaticHost(Site());
        await using OpenPage open = await browser.OpenEmptyAsync(host.Address);
        await DropAsync(open.Page, [TestData.Shared("real/cs-http_espn.pcap")]);
        int asked = open.Requests.Count;
        await open.Page.Locator(".list .rows .row").First.ClickAsync();
        await open.Page.WaitForSelectorAsync(".rung.message");
        await open.Page.Locator(".rung.segment").First.ClickAsync();
        await open.Page.WaitForSelectorAsync(".bytes pre");
        foreach (string tab in (string[])["messages", "sequence", "rtt", "in flight"])
            await open.Page.GetByRole(AriaRole.Tab, new() { Name = tab, Exact = true }).ClickAsync();
        await open.Page.WaitForSelectorAsync(".plot canvas");
        Assert.Empty(await open.ViolationsAsync());
        Assert.Equal(asked, open.Requests.Count);
        Assert.All(open.Requests, address => Assert.True(address.StartsWith(host.Address, StringComparison.Ordinal)
            || address.StartsWith("data:", StringComparison.Ordinal), address));
        open.AssertWell();
    }

    [Fact]
    public async Task What_is_no_capture_is_told()
    {
        using var host = new StaticHost(Site());
        await using OpenPage open = await browser.OpenEmptyAsync(host.Address);
        await open.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "<b>letter</b>.txt",
            MimeType = "text/plain",
            Buffer = "Dear all"u8.ToArray(),
        });
        await open.Page.WaitForSelectorAsync(".drop .bad:not(:empty)");
        await Assertions.Expect(open.Page.Locator(".drop .bad")).ToContainTextAsync("<b>letter</b>.txt");
        Assert.Empty(await open.ViolationsAsync());
    }

    [Fact]
    public async Task Two_captures_of_the_same_connections_are_joined()
    {
        using var host = new StaticHost(Site());
        await using OpenPage open = await browser.OpenEmptyAsync(host.Address);
        await DropAsync(open.Page, [Vantage("client"), Vantage("server")]);
        await Assertions.Expect(open.Page.Locator(".notes")).ToContainTextAsync("1 connection in both");
        await open.Page.Locator(".list .rows .row").First.ClickAsync();
        await open.Page.WaitForSelectorAsync(".ladder.joined .rung.wrong");
        Assert.Empty(await open.ViolationsAsync());
        open.AssertWell();
    }

    [Fact]
    public async Task What_is_no_capture_is_told_beside_one_that_is_shown_and_what_has_no_TCP_says_so()
    {
        using var host = new StaticHost(Site());
        await using OpenPage open = await browser.OpenEmptyAsync(host.Address, language: "pt-BR");
        await DropAsync(open.Page,
            [TestData.Shared("captures/lower-layers/tcpdump-EIGRP_adjacency.pcap"), Path.Combine(TestData.Root, "LICENSE")]);
        await Assertions.Expect(open.Page.Locator(".notes")).ToContainTextAsync("LICENSE: formato de arquivo desconhecido");
        await Assertions.Expect(open.Page.Locator(".verdict")).ToContainTextAsync("Não há TCP nesta captura.");
        Assert.Empty(await open.ViolationsAsync());
        open.AssertWell();
    }

    private static string Vantage(string side) => Directory.EnumerateFiles(TestData.Shared("faults/packet-loss"), $"{side}.pcap*",
        SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();

    private static string Site()
    {
        string site = Path.Combine(TestData.Root, "artifacts/site");
        Assert.SkipUnless(File.Exists(Path.Combine(site, "index.html")), "the page for the browser alone was not made: eng/site");
        return site;
    }

    private static async Task DropAsync(IPage page, string[] files)
    {
        await page.Locator("input[type=file]").SetInputFilesAsync(files);
        await page.WaitForSelectorAsync(".verdict > *", new() { State = WaitForSelectorState.Attached, Timeout = 120_000 });
        await page.WaitForSelectorAsync("#top progress", new() { State = WaitForSelectorState.Hidden, Timeout = 120_000 });
    }

    private static async Task<string> ExpectedAsync(string[] files)
    {
        if (Environment.GetEnvironmentVariable("TRAMA_BINARY") is not { } binary) return Traced(files);
        string[] keys = files.Length > 1 ? ["--keys", files[1]] : [];
        var start = new ProcessStartInfo(binary, ["trace", Path.GetFileName(files[0]), "--ndjson", .. keys])
        {
            WorkingDirectory = Path.GetDirectoryName(files[0]),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process trama = Process.Start(start)!;
        _ = trama.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        return await trama.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static string Traced(string[] files)
    {
        var keys = new TlsKeys();
        if (files.Length > 1) Take(File.ReadAllBytes(files[1]));
        using var output = new MemoryStream();
        using var report = new Report(new JsonLinesReport(new FormSettings { Output = output }), judged: null, new Selection());
        var tracker = new ConnectionTracker(report.Needs with { Keys = keys }, report.Sink);
        using CaptureFile file = CaptureFile.Open(files[0]);
        file.ForwardTlsSecrets(Take);
        while (file.TryRead(out Packets.Record record)) tracker.Observe(record);
        tracker.Complete();
        report.End(tracker.Totals, [Path.GetFileName(files[0])], file.End is { IsComplete: false });
        return System.Text.Encoding.UTF8.GetString(output.ToArray());

        void Take(ReadOnlySpan<byte> keyLog)
        {
            var reader = new KeyLogReader(keys);
            reader.Take(keyLog);
            reader.Complete();
        }
    }
}
