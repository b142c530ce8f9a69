using System.Text.RegularExpressions;

namespace Trama.EndToEnd.Tests.Viewing;

/// <summary>However <c>trama view</c> ends or stops, the terminal is as it was before.</summary>
public class TerminalRestoredTests
{
    private static string Capture => TestData.Shared("faults/no-reply/v1/client.pcap");

    [Theory]
    [InlineData("q")]
    [InlineData("C-c")]
    public async Task By_a_key(string key)
    {
        await using TerminalWindow window = await StartedAsync();
        await window.TypeAsync(key);
        await IsWholeAsync(window, "code 0");
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("QUIT")]
    public async Task By_a_signal(string signal)
    {
        await using TerminalWindow window = await StartedAsync();
        await SignalAsync(window, signal);
        await IsWholeAsync(window, "code 0");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("TSTP")]
    public async Task While_it_is_stopped_and_after_it_is_back(string? signal)
    {
        await using TerminalWindow window = await StartedAsync();
        string before = await window.UntilAsync("likely");
        if (signal is null) await window.TypeAsync("C-z");
        else await SignalAsync(window, signal);
        await window.UntilAsync("Stopped");
        Assert.Equal(("0", "0", "1"), await ModesAsync(window));
        await window.RunAsync("fg");
        await window.UntilAsync("likely");
        Assert.Equal(before, await window.UntilAsync(screen => screen.Contains("? keys", StringComparison.Ordinal)));
        await window.TypeAsync("q");
        await window.UntilAsync(screen => screen.TrimEnd().EndsWith('$'));
        await IsWholeAsync(window, "$");
    }

    // As when a line of ssh is closed; and where somebody has it live on (nohup).
    [Theory]
    [InlineData("")]
    [InlineData("trap '' HUP; ")]
    public async Task Where_the_terminal_goes_away_the_command_does_too(string before)
    {
        int process;
        await using (TerminalWindow window = await TerminalWindow.OpenAsync())
        {
            await window.RunAsync($"{before}{TramaProcess.Binary} view {Capture}");
            await window.UntilAsync(">●");
            TramaProcess.Ended found = await TramaProcess.RunAsync("pgrep", ["-P", await window.AskAsync("pane_pid")]);
            process = int.Parse(found.Output, System.Globalization.CultureInfo.InvariantCulture);
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (IsRunning(process)) await Task.Delay(20, deadline.Token);
    }

    [Fact]
    public async Task And_a_resize_in_the_middle_leaves_no_torn_line()
    {
        await using TerminalWindow window = await StartedAsync();
        string small = await window.UntilAsync("likely");
        for (int i = 0; i < 10; i++)
        {
            await window.ResizeAsync(200, 60);
            await window.TypeAsync("j");
            await window.ResizeAsync(80, 24);
            await window.TypeAsync("Home");
        }

        Assert.Equal(small, await window.UntilAsync(screen => screen == small));
        await window.ResizeAsync(40, 10);
        await window.UntilAsync("60×12 at least");
        await window.ResizeAsync(80, 24);
        await window.UntilAsync(screen => screen == small);
    }

    [Theory]
    [InlineData("TERM=dumb", "view needs a terminal")]
    [InlineData("TERM=", "view needs a terminal")]
    public async Task Where_nothing_can_be_drawn_one_line_says_so(string variable, string words)
    {
        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        await window.RunAsync($"{variable} {TramaProcess.Binary} view {Capture}; echo \"code $?\"");
        Assert.Contains($"trama: {words}", await window.UntilAsync("code 1"), StringComparison.Ordinal);
        Assert.Equal("0", await window.AskAsync("alternate_on"));
    }

    [Fact]
    public async Task A_terminal_too_small_is_told_too()
    {
        await using TerminalWindow window = await TerminalWindow.OpenAsync(40, 10);
        await window.RunAsync($"clear; {TramaProcess.Binary} view {Capture}; echo \"code $?\"");
        Assert.Contains("trama: this terminal is 40×10", await window.UntilAsync(screen => Regex.IsMatch(screen, "^code 1",
            RegexOptions.Multiline)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_capture_is_told_when_the_terminal_is_back()
    {
        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        await window.RunAsync($"{TramaProcess.Binary} view /etc/passwd; echo \"code $?\"");
        Assert.Contains("trama: /etc/passwd", await window.UntilAsync("code 1"), StringComparison.Ordinal);
        Assert.Equal(("0", "0", "1"), await ModesAsync(window));
    }

    // Nobody may be there to take note that it has ended.
    private static bool IsRunning(int process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<TerminalWindow> StartedAsync()
    {
        TerminalWindow window = await TerminalWindow.OpenAsync();
        await window.RunAsync("modes=$(stty -g)");
        await window.RunAsync($"{TramaProcess.Binary} view {Capture}; echo \"code $?\"");
        await window.UntilAsync(screen => screen.Contains(">●", StringComparison.Ordinal)
            && !screen.Contains("reading", StringComparison.Ordinal));
        return window;
    }

    private static async Task SignalAsync(TerminalWindow window, string signal)
    {
        string shell = await window.AskAsync("pane_pid");
        TramaProcess.Ended ended = await TramaProcess.RunAsync("pkill", [$"-{signal}", "-P", shell]);
        Assert.Equal(0, ended.Code);
    }

    private static async Task<(string Alternate, string Mouse, string Cursor)> ModesAsync(TerminalWindow window) =>
        (await window.AskAsync("alternate_on"), await window.AskAsync("mouse_any_flag"), await window.AskAsync("cursor_flag"));

    private static async Task IsWholeAsync(TerminalWindow window, string ended)
    {
        await window.UntilAsync(ended);
        await window.RunAsync("[ \"$(stty -g)\" = \"$modes\" ] && echo the-\"same\"");
        await window.UntilAsync("the-same");
        Assert.Equal(("0", "0", "1"), await ModesAsync(window));
    }
}
