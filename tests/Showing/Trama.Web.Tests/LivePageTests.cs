using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Trama.Web.Tests;

/// <summary>The page while what it shows grows, and while nobody answers it.</summary>
public class LivePageTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string Long = TestData.Shared("captures/tcp/zeek-http-1000-requests-one-dropped-response.pcap");

    [Fact]
    public async Task Who_looks_at_a_connection_stays_where_he_is_while_it_grows()
    {
        await using LiveCapture live = await LiveCapture.StartAsync(Long, 1200);
        await using OpenPage open = await browser.OpenAsync(live.Link + "&connection=1&exchange=3");
        IPage page = open.Page;
        await page.WaitForSelectorAsync(".exchange .timebar");
        await page.WaitForSelectorAsync(".rung.message");
        // Somewhere in the middle, with something opened and the focus in it.
        await page.Locator(".ladder .view").EvaluateAsync("view => { view.scrollTop = 4800; }");
        await page.WaitForSelectorAsync(".rung.segment");
        ILocator closed = page.Locator(".exchange details").First;
        await closed.EvaluateAsync("one => { one.open = !one.open; }");
        await page.Locator(".exchange summary").First.FocusAsync();
        await page.EvaluateAsync("""
            () => { window.was = ['.ladder', '.exchange', '.exchange article', '.connection h2', '.actions button', '.path button',
              '.left [role=tab]'].map(name => document.querySelector(name)); }
            """);
        string facts = await page.Locator(".facts").InnerTextAsync();
        string height = await HeightAsync();
        live.Come(600);
        await Assertions.Expect(page.Locator(".facts")).Not.ToHaveTextAsync(facts);
        await Assertions.Expect(page.Locator(".ladder .space")).Not.ToHaveAttributeAsync("style", height);
        Assert.True(await page.EvaluateAsync<bool>("window.was.every(one => one.isConnected)"), "made anew");
        Assert.Equal(4800, await page.Locator(".ladder .view").EvaluateAsync<int>("view => view.scrollTop"));
        await Assertions.Expect(page.Locator(".exchange summary").First).ToBeFocusedAsync();

        // The messages, and a plot, are told of what came, too.
        await page.GetByRole(AriaRole.Tab, new() { Name = "messages" }).ClickAsync();
        ILocator messages = page.Locator(".part .grid");
        await Assertions.Expect(messages.Locator(".rows .row .id").First).ToHaveTextAsync(new Regex("1\\."));
        string? rows = await messages.GetAttributeAsync("aria-rowcount");
        await messages.EvaluateAsync("grid => { grid.scrollTop = 560; }");
        live.Come(600);
        await Assertions.Expect(messages).Not.ToHaveAttributeAsync("aria-rowcount", rows!);
        Assert.Equal(560, await messages.EvaluateAsync<int>("grid => grid.scrollTop"));
        await page.GetByRole(AriaRole.Tab, new() { Name = "sequence" }).ClickAsync();
        ILocator plot = page.Locator(".plot canvas");
        await Assertions.Expect(plot).ToHaveAttributeAsync("aria-label", new Regex("packets"));
        string? drawn = await plot.GetAttributeAsync("aria-label");
        live.Come(600);
        await Assertions.Expect(plot).Not.ToHaveAttributeAsync("aria-label", drawn!);
        open.AssertWell();

        Task<string> HeightAsync() => page.Locator(".ladder .space").EvaluateAsync<string>("space => space.getAttribute('style')");
    }

    [Fact]
    public async Task What_was_opened_stays_open_while_more_is_found()
    {
        await using LiveCapture live = await LiveCapture.StartAsync(TestData.Shared("real/cs-synscan.pcap"), 60);
        await using OpenPage open = await browser.OpenAsync(live.Link);
        await open.Page.EvaluateAsync("""
            async () => {
              const { folded, replaced } = await import('/folding.js'), place = document.createElement('div');
              const make = text => ['a', 'b'].map(name => folded(name, '', [text], () => [folded('in', '', [text + text], () => [text])]));
              document.body.append(place);
              replaced(place, make('one'));
              for (const step of [0, 1]) {
                place.querySelector('details[data-name=b]' + (step ? ' details' : '')).open = true;
                await new Promise(resolve => setTimeout(resolve, 50));
              }
              place.querySelector('details details summary').focus();
              replaced(place, make('other'));
              window.told = [...place.querySelectorAll('details[open]')].map(one => one.dataset.name).join() + place.textContent
                + document.activeElement.textContent;
              place.remove();
            }
            """);
        Assert.Equal("b,inotherotherotherotherotherotherother", await open.Page.EvaluateAsync<string>("window.told"));
        open.AssertWell();
    }

    [Fact]
    public async Task What_failed_is_asked_for_again_and_meanwhile_everybody_is_told()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Long);
        await using OpenPage open = await browser.OpenAsync(served.Link + "&connection=1");
        IPage page = open.Page;
        await page.WaitForSelectorAsync(".rung.segment");
        ILocator told = page.Locator(".told-line");
        bool isAway = true;
        await page.RouteAsync("**/api/**", route => isAway ? route.AbortAsync() : route.ContinueAsync());
        await page.Locator(".ladder .view").EvaluateAsync("view => { view.scrollTop = 24000; }");
        await page.Locator(".list .grid").EvaluateAsync("grid => { grid.scrollTop = 9000; }");
        await page.EvaluateAsync("location.hash += '&list=exchanges&exchange=5'");
        await Assertions.Expect(told).ToHaveTextAsync("The server does not answer; trying again.");
        await Assertions.Expect(told).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#said")).ToHaveTextAsync("The server does not answer; trying again.");
        Assert.Empty(await open.ViolationsAsync());
        isAway = false;
        await page.WaitForSelectorAsync(".exchange .timebar");
        await Assertions.Expect(page.Locator(".rung.wait")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".rung.segment").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".list .rows .row .id").First).ToHaveTextAsync(new Regex("1\\."));
        await Assertions.Expect(told).ToBeHiddenAsync();

        // What is told of what was done goes by itself.
        await page.EvaluateAsync("async () => (await import('/telling.js')).tell('copied')");
        await Assertions.Expect(told).ToHaveTextAsync("copied");
        await Assertions.Expect(told).ToBeHiddenAsync(new() { Timeout = 9000 });
    }

    [Fact]
    public async Task A_wait_is_over_at_once_when_the_server_is_back_and_an_answer_is_no_failure()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(Long);
        await using OpenPage open = await browser.OpenAsync(served.Link);
        string said = await open.Page.EvaluateAsync<string>("""
            async () => {
              const { makePatience } = await import('/patience.js'), { FeedError } = await import('/feed.js');
              const patience = makePatience(), heard = [], fails = (many, status) => async () => {
                if (many-- > 0) throw new FeedError(status, 'why');
                return 'come';
              };
              patience.follow(isAway => heard.push(isAway));
              patience.cut(true);
              // Alone it would wait for half a minute.
              const late = Array.from({ length: 5 }, () => patience.ask(fails(6, 503)));
              const back = setInterval(() => patience.cut(false), 20);
              const come = await Promise.all(late);
              clearInterval(back);
              const refused = await patience.ask(fails(1, 404)).catch(error => error.status);
              const gone = new AbortController(), waits = patience.ask(fails(9, 0), gone.signal).catch(error => error.name);
              setTimeout(() => gone.abort(), 10);
              return [come.join(), refused, await waits, heard.join()].join(' ');
            }
            """);
        Assert.Equal("come,come,come,come,come 404 AbortError true,false,true,false", said);
        open.AssertWell();
    }
}
