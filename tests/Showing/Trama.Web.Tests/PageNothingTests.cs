using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Trama.Web.Tests;

/// <summary>Where there is nothing to show the page says so, and stays alive.</summary>
public class PageNothingTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task A_plot_without_points_says_so_and_numbers_that_are_none_are_a_dash()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(TestData.Shared("real/cs-nowebaccess2.pcap"));
        await using OpenPage open = await browser.OpenAsync(served.Link + "&connection=1&tab=sequence");
        foreach (string tab in (string[])["sequence", "rtt", "in flight"])
        {
            await open.Page.GetByRole(AriaRole.Tab, new() { Name = tab, Exact = true }).ClickAsync();
            await Assertions.Expect(open.Page.Locator(".plot canvas")).ToHaveAttributeAsync("aria-label",
                new Regex(" – .*Nothing to draw here"));
            await Assertions.Expect(open.Page.Locator(".plot")).ToContainTextAsync("Nothing to draw here.");
        }

        await open.Page.WaitForFunctionAsync("() => { const canvas = document.querySelector('.plot canvas'); "
            + "return canvas.width === canvas.clientWidth && canvas.height === canvas.clientHeight; }");
        string[] said = await open.Page.EvaluateAsync<string[]>("""
            async () => {
              const { clock, duration, share, size } = await import('/text.js');
              const none = [NaN, Infinity, -Infinity, undefined, null];
              return [...none.map(size), ...none.map(duration), ...none.map(share), ...none.map(at => clock('1', at)),
                size(1e300), size(-1), size(1024 ** 6), duration(-1), duration(1e300)].map(String);
            }
            """);
        Assert.All(said[..15], text => Assert.Equal("–", text));
        Assert.All(said[15..20], text => Assert.Equal("", text));
        Assert.Equal(["-1 B", "1048576 TiB", "-1 ns"], said[21..24]);
        open.AssertWell();
    }
}
