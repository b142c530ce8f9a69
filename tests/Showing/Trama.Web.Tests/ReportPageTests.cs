using Microsoft.Playwright;
using Trama.Reports;

namespace Trama.Web.Tests;

/// <summary>The page as a file with its data inside, opened from where it lies.</summary>
public class ReportPageTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string Web = TestData.Shared("real/cs-http_espn.pcap");

    [Theory]
    [InlineData("", ".list .rows .row", Language.English, 1400, false)]
    [InlineData("#list=exchanges&search=jpg", ".list .rows .row", Language.Portuguese, 1400, true)]
    [InlineData("#connection=4&exchange=2&beside=3", ".exchange .timebar", Language.English, 1400, true)]
    [InlineData("#connection=4", ".rung.message", Language.Portuguese, 360, false)]
    [InlineData("#connection=4&tab=messages", ".part .rows .row", Language.Portuguese, 1400, false)]
    [InlineData("#connection=4&tab=sequence", ".plot canvas", Language.English, 1400, true)]
    [InlineData("#connection=4&tab=rtt", ".plot canvas", Language.Portuguese, 1400, false)]
    [InlineData("#connection=4&tab=inFlight", ".plot canvas", Language.English, 3840, false)]
    public async Task Every_view_is_filled_from_the_file_alone(string view, string filled, Language language, int width, bool dark)
    {
        using var report = new WrittenReport([Web], language);
        await using OpenPage open = await browser.OpenAsync(report.Link + view, width, 800, dark: dark);
        await open.Page.WaitForSelectorAsync(filled);
        Assert.Equal(language.Pick("en", "pt-BR"), await open.Page.Locator("html").GetAttributeAsync("lang"));
        Assert.Empty(await open.ViolationsAsync());
        Assert.True(await open.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen");
        Assert.InRange(await open.Page.EvaluateAsync<int>("document.querySelectorAll('*').length"), 100, 5000);
        Assert.All(open.Requests, address => Assert.StartsWith(report.Link.Split('#')[0], address, StringComparison.Ordinal));
        open.AssertWell();
    }

    [Fact]
    public async Task The_lists_are_those_of_the_server()
    {
        using var report = new WrittenReport([Web]);
        await using ServedCapture served = await ServedCapture.StartAsync(Web);
        foreach (string view in (string[])["", "list=exchanges", "list=exchanges&order=total&down=1", "list=exchanges&order=requestbytes",
            "search=crossdomain", "order=bytes&down=1", "order=rtt", "server=205.234.218.129:80", "faults=1", "from=500000000&to=900000000",
            "from=500000000&to=900000000&list=exchanges"])
        {
            await using OpenPage here = await browser.OpenAsync($"{report.Link}#{view}");
            await using OpenPage there = await browser.OpenAsync($"{served.Link}&{view}");
            Assert.Equal(await ShownAsync(there), await ShownAsync(here));
            here.AssertWell();
        }
    }

    [Fact]
    public async Task Servers_that_were_never_asked_anything_stay_under_any_choice_as_on_the_server()
    {
        string silent = TestData.Shared("real/cs-synscan.pcap");
        using var report = new WrittenReport([silent]);
        await using ServedCapture served = await ServedCapture.StartAsync(silent);
        foreach (string view in (string[])["faults=1", "group=&order=duration"])
        {
            await using OpenPage here = await browser.OpenAsync($"{report.Link}#{view}");
            await using OpenPage there = await browser.OpenAsync($"{served.Link}&{view}");
            // How many rows are in sight depends on what stands above them.
            string[] shown = (await ShownAsync(here)).Split('\n'), expected = (await ShownAsync(there)).Split('\n');
            Assert.Equal(expected[..5], shown[..5]);
            Assert.NotEqual(0, await here.Page.Locator(".left > .grid .rows .row").CountAsync());
            here.AssertWell();
        }
    }

    [Fact]
    public async Task The_proof_of_a_finding_is_one_step_away_by_keyboard()
    {
        using var report = new WrittenReport([Fault("packet-loss", "client")]);
        await using OpenPage open = await browser.OpenAsync(report.Link);
        ILocator link = open.Page.Locator(".finding.first .proof button").First;
        string packet = await link.InnerTextAsync();
        await link.FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(open.Page.Locator(".rung.active")).ToHaveAttributeAsync("aria-label",
            new System.Text.RegularExpressions.Regex($"packet {packet}:"));
        await Assertions.Expect(open.Page.Locator(".bytes")).ToContainTextAsync("A report holds no packets");
        await open.Page.GoBackAsync();
        await open.Page.WaitForSelectorAsync(".connection[hidden]", new() { State = WaitForSelectorState.Attached });
        open.AssertWell();
    }

    [Fact]
    public async Task A_condition_is_told_to_be_for_the_server()
    {
        using var report = new WrittenReport([Web]);
        await using OpenPage open = await browser.OpenAsync(report.Link + "#where=status%3D301");
        await Assertions.Expect(open.Page.Locator(".error")).ToContainTextAsync("--where");
    }

    [Theory]
    [InlineData(Language.English, "lost on the way")]
    [InlineData(Language.Portuguese, "perdido no caminho")]
    public async Task Two_captures_are_drawn_with_what_was_lost_between_them(Language language, string lost)
    {
        using var report = new WrittenReport([Fault("packet-loss", "client"), Fault("packet-loss", "server")], language);
        await using OpenPage open = await browser.OpenAsync(report.Link + "#connection=1");
        await open.Page.WaitForSelectorAsync(".rung.leaves.wrong");
        await Assertions.Expect(open.Page.Locator(".rung.leaves.wrong").First).ToContainTextAsync(lost);
        Assert.InRange(await open.Page.Locator(".slants line").CountAsync(), 10, 1000);
        Assert.Empty(await open.ViolationsAsync());
        open.AssertWell();
    }

    [Fact]
    public async Task Nothing_that_was_captured_is_taken_for_markup()
    {
        string folder = Directory.CreateTempSubdirectory("trama-").FullName;
        try
        {
            using var report = new WrittenReport([HostileCapture.Write(folder)]);
            await using OpenPage open = await browser.OpenAsync(report.Link + "#list=exchanges");
            Assert.Contains("<img", await open.Page.Locator(".path").InnerTextAsync(), StringComparison.Ordinal);
            for (int i = 1; i <= HostileCapture.Words.Count; i++)
            {
                await open.Page.EvaluateAsync($"location.hash = '#connection=1&exchange={i}&list=exchanges'");
                await open.Page.WaitForSelectorAsync($".exchange[aria-label='exchange {i}'] article.server pre",
                    new() { State = WaitForSelectorState.Attached });
            }

            Assert.Equal("undefined", await open.Page.EvaluateAsync<string>("typeof window.hurt"));
            Assert.Equal(0, await open.Page.Locator("main script, main iframe, main img, main style, main base").CountAsync());
            Assert.Equal(1, await open.Page.Locator("script:not([type='application/json'])").CountAsync());
            open.AssertWell();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> ShownAsync(OpenPage open)
    {
        await open.Page.WaitForFunctionAsync("""
            () => ['.left > .grid', '.list .grid'].every(name => {
              const grid = document.querySelector(name);
              return grid.getAttribute('aria-rowcount') === '1' ? !grid.querySelector('.none').hidden
                : grid.querySelector('.row .id, .row .service')?.textContent;
            }) && document.querySelector('.timeline canvas').getAttribute('aria-label')
            """);
        return await open.Page.EvaluateAsync<string>("() => [...document.querySelectorAll('.left .row, .timeline canvas, .list .grid')]"
            + ".map(one => one.getAttribute('aria-label') ?? [...one.children].map(cell => cell.textContent).join('|')).join('\\n')");
    }

    private static string Fault(string name, string place) => Directory.EnumerateFiles(TestData.Shared("faults/" + name), place + ".pcap*",
        SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
}
