using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Trama.Web.Tests;

/// <summary>From what was found, or a number, to the packet.</summary>
public class PageProofTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Packets_that_prove_what_was_found_of_many_connections_lead_to_their_own()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(TestData.Shared("real/cs-synscan.pcap"));
        await using OpenPage open = await browser.OpenAsync(served.Link);
        Assert.InRange(await open.Page.EvaluateAsync<int>("document.querySelectorAll('*').length"), 100, 1500);
        ILocator links = open.Page.Locator(".finding.first .proof button");
        int many = Math.Min(3, await links.CountAsync());
        for (int i = 0; i < many; i++)
        {
            string packet = await links.Nth(i).InnerTextAsync();
            await links.Nth(i).ClickAsync();
            await Assertions.Expect(open.Page.Locator(".rung.active"))
                .ToHaveAttributeAsync("aria-label", new Regex($"packet {packet}:"));
        }

        await open.Page.EvaluateAsync("location.hash = ''");
        await open.Page.Locator(".rest > summary").ClickAsync();
        await open.Page.Locator(".rest .finding > summary").First.ClickAsync();
        await Assertions.Expect(open.Page.Locator(".rest .finding .words").First).ToBeVisibleAsync();
        Assert.InRange(await open.Page.EvaluateAsync<int>("document.querySelectorAll('*').length"), 100, 5000);
        Assert.Empty(await open.ViolationsAsync());
        open.AssertWell();
    }

    [Fact]
    public async Task A_list_that_is_cut_says_so()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(TestData.Shared("real/cs-synscan.pcap"));
        await using OpenPage open = await browser.OpenEmptyAsync(served.Server.Address.ToString());
        // As a server answers that has found more than it lists.
        string said = await open.Page.EvaluateAsync<string>("""
            async () => {
              const { makeVerdict } = await import('/verdict.js'), verdict = makeVerdict({});
              const finding = id => ({ id, label: id, whose: '', text: '', severity: 'error', confidence: 'certain', server: 'a:1',
                count: 1, connection: 1, packets: [] });
              document.body.append(verdict.element);
              verdict.draw({ complete: true, tcpPackets: 1, groups: 1000, verdictConnections: 1200,
                findings: Array.from({ length: 200 }, (_, i) => finding('f' + i)) });
              verdict.element.querySelector('.rest').open = true;
              await new Promise(resolve => setTimeout(resolve, 50));
              return ['.first .where button', '.rest > summary', '.rest > .dim'].map(name =>
                verdict.element.querySelector(name).textContent).join('|');
            }
            """);
        Assert.Equal("1,200 connections|996 more|200 of 1,000 are listed here", said);
    }

    [Fact]
    public async Task A_packet_that_is_not_there_keeps_the_dialog_open_and_has_words_of_its_own()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(TestData.Shared("real/cs-http_espn.pcap"));
        await using OpenPage open = await browser.OpenAsync(served.Link);
        await open.Page.Keyboard.PressAsync("g");
        ILocator field = open.Page.Locator("dialog input"), dialog = open.Page.Locator("dialog");
        await field.FillAsync("99999999");
        await field.PressAsync("Enter");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToHaveTextAsync("There is no such packet of a connection.");
        Assert.Empty(await open.ViolationsAsync());
        await field.FillAsync("615");
        await field.PressAsync("Enter");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Assertions.Expect(open.Page.Locator(".rung.active")).ToHaveAttributeAsync("aria-label", new Regex("packet 615:"));
        open.AssertWell();
    }

    [Fact]
    public async Task A_proof_of_two_captures_ends_at_its_arrow_which_its_row_does_not_cover()
    {
        using var report = new WrittenReport([Fault("client"), Fault("server")]);
        await using OpenPage open = await browser.OpenAsync(report.Link);
        await open.Page.Locator(".finding.first .proof button").First.ClickAsync();
        await open.Page.WaitForSelectorAsync(".joined .rung.active");
        // What is drawn at the row, from the top: first the words, then the arrows, then the row.
        Assert.True(await open.Page.EvaluateAsync<bool>("""
            () => {
              const over = document.querySelector('.rung.over'), row = document.querySelector('.rung.active');
              return Number(getComputedStyle(over).zIndex) > (Number(getComputedStyle(row).zIndex) || 0);
            }
            """));
        await Assertions.Expect(open.Page.Locator(".bytes")).ToHaveCountAsync(0);
        await Assertions.Expect(open.Page.Locator(".below")).ToBeEmptyAsync();
        Assert.Empty(await open.ViolationsAsync());
        open.AssertWell();
    }

    [Fact]
    public async Task An_exchange_that_is_alone_has_nothing_to_stand_beside_and_a_time_of_which_nothing_is_known_no_picture()
    {
        await using ServedCapture served = await ServedCapture.StartAsync(TestData.Shared("real/cs-http_espn.pcap"));
        await using OpenPage open = await browser.OpenAsync(served.Link + "&connection=4&exchange=1");
        ILocator beside = open.Page.Locator(".exchange").GetByRole(AriaRole.Button, new() { Name = "beside" });
        await Assertions.Expect(beside).ToHaveCountAsync(1);
        int[] told = await open.Page.EvaluateAsync<int[]>("""
            async () => {
              const { makeExchangePane, timeBar } = await import('/exchange.js'), { word } = await import('/words.js');
              const shows = of => {
                const pane = makeExchangePane(1, 'exchange');
                pane.draw(1, { of, messages: [] }, '');
                return [...pane.element.querySelectorAll('button')].filter(one => one.textContent === word('compare')).length;
              };
              return [shows(1), shows(2), timeBar({}).querySelectorAll('[role=img]').length,
                timeBar({ serverNs: 5 }).querySelectorAll('[role=img]').length];
            }
            """);
        Assert.Equal([0, 1, 0, 1], told);
        open.AssertWell();
    }

    private static string Fault(string place) => Directory.EnumerateFiles(TestData.Shared("faults/packet-loss"), place + ".pcap*",
        SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
}
