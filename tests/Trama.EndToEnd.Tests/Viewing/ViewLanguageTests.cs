using System.Text.RegularExpressions;

namespace Trama.EndToEnd.Tests.Viewing;

/// <summary>Each step of <c>trama view</c> in Portuguese, in ASCII and without colours, as golden screens.</summary>
public class ViewLanguageTests
{
    private static string NoReply => TestData.Shared("faults/no-reply/v1/client.pcap");

    private static string Queries => TestData.Shared("protocols/postgresql-lab-extended.pcapng");

    // What of each step is there once it is drawn.
    [Theory]
    [InlineData("portuguese", "--lang pt", "O que fazer", "encerrou primeiro", "\u25b8 troca 1", "\u25b8 bytes", "desmarca")]
    [InlineData("ascii", "--ascii", "What to do", "closed first", "> exchange 1", "> bytes", "previous mark")]
    [InlineData("portuguese-ascii", "--lang pt --ascii", "O que fazer", "encerrou primeiro", "> troca 1", "> bytes", "desmarca")]
    public async Task From_the_finding_to_the_bytes(
        string name, string options, string finding, string ladder, string message, string bytes, string keys)
    {
        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        await window.RunAsync($"{TramaProcess.Binary} view {NoReply} {options}");
        ViewTests.Golden($"home-{name}", await window.UntilAsync(ViewTests.IsRead));
        foreach ((string step, string there) in new[] { ("finding", finding), ("ladder", ladder), ("message", message), ("bytes", bytes) })
        {
            await window.TypeAsync("Enter");
            ViewTests.Golden($"{step}-{name}", await window.UntilAsync(screen => Regex.IsMatch(screen, there)));
        }

        await window.TypeAsync("Escape", "h", "?");
        ViewTests.Golden($"keys-{name}", await window.UntilAsync(screen => Regex.IsMatch(screen, keys)));
    }

    [Theory]
    [InlineData("portuguese", "--lang pt", "com falha primeiro", "como terminaram")]
    [InlineData("ascii", "--ascii", "faulty first", "as they ended")]
    [InlineData("portuguese-ascii", "--lang pt --ascii", "com falha primeiro", "como terminaram")]
    public async Task From_the_service_to_its_exchanges(string name, string options, string connections, string exchanges)
    {
        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        await window.RunAsync($"{TramaProcess.Binary} view {Queries} {options}");
        await window.UntilAsync(ViewTests.IsRead);
        await window.TypeAsync("End");
        await window.UntilAsync(screen => Regex.IsMatch(screen, @" (\d+)/\1\s*$"));
        await window.TypeAsync("Enter");
        ViewTests.Golden($"connections-{name}", await window.UntilAsync(connections));
        await window.TypeAsync("Enter");
        ViewTests.Golden($"exchanges-{name}", await window.UntilAsync(exchanges));
    }

    [Theory]
    [InlineData("NO_COLOR=1", "")]
    [InlineData("X=1", "--color never")]
    public async Task Without_colours_nothing_is_styled(string variable, string option)
    {
        await using TerminalWindow window = await TerminalWindow.OpenAsync(80, 24, variable);
        await window.RunAsync($"{TramaProcess.Binary} view {NoReply} {option}");
        string plain = await window.UntilAsync(ViewTests.IsRead);
        Assert.Equal(plain, await window.StyledAsync());
        await window.TypeAsync("Enter", "Enter");
        plain = await window.UntilAsync("closed first");
        Assert.Equal(plain, await window.StyledAsync());
    }
}
