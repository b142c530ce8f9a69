using Microsoft.Playwright;

namespace Trama.Web.Tests;

/// <summary>A real browser, started once for all tests; they are skipped where there is none.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } program) return;
        _playwright = await Playwright.CreateAsync();
        // Who runs as root, as in a container, has no sandbox.
        string[] more = Environment.UserName == "root" ? ["--no-sandbox"] : [];
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = more });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A page of its own, which fails the test when a script fails or the policy forbids something.</summary>
    internal async Task<OpenPage> OpenAsync(string link, int width = 1400, int height = 900, string language = "en-US", bool dark = false)
    {
        OpenPage opened = await OpenEmptyAsync(link, width, height, language, dark);
        await opened.Page.WaitForSelectorAsync(".verdict > *, .wait.bad", new() { State = WaitForSelectorState.Attached });
        return opened;
    }

    /// <summary>The same of a page that has nothing to show yet.</summary>
    internal async Task<OpenPage> OpenEmptyAsync(
        string link, int width = 1400, int height = 900, string language = "en-US", bool dark = false)
    {
        Assert.SkipWhen(_browser is null, "chromium is not installed: sudo apt-get install chromium");
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = language,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        context.SetDefaultTimeout(10_000);
        IPage page = await context.NewPageAsync();
        var opened = new OpenPage(page);
        await page.GotoAsync(link);
        return opened;
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/bin")
        .Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);
}
