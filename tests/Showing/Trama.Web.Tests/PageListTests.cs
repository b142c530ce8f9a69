using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Trama.Tracing.Choosing;

namespace Trama.Web.Tests;

/// <summary>The lists of the page: what chooses their rows, what sorts them, and what is told about them.</summary>
public class PageListTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string Web = TestData.Shared("real/cs-http_espn.pcap");

    [Fact]
    public async Task What_has_no_group_can_be_chosen_and_stands_in_the_path()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(TestData.Shared("protocols/mysql-lab-prepared.pcapng"));
        await using OpenPage open = await browser.OpenAsync(served.Link);
        ILocator row = open.Page.Locator(".left > .grid .rows .row").Filter(new() { HasText = "—" }).First;
        string many = await row.Locator(".n").First.InnerTextAsync();
        await row.ClickAsync();
        await Assertions.Expect(open.Page.Locator(".left .tabs + span")).ToHaveTextAsync(" " + many);
        await Assertions.Expect(open.Page.Locator(".path")).ToContainTextAsync("—");
        Assert.Contains("group=&", open.Page.Url + "&", StringComparison.Ordinal);
        await Assertions.Expect(open.Page.Locator(".left > .grid .row.chosen")).ToContainTextAsync("—");
        open.AssertWell();
    }

    [Fact]
    public async Task The_number_is_that_of_the_list_in_sight_and_what_is_refused_leaves_nothing_behind()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Web);
        await using OpenPage open = await browser.OpenAsync(served.Link);
        ILocator number = open.Page.Locator(".left .tabs + span");
        foreach (string list in (string[])["connections", "exchanges", "connections", "exchanges"])
        {
            await open.Page.GetByRole(AriaRole.Tab, new() { Name = list, Exact = true }).ClickAsync();
            ILocator grid = open.Page.Locator($".list .grid[aria-label='{list}']");
            await Assertions.Expect(grid.Locator(".rows .row").First).ToBeVisibleAsync();
            int rows = int.Parse((await grid.GetAttributeAsync("aria-rowcount"))!, System.Globalization.CultureInfo.InvariantCulture) - 1;
            await Assertions.Expect(number).ToHaveTextAsync($" {rows}");
        }

        await FilterAsync(open.Page, "status=>301");
        await Assertions.Expect(open.Page.Locator(".error")).ToContainTextAsync("--where");
        await Assertions.Expect(open.Page.Locator(".left .rows .row")).ToHaveCountAsync(0);
        await Assertions.Expect(number).ToHaveTextAsync(" 0");
        await Assertions.Expect(open.Page.Locator(".timeline canvas")).ToHaveAttributeAsync("aria-label", "What happened when");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "search for this text" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator(".error")).ToBeEmptyAsync();
        Assert.Contains("search=status", open.Page.Url, StringComparison.Ordinal);
        await FilterAsync(open.Page, "crossdomain");
        await Assertions.Expect(open.Page.Locator(".list .rows .row").First).ToContainTextAsync("crossdomain");
        open.AssertWell();
    }

    [Fact]
    public async Task What_begins_with_a_field_is_a_condition_and_anything_else_a_text()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Web);
        await using OpenPage open = await browser.OpenAsync(served.Link);
        string[] fields = await open.Page.EvaluateAsync<string[]>("async () => (await import('/filter.js')).FIELDS");
        Assert.Equal(ExchangeField.All.Select(field => field.Name), fields);
        string[] conditions = ["status>=500", "(not failed)", "((failed))", "( failed )", "not(failed)", "NOT  Failed",
            "server > 200ms", "replydue", "status=>301", "not not answered and (total>1s)"];
        string[] texts = ["id=5", "a<b", "SELECT * FROM t WHERE id = 5", "GET /?status=301", "not found", "'status=1'", "=5", "(", "not",
            ""];
        foreach (string text in conditions.Concat(texts))
        {
            Assert.Equal(conditions.Contains(text),
                await open.Page.EvaluateAsync<bool>("async text => (await import('/filter.js')).isCondition(text)", text));
            if (text is not ("status=>301" or "") && conditions.Contains(text))
                Assert.True(ExchangeCondition.TryParse(text, out _, out _), text);
        }

        await FilterAsync(open.Page, "( failed )");
        Assert.Contains("where=", open.Page.Url, StringComparison.Ordinal);
        await FilterAsync(open.Page, "id=5");
        Assert.Contains("search=id", open.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("where=", open.Page.Url, StringComparison.Ordinal);
        open.AssertWell();
    }

    [Fact]
    public async Task Lists_are_sorted_by_keyboard_one_title_says_so_and_no_list_takes_the_order_of_another()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Web);
        await using OpenPage open = await browser.OpenAsync(served.Link);
        await Assertions.Expect(open.Page.Locator(".list .rows .row .id").First).ToHaveTextAsync(new Regex("."));
        ILocator sorted = open.Page.Locator(".list [aria-sort]");
        // By Tab, from the list to its first title.
        await open.Page.Locator(".list .grid").FocusAsync();
        await open.Page.Keyboard.PressAsync("Tab");
        await open.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(sorted).ToHaveCountAsync(1);
        Assert.Equal("ascending", await sorted.GetAttributeAsync("aria-sort"));
        await open.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(sorted).ToHaveAttributeAsync("aria-sort", "descending");
        Assert.Contains("order=number", open.Page.Url, StringComparison.Ordinal);
        await Assertions.Expect(sorted.GetByRole(AriaRole.Button)).ToBeFocusedAsync();
        Assert.Empty(await open.ViolationsAsync());

        await open.Page.Keyboard.PressAsync("x");
        await Assertions.Expect(open.Page.Locator(".list .grid[aria-label='exchanges']")).ToBeFocusedAsync();
        Assert.DoesNotContain("order=", open.Page.Url, StringComparison.Ordinal);
        await open.Page.EvaluateAsync("location.hash = '#list=exchanges&order=total&down=1&connection=4&tab=messages'");
        await open.Page.WaitForSelectorAsync(".part .rows .row");
        await Assertions.Expect(open.Page.Locator(".part .row.head button, .part [aria-sort]")).ToHaveCountAsync(0);
        await open.Page.Locator(".list .grid").FocusAsync();
        await open.Page.Keyboard.PressAsync("x");
        Assert.Contains("order=total", open.Page.Url, StringComparison.Ordinal);
        await open.Page.Keyboard.PressAsync("n");
        Assert.DoesNotContain("order=", open.Page.Url, StringComparison.Ordinal);
        // In a report, what is unknown is 0 as it is on the server, and those that are equal stand by their numbers.
        int[] order = await open.Page.EvaluateAsync<int[]>("""
            async () => {
              const { makeChoice } = await import('/chosen.js');
              const rows = [{ id: 1, rtt: 5 }, { id: 2, rtt: 0 }, { id: 3 }, { id: 4, rtt: 0 }];
              return makeChoice(rows, []).connections({ order: 'rtt' }).map(row => row.id);
            }
            """);
        Assert.Equal([2, 3, 4, 1], order);
        open.AssertWell();
    }

    [Fact]
    public async Task A_narrow_screen_shows_whose_an_operation_is()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Web);
        await using OpenPage open = await browser.OpenAsync(served.Link, 360, 800);
        ILocator server = open.Page.Locator(".left > .grid .rows .row .at").First;
        await Assertions.Expect(server).ToBeVisibleAsync();
        await Assertions.Expect(server).ToContainTextAsync(":80");
        // Within its row, and within its cell.
        Assert.True(await server.EvaluateAsync<bool>("""
            at => {
              const [own, row] = [at.getBoundingClientRect(), at.closest('.row').getBoundingClientRect()];
              return own.top >= row.top && own.bottom <= row.bottom + 1 && own.right <= row.right && own.width > 40;
            }
            """));
        await open.Page.SetViewportSizeAsync(1400, 800);
        await Assertions.Expect(server).ToBeHiddenAsync();
        open.AssertWell();
    }

    private static async Task FilterAsync(IPage page, string text)
    {
        await page.Locator(".filter").FillAsync(text);
        await page.Keyboard.PressAsync("Enter");
        await page.EvaluateAsync("document.activeElement.blur()");
    }
}
