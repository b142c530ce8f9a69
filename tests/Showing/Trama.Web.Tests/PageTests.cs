using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Trama.Web.Tests;

/// <summary>The page as a person meets it: in a real browser.</summary>
public class PageTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string Web = TestData.Shared("real/cs-http_espn.pcap");

    [Theory]
    [InlineData("no-reply", "server")]
    [InlineData("packet-loss", "network")]
    [InlineData("connection-refused", "server")]
    [InlineData("zero-window", "server")]
    public async Task The_proof_of_a_finding_is_one_step_away_by_keyboard(string fault, string party)
    {
        await using ServedCapture served = await ServedCapture.StartAsync(FaultOf(fault));
        await using OpenPage open = await browser.OpenAsync(served.Link);
        Assert.Contains(party, await open.Page.Locator(".finding.first .what").InnerTextAsync(), StringComparison.Ordinal);
        ILocator link = open.Page.Locator(".finding.first .proof button").First;
        string packet = await link.InnerTextAsync();
        await link.FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");
        await open.Page.WaitForSelectorAsync($".bytes[aria-label='packet {packet}'] pre");
        await Assertions.Expect(open.Page.Locator(".rung.active")).ToHaveAttributeAsync("aria-label", new Regex($"packet {packet}:"));
        await open.Page.Keyboard.PressAsync("Escape");
        await open.Page.Keyboard.PressAsync("Escape");
        await open.Page.WaitForSelectorAsync(".connection[hidden]", new() { State = WaitForSelectorState.Attached });
        open.AssertWell();
    }

    [Fact]
    public async Task The_key_leaves_the_address_at_once_and_stays_in_no_link()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Web);
        await using OpenPage open = await browser.OpenAsync(served.Link + "&connection=2");
        string key = served.Server.Token.Secret;
        Assert.DoesNotContain(key, open.Page.Url, StringComparison.Ordinal);
        Assert.EndsWith("#connection=2", open.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(open.Requests, address => address.Contains(key, StringComparison.Ordinal));
        Assert.Equal(key, await open.Page.EvaluateAsync<string>("sessionStorage.getItem('trama-key')"));
        Assert.DoesNotContain(key, await open.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.All(open.Requests, address => Assert.StartsWith(served.Server.Address.ToString(), address, StringComparison.Ordinal));
        open.AssertWell();
    }

    [Fact]
    public async Task A_stale_key_is_told()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Web);
        await using OpenPage open = await browser.OpenAsync($"{served.Server.Address}#key=old");
        Assert.Contains("trama web", await open.Page.Locator(".wait.bad").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_is_opened_in_the_tab_of_an_earlier_run_leaves_its_key_in_no_address_either()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(FaultOf("packet-loss"));
        await using OpenPage open = await browser.OpenAsync($"{served.Server.Address}#key=old");
        await open.Page.EvaluateAsync("link => { location.href = link; }", served.Link + "&connection=1");
        await open.Page.WaitForSelectorAsync(".rung");
        Assert.EndsWith("#connection=1", open.Page.Url, StringComparison.Ordinal);
        await open.Page.GoBackAsync();
        Assert.DoesNotContain(served.Server.Token.Secret, open.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_thing_is_told_as_one()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(FaultOf("packet-loss"));
        await using OpenPage open = await browser.OpenAsync(served.Link);
        await Assertions.Expect(open.Page.Locator("#top")).ToContainTextAsync("290 packets · 1 connection · 1 exchange · ");
        await open.Page.EvaluateAsync("location.hash = '#lang=pt'");
        await Assertions.Expect(open.Page.Locator("#top")).ToContainTextAsync("290 pacotes · 1 conexão · 1 troca · ");
        open.AssertWell();
    }

    [Fact]
    public async Task A_command_that_is_copied_shows_the_same_connection()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(FaultOf("packet-loss"));
        await using OpenPage open = await browser.OpenAsync(served.Link);
        string command = await open.Page.EvaluateAsync<string>(
            "async () => (await import('/copying.js')).command({ paths: ['-', '-a.pcap'], filter: 'port 80 or port 81',"
            + " framing: 'length:u16be', keys: ['my keys'] },"
            + " { connection: '1;id' })");
        Assert.Equal("trama trace '-' ./-a.pcap 'port 80 or port 81' --framing length:u16be --keys 'my keys' --connection '1;id' --ladder",
            command);
    }

    [Fact]
    public async Task Who_hears_the_page_is_told_each_row_of_the_ladder()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(FaultOf("packet-loss"));
        await using OpenPage open = await browser.OpenAsync(served.Link + "&connection=1");
        await open.Page.WaitForSelectorAsync(".rung.segment");
        await open.Page.Locator(".ladder .view").FocusAsync();
        await open.Page.Keyboard.PressAsync("j");
        await open.Page.Keyboard.PressAsync("j");
        ILocator row = open.Page.Locator(".rung.active");
        await Assertions.Expect(row).ToHaveAttributeAsync("aria-label", new Regex("server packet [0-9]+: SYN ACK"));
        Assert.Equal(await row.GetAttributeAsync("aria-label"), await open.Page.Locator("#said").TextContentAsync());
        open.AssertWell();
    }

    [Fact]
    public async Task A_message_its_segments_and_their_bytes_lead_to_each_other()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Web);
        await using OpenPage open = await browser.OpenAsync(served.Link + "&connection=3&exchange=1");
        ILocator packet = open.Page.Locator(".exchange .message.client .link").First;
        string number = await packet.InnerTextAsync();
        await Assertions.Expect(open.Page.Locator(".rung.segment.lit").First).ToHaveAttributeAsync("aria-label",
            new Regex($"packet {number}:"));
        await packet.ClickAsync();
        ILocator message = open.Page.Locator($".bytes[aria-label='packet {number}'] p .link").First;
        await Assertions.Expect(open.Page.Locator(".rung.message.lit").First).ToBeVisibleAsync();
        await message.ClickAsync();
        await open.Page.WaitForSelectorAsync(".exchange[aria-label='exchange 1']");
        Assert.Empty(await open.ViolationsAsync());
        open.AssertWell();
    }

    [Fact]
    public async Task Tabs_that_nobody_sees_leave_the_few_connections_of_a_browser_to_others()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Web);
        await using OpenPage open = await browser.OpenAsync(served.Link);
        await open.Page.Context.AddInitScriptAsync("Object.defineProperty(Document.prototype, 'hidden', { get: () => true })");
        for (int i = 0; i < 8; i++)
        {
            IPage tab = await open.Page.Context.NewPageAsync();
            await tab.GotoAsync(served.Link);
            await tab.WaitForSelectorAsync(".list .rows .row .id");
        }

        open.AssertWell();
    }

    [Fact]
    public async Task Every_state_is_in_the_address_and_back_leads_back()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Web);
        await using OpenPage open = await browser.OpenAsync(served.Link);
        ILocator second = open.Page.Locator(".list .rows .row").Nth(1);
        await Assertions.Expect(second).ToContainTextAsync(":80");
        await second.ClickAsync();
        await open.Page.WaitForSelectorAsync(".rung.message");
        string first = open.Page.Url;
        await open.Page.GetByRole(AriaRole.Tab, new() { Name = "messages" }).ClickAsync();
        ILocator message = open.Page.Locator(".part .rows .row").First;
        await Assertions.Expect(message).ToContainTextAsync("GET");
        await message.ClickAsync();
        await open.Page.WaitForSelectorAsync(".exchange .timebar");
        string last = open.Page.Url;
        Assert.Contains("exchange=1", last, StringComparison.Ordinal);
        await open.Page.ReloadAsync();
        await open.Page.WaitForSelectorAsync(".exchange .timebar");
        Assert.Equal(last, open.Page.Url);
        await open.Page.GoBackAsync();
        await open.Page.GoBackAsync();
        await open.Page.WaitForURLAsync(first);
        await open.Page.WaitForSelectorAsync(".exchange", new() { State = WaitForSelectorState.Detached });
        open.AssertWell();
    }

    [Fact]
    public async Task The_filter_takes_a_condition_and_a_text_and_says_what_is_wrong()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Web);
        await using OpenPage open = await browser.OpenAsync(served.Link + "&list=exchanges");
        await FilterAsync(open.Page, "status=301");
        ILocator rows = open.Page.Locator(".list .rows .row");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await FilterAsync(open.Page, "CROSSDOMAIN");
        await Assertions.Expect(rows.First).ToContainTextAsync("crossdomain");
        Assert.InRange(await rows.CountAsync(), 1, 10);
        await FilterAsync(open.Page, "status=>301");
        await Assertions.Expect(open.Page.Locator(".error")).ToContainTextAsync("--where");
        open.AssertWell();
    }

    [Fact]
    public async Task The_number_of_elements_stays_small_however_long_the_list()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(
            TestData.Shared("captures/tcp/zeek-http-1000-requests-one-dropped-response.pcap"));
        await using OpenPage open = await browser.OpenAsync(served.Link + "&list=exchanges&connection=1");
        await open.Page.WaitForSelectorAsync(".rung.message");
        Assert.InRange(await open.Page.EvaluateAsync<int>("document.querySelectorAll('*').length"), 100, 5000);
        await open.Page.Locator(".list .grid").FocusAsync();
        await open.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(open.Page.Locator(".list .row.active")).ToContainTextAsync("1.");
        Assert.Equal(await open.Page.Locator(".list .grid").GetAttributeAsync("aria-rowcount"),
            await open.Page.Locator(".list .row.active").GetAttributeAsync("aria-rowindex"));
        open.AssertWell();
    }

    [Theory]
    [InlineData("", "en-US", 1400, false)]
    [InlineData("&list=exchanges", "pt-BR", 1400, true)]
    [InlineData("&connection=4&packet=615&exchange=2&beside=3", "en-US", 1400, true)]
    [InlineData("&connection=4&tab=sequence", "pt-BR", 1400, false)]
    [InlineData("&connection=4&tab=messages&exchange=1", "pt-BR", 360, false)]
    [InlineData("", "en-US", 360, true)]
    [InlineData("&connection=4&tab=rtt", "en-US", 3840, false)]
    public async Task Everybody_can_use_every_view(string view, string language, int width, bool dark)
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Web);
        await using OpenPage open = await browser.OpenAsync(served.Link + view, width, 800, language, dark);
        await open.Page.WaitForSelectorAsync(view.Contains("connection", StringComparison.Ordinal) ? ".connection h2" : ".list .rows .row");
        await open.Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        Assert.Empty(await open.ViolationsAsync());
        Assert.Equal(language == "pt-BR" ? "pt-BR" : "en", await open.Page.Locator("html").GetAttributeAsync("lang"));
        Assert.True(await open.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen");
        open.AssertWell();
    }

    [Fact]
    public async Task Nothing_that_was_captured_is_taken_for_markup()
    {
        string folder = Directory.CreateTempSubdirectory("trama-").FullName;
        try
        {
            await using ServedCapture served = await ServedCapture.StartAsync(HostileCapture.Write(folder));
            await using OpenPage open = await browser.OpenAsync(served.Link + "&list=exchanges");
            Assert.Contains("<img", await open.Page.Locator(".path").InnerTextAsync(), StringComparison.Ordinal);
            for (int i = 1; i <= HostileCapture.Words.Count; i++)
            {
                await open.Page.EvaluateAsync($"location.hash = '#connection=1&exchange={i}&list=exchanges'");
                await open.Page.WaitForSelectorAsync($".exchange[aria-label='exchange {i}'] article.server pre", new() { State = WaitForSelectorState.Attached });
            }

            Assert.Equal("undefined", await open.Page.EvaluateAsync<string>("typeof window.hurt"));
            Assert.All(open.Requests, address => Assert.StartsWith(served.Server.Address.ToString(), address, StringComparison.Ordinal));
            Assert.Equal(0, await open.Page.Locator("main script, main iframe, main img, main style, main base").CountAsync());
            open.AssertWell();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Words_that_are_copied_for_a_shell_are_what_the_shell_gives()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Web);
        await using OpenPage open = await browser.OpenAsync(served.Link);
        string[] words =
        [
            "plain.pcap", "with space", "it's", "$(touch /tmp/x)", "`id`", "a\"b", "-rf", "new\nline", "\u001b[31mred", "a\\b", "!!", "é", "\u202etxt",
            "tab\there", "\u061ctxt", "*", "~", "日本", "a;b&c|d", "", "\u007f", "'\n'", "😀",
        ];
        foreach (string word in words)
        {
            string quoted = await open.Page.EvaluateAsync<string>("async word => (await import('/text.js')).quoted(word)", word);
            Assert.DoesNotContain(quoted, char.IsControl);
            var start = new ProcessStartInfo(TestData.Program("bash"), ["-c", "printf %s " + quoted]) { RedirectStandardOutput = true };
            using Process bash = Process.Start(start)!;
            Assert.Equal(word, await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        }
    }

    private static async Task FilterAsync(IPage page, string text)
    {
        await page.Locator("body").PressAsync("/");
        await page.Locator(".filter").FillAsync(text);
        await page.Keyboard.PressAsync("Enter");
        await page.EvaluateAsync("document.activeElement.blur()");
    }

    private static string FaultOf(string name) => Directory.EnumerateFiles(TestData.Shared("faults/" + name), "client.pcap*",
        SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
}
