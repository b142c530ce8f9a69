using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Trama.Web.Tests;

/// <summary>A page in a browser, and what went wrong in it.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly List<string> _failures = [];

    public OpenPage(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => _failures.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("status of 40", StringComparison.Ordinal)) _failures.Add(message.Text);
        };
        page.Dialog += (_, dialog) => _failures.Add(dialog.Message);
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>The addresses that were asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Whether the page ran into an error, or tried what its policy forbids.</summary>
    public void AssertWell() => Assert.Empty(_failures);

    /// <summary>What the rules of accessibility find, in the words of the rules.</summary>
    public async Task<string[]> ViolationsAsync()
    {
        // The policy of the page lets no script of others in; the driver puts it beside the page's own.
        await Page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
        JsonElement found = await Page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })).violations"
            + ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 120) + ' ' + n.failureSummary).join(' | '))");
        return [.. found.EnumerateArray().Select(one => one.GetString()!)];
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
