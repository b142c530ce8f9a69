using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Trama.Manual;
using Trama.Reports;

namespace Trama.Web.Tests;

/// <summary>The manual, as <c>eng/manual</c> makes it, read from the folder where it lies.</summary>
public class ManualTests(Browser browser, WrittenManual manual) : IClassFixture<Browser>, IClassFixture<WrittenManual>
{
    private static readonly Regex Reference = new("(?:href|src)=\"([^\"]*)\"");

    [Fact]
    public void Every_link_leads_somewhere()
    {
        int within = 0;
        foreach (string page in manual.Pages)
        {
            string text = File.ReadAllText(page);
            foreach (string address in Reference.Matches(text).Select(match => match.Groups[1].Value))
            {
                if (address.StartsWith("https://", StringComparison.Ordinal)) continue;
                string[] parts = address.Split('#', 2);
                string target = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
                Assert.True(File.Exists(target), $"{page}: {address}");
                if (parts.Length == 2)
                    Assert.True(File.ReadAllText(target).Contains($" id=\"{parts[1]}\"", StringComparison.Ordinal), $"{page}: {address}");
                within++;
            }
        }

        Assert.InRange(within, manual.Pages.Length * manual.Pages.Length, int.MaxValue);
    }

    [Fact]
    public void No_page_loads_anything_of_others_or_has_a_script_or_a_style_within() => Assert.All(manual.Pages, page =>
    {
        string text = File.ReadAllText(page);
        Assert.DoesNotMatch("<(?:script|img|link)[^>]* (?:src|href)=\"[a-z]+:", text);
        Assert.DoesNotMatch("<script[^>]*>[^<]|<style|<[^>]* (?:style|on[a-z]+)=\"", text);
    });

    [Theory, InlineData("explained.html"), InlineData("explained.pt-BR.html")]
    public void Every_finding_has_its_place(string page)
    {
        string text = File.ReadAllText(manual.Pages.Single(path => Path.GetFileName(path) == page));
        Assert.All(FindingNames.All, name => Assert.Contains($"<h2 id=\"{name}\">", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("index.html", "delayed acknowledgement", false)]
    [InlineData("course/course.pt-BR.html", "confirmacao", true)]
    [InlineData("findings.html", "nagle", false)]
    public async Task A_word_is_found_and_its_place_opened(string page, string words, bool isPortuguese)
    {
        await using OpenPage open = await browser.OpenEmptyAsync(manual.Link(page));
        await open.Page.Keyboard.PressAsync("/");
        await open.Page.Keyboard.TypeAsync(words);
        ILocator first = open.Page.Locator("#found li").First;
        await Assertions.Expect(first).ToHaveAttributeAsync("lang", isPortuguese ? "pt-BR" : "en");
        await Assertions.Expect(first.Locator("mark").First).ToBeVisibleAsync();
        await Assertions.Expect(open.Page.Locator("article")).ToBeHiddenAsync();
        // What the rules of accessibility are asked with loads more than a policy allows.
        open.AssertWell();
        Assert.Empty(await open.ViolationsAsync());
        string heading = await first.Locator("a").InnerTextAsync();
        await open.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(open.Page.Locator("h1, h2, h3, h4").Filter(new() { HasText = heading }).First).ToBeVisibleAsync();
        await Assertions.Expect(open.Page.Locator("#found")).ToBeHiddenAsync();
        Assert.All(open.Requests, address => Assert.StartsWith(manual.Link(""), address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_word_that_is_nowhere_is_said_to_be_nowhere()
    {
        await using OpenPage open = await browser.OpenEmptyAsync(manual.Link("dump.html"));
        await open.Page.FillAsync("#search", "xyzzy");
        await Assertions.Expect(open.Page.Locator("#found [role=status]")).ToHaveTextAsync("Nothing has all these words.");
        await open.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(open.Page.Locator("article")).ToBeVisibleAsync();
        open.AssertWell();
    }

    [Theory]
    [InlineData("index.html", 1400, false)]
    [InlineData("index.pt-BR.html", 360, true)]
    [InlineData("performance.html", 1400, true)]
    [InlineData("findings.html", 360, false)]
    [InlineData("course/course.html", 1400, true)]
    public async Task A_page_fits_its_screen_and_keeps_the_rules_of_accessibility(string page, int width, bool dark)
    {
        await using OpenPage open = await browser.OpenEmptyAsync(manual.Link(page), width, dark: dark);
        Assert.True(await open.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen");
        open.AssertWell();
        Assert.Empty(await open.ViolationsAsync());
    }

    [Theory]
    [InlineData("docs/more.md", "# More\n", "docs/more.md: not in the contents")]
    [InlineData("README.md", "[there](nowhere.md)\n", "README.md: nowhere.md leads nowhere")]
    public void What_would_be_missing_is_told(string document, string text, string error)
    {
        string clone = Directory.CreateTempSubdirectory("trama-manual-").FullName;
        try
        {
            foreach (string path in Directory.EnumerateFiles(TestData.Root, "*.md")
                .Concat(Directory.EnumerateFiles(Path.Combine(TestData.Root, "docs"), "*", SearchOption.AllDirectories))
                .Append(Path.Combine(TestData.Root, "LICENSE")))
            {
                string copy = Path.Combine(clone, Path.GetRelativePath(TestData.Root, path));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(path, copy);
            }

            File.AppendAllText(Path.Combine(clone, document), text);
            Assert.Equal(error, Assert.Throws<ManualException>(() => Site.Write(clone, Path.Combine(clone, "out"))).Message);
        }
        finally
        {
            Directory.Delete(clone, recursive: true);
        }
    }
}
