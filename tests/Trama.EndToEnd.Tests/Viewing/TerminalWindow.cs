namespace Trama.EndToEnd.Tests.Viewing;

/// <summary>A terminal of its own, by tmux, with a shell in it: keys are typed, the screen is read, every wait has a deadline.</summary>
internal sealed class TerminalWindow : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static int _count;

    private readonly string _socket = $"trama-test-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";

    private TerminalWindow()
    {
    }

    /// <summary>Opens one of a size; skips the test where tmux is missing.</summary>
    public static async Task<TerminalWindow> OpenAsync(int columns = 80, int rows = 24, params string[] variables)
    {
        _ = TestData.Program("tmux");
        var window = new TerminalWindow();
        await window.TmuxAsync(["new-session", "-d", "-x", $"{columns}", "-y", $"{rows}",
            "env", "LC_ALL=C.UTF-8", "TRAMA_LANG=en", "PS1=$ ", "TZ=UTC", .. variables, "bash", "--norc", "--noprofile"]);
        await window.UntilAsync(screen => screen.StartsWith('$'));
        return window;
    }

    /// <summary>Types keys by the names that tmux has for them, one after another.</summary>
    public async Task TypeAsync(params string[] keys)
    {
        foreach (string key in keys) await TmuxAsync(["send-keys", key]);
    }

    /// <summary>Types a command line, and Enter.</summary>
    public async Task RunAsync(string line)
    {
        await TmuxAsync(["send-keys", "-l", line]);
        await TypeAsync("Enter");
    }

    /// <summary>Sends bytes as a terminal does: clicks of a mouse have no names.</summary>
    public Task SendAsync(string bytes) => TmuxAsync(["send-keys", "-l", bytes]);

    /// <summary>Lets programs write to its clipboard.</summary>
    public Task AllowClipboardAsync() => TmuxAsync(["set", "-s", "set-clipboard", "on"]);

    /// <summary>What is in its clipboard; empty when there is nothing.</summary>
    public async Task<string> ClipboardAsync() =>
        (await TramaProcess.RunAsync("tmux", ["-L", _socket, "-f", "/dev/null", "show-buffer"])).Output;

    /// <summary>Gives it another size.</summary>
    public Task ResizeAsync(int columns, int rows) => TmuxAsync(["resize-window", "-x", $"{columns}", "-y", $"{rows}"]);

    /// <summary>The screen once it fulfils a condition, its lines without spaces at their ends.</summary>
    public async Task<string> UntilAsync(Func<string, bool> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        while (true)
        {
            string screen = await TmuxAsync(["capture-pane", "-p"]);
            if (condition(screen)) return screen;
            Assert.False(deadline.IsCancellationRequested, $"The screen did not come; it is:\n{screen}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The screen with its styles.</summary>
    public Task<string> StyledAsync() => TmuxAsync(["capture-pane", "-p", "-e"]);

    /// <summary>Returns once a condition holds.</summary>
    public Task UntilAsync(Func<Task<bool>> condition) => UntilAsync(_ => condition().GetAwaiter().GetResult());

    /// <summary>The screen once it has a text.</summary>
    public Task<string> UntilAsync(string text) => UntilAsync(screen => screen.Contains(text, StringComparison.Ordinal));

    /// <summary>A property of the terminal, by the name that tmux has for it.</summary>
    public async Task<string> AskAsync(string name) => (await TmuxAsync(["display", "-p", $"#{{{name}}}"])).Trim();

    public async ValueTask DisposeAsync() => await TramaProcess.RunAsync("tmux", ["-L", _socket, "kill-server"]);

    private async Task<string> TmuxAsync(string[] args)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync("tmux", ["-u", "-L", _socket, "-f", "/dev/null", .. args]);
        Assert.True(ended.Code == 0, ended.Errors);
        return ended.Output;
    }
}
