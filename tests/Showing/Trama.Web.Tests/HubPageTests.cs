using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Trama.Web.Tests;

/// <summary>The page of a hub as a person meets it: in a real browser.</summary>
public class HubPageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task From_who_talks_to_whom_a_red_edge_leads_to_the_joined_ladder_and_back()
    {
        await using ServedHub served = await ServedHub.StartAsync();
        await using OpenPage open = await OpenAsync(served);
        await Assertions.Expect(open.Page.Locator(".graph path.edge.bad")).ToHaveCountAsync(2);
        await Assertions.Expect(open.Page.Locator(".notes")).ToContainTextAsync("web lost 17 exchanges");
        // By keyboard: the second row is the edge of what was found.
        await open.Page.Locator(".left .grid").FocusAsync();
        await open.Page.Keyboard.PressAsync("j");
        await open.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(open.Page.Locator(".connection h2")).ToContainTextAsync($"{ServedHub.Client} → {ServedHub.Server}");
        await Assertions.Expect(open.Page.Locator(".part .row").Nth(1)).ToContainTextAsync("packet-loss · the network");
        Shot(open, "hub");
        await open.Page.Locator(".part .grid").FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");
        await open.Page.WaitForSelectorAsync(".joined .rung .label");
        await open.Page.Locator(".finding.first .proof button").First.ClickAsync();
        await open.Page.WaitForSelectorAsync(".joined .rung.wrong");
        await Assertions.Expect(open.Page.Locator(".finding.first .what")).ToContainTextAsync("network");
        await Assertions.Expect(open.Page.Locator("#top")).ToContainTextAsync("db + web");
        Shot(open, "pair");
        await open.Page.Locator(".path a").ClickAsync();
        await Assertions.Expect(open.Page.Locator(".connection h2")).ToContainTextAsync(ServedHub.Server);
        Assert.DoesNotContain(served.Web.Token.Secret, open.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(open.Requests, address => address.Contains(served.Web.Token.Secret, StringComparison.Ordinal));
        open.AssertWell();
    }

    [Fact]
    public async Task A_connection_that_nobody_asked_about_is_asked_for_and_drawn()
    {
        await using ServedHub served = await ServedHub.StartAsync();
        await using OpenPage open = await OpenAsync(served, $"&client={ServedHub.Client}&server={ServedHub.Server}");
        await open.Page.Locator(".part .rows .row").Nth(1).ClickAsync();
        await open.Page.Locator(".detail button").ClickAsync();
        await Assertions.Expect(open.Page.Locator(".below")).ToContainTextAsync("both sensors are asked");
        Assert.True(served.Answer());
        await open.Page.WaitForSelectorAsync(".joined .rung .label");
        open.AssertWell();
    }

    [Fact]
    public async Task What_comes_is_shown_and_what_was_said_is_no_markup()
    {
        await using ServedHub served = await ServedHub.StartAsync();
        await using OpenPage open = await OpenAsync(served);
        await Assertions.Expect(open.Page.Locator(".left .rows")).ToContainTextAsync(ServedHub.Hostile);
        served.Sketch("db", "10.9.9.9", "192.0.2.90:6379", "GET", 4711, 0);
        await Assertions.Expect(open.Page.Locator(".left .rows")).ToContainTextAsync("192.0.2.90:6379");
        await Assertions.Expect(open.Page.Locator(".graph svg text").Filter(new() { HasText = "192.0.2.90:6379" })).ToHaveCountAsync(1);
        Assert.Equal(0, await open.Page.Locator("img").CountAsync());
        await open.Page.EvaluateAsync("location.hash = 'server=<img src=x onerror=alert(1)>&client=x&tab=found'");
        await open.Page.WaitForSelectorAsync(".connection h2");
        Assert.Equal(0, await open.Page.Locator("img").CountAsync());
        open.AssertWell();
    }

    [Theory]
    [InlineData("", 1400, "en-US", false)]
    [InlineData("", 390, "pt-BR", true)]
    [InlineData("&client=172.20.46.236&server=192.0.2.119:12345", 1400, "pt-BR", true)]
    [InlineData("&client=172.20.46.236&server=192.0.2.119:12345&tab=found", 390, "en-US", false)]
    [InlineData("&client=172.20.46.236&server=192.0.2.119:12345&tab=sent", 390, "en-US", true)]
    public async Task It_is_for_everybody_and_every_screen(string view, int width, string language, bool dark)
    {
        await using ServedHub served = await ServedHub.StartAsync();
        await using OpenPage open = await OpenAsync(served, view, width, language, dark);
        await open.Page.WaitForSelectorAsync(view.Length > 0 ? ".part .rows .row" : ".left .rows .row");
        Shot(open, $"hub-{width}-{(dark ? "dark" : "light")}-{view.Length}");
        Assert.Empty(await open.ViolationsAsync());
        Assert.Equal(language == "pt-BR" ? "pt-BR" : "en", await open.Page.Locator("html").GetAttributeAsync("lang"));
        Assert.True(await open.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen");
        open.AssertWell();
    }

    [Fact]
    public async Task A_stale_key_is_told()
    {
        await using ServedHub served = await ServedHub.StartAsync();
        await using OpenPage open = await browser.OpenEmptyAsync($"{served.Web.Address}#key=old");
        await Assertions.Expect(open.Page.Locator(".wait.bad")).ToHaveTextAsync(new Regex("trama web"));
    }

    // For who wants to look at it: TRAMA_SHOTS names a folder.
    private static void Shot(OpenPage open, string name)
    {
        if (Environment.GetEnvironmentVariable("TRAMA_SHOTS") is { Length: > 0 } folder)
            open.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") }).GetAwaiter().GetResult();
    }

    private async Task<OpenPage> OpenAsync(ServedHub served, string view = "", int width = 1400, string language = "en-US",
        bool dark = false)
    {
        OpenPage open = await browser.OpenEmptyAsync(served.Link + view, width, 800, language, dark);
        await open.Page.WaitForSelectorAsync(".left .grid", new() { State = WaitForSelectorState.Attached });
        return open;
    }
}
