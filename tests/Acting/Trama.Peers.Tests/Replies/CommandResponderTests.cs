using System.Globalization;
using System.Net;
using System.Text;
using Trama.Framing;
using Trama.Peers.Replies;

namespace Trama.Peers.Tests.Replies;

public class CommandResponderTests
{
    private static readonly IPEndPoint Client = new(IPAddress.Loopback, 1);

    [Fact]
    public async Task Answers_with_what_the_command_writes()
    {
        using CommandResponder responder = Running("tr a-z A-Z; echo $TRAMA_CLIENT", FramingRule.Lines);
        Assert.Equal("HI127.0.0.1:1\n", await AskAsync(responder, "hi\r\n"));
    }

    [Fact]
    public async Task A_megabyte_goes_through_while_the_command_writes()
    {
        using CommandResponder responder = Running("cat", FramingRule.Raw);
        string message = new('x', 1 << 20);
        Assert.Equal(message, await AskAsync(responder, message));
    }

    [Fact]
    public async Task A_command_that_does_not_read_is_heard()
    {
        using CommandResponder responder = Running("echo done", FramingRule.Raw);
        Assert.Equal("done\n", await AskAsync(responder, new('x', 1 << 20)));
    }

    [Fact]
    public async Task Is_killed_at_its_deadline_with_all_that_it_started()
    {
        string pids = Path.GetTempFileName();
        using CommandResponder responder = Running($"sleep 1000 & echo $! >> {pids}; (sleep 1000 & echo $! >> {pids}); sleep 1000", FramingRule.Raw, TimeSpan.FromSeconds(1));
        var error = await Assert.ThrowsAsync<ResponderException>(() => AskAsync(responder, "hi"));
        Assert.Equal(ResponderFailure.TimedOut, error.Failure);
        int[] started = [.. File.ReadLines(pids).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
        Assert.Equal(2, started.Length);
        foreach (int pid in started) await GoneAsync(pid);
        File.Delete(pids);
    }

    [Fact]
    public async Task Too_much_is_refused()
    {
        using CommandResponder responder = Running("yes", FramingRule.Raw);
        Assert.Equal(ResponderFailure.TooLarge, (await Assert.ThrowsAsync<ResponderException>(() => AskAsync(responder, "hi"))).Failure);
    }

    [Fact]
    public async Task No_more_run_at_once_than_allowed()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        // Each leaves a file while it runs, and says how many there are.
        using CommandResponder responder = Running($"touch {folder}/$$; ls {folder} | wc -l; sleep 0.05; rm {folder}/$$", FramingRule.Raw);
        string[] counts = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => AskAsync(responder, "")));
        Assert.All(counts, count => Assert.InRange(int.Parse(count, CultureInfo.InvariantCulture), 1, 2));
        Directory.Delete(folder, recursive: true);
    }

    private static CommandResponder Running(string line, FramingRule framing, TimeSpan? deadline = null) => new(
        new CommandOptions { Command = ["/bin/sh", "-c", line], Framing = framing, Deadline = deadline ?? TimeSpan.FromSeconds(30), Most = 2, ReplyLimit = 2 << 20 },
        TimeProvider.System);

    private static async Task<string> AskAsync(CommandResponder responder, string message) =>
        Encoding.UTF8.GetString((await responder.AnswerAsync(Encoding.UTF8.GetBytes(message), Client)).Reply.Span);

    // A killed process stays in the table until its parent has noticed.
    private static async Task GoneAsync(int pid)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (File.Exists($"/proc/{pid}/stat") && !(await File.ReadAllTextAsync($"/proc/{pid}/stat")).Contains(") Z ", StringComparison.Ordinal))
            await Task.Delay(10, deadline.Token);
    }
}
