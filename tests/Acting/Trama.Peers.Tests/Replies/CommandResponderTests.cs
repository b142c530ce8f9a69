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
        using CommandResponder responder = Running($"sleep 1000 & echo $! >> {pids}; (sleep 1000 & echo $! >> {pids}); sleep 1000",
            FramingRule.Raw, TimeSpan.FromSeconds(1));
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

    [Theory]
    [InlineData("kill -9 $$", 9)]
    [InlineData("echo half; kill -TERM $$", 15)]
    public async Task A_command_that_dies_by_a_signal_has_no_answer(string line, int signal)
    {
        using CommandResponder responder = Running(line, FramingRule.Raw);
        var error = await Assert.ThrowsAsync<ResponderException>(() => AskAsync(responder, "hi"));
        Assert.Equal((ResponderFailure.Killed, signal), (error.Failure, error.Code));
    }

    [Theory]
    [InlineData("/nowhere/no-such-program")]
    [InlineData("/etc/passwd")]
    public async Task A_command_that_cannot_start_has_no_answer(string program)
    {
        using CommandResponder shell = Running(program, FramingRule.Raw);
        using var alone = new CommandResponder(new CommandOptions { Command = [program], Framing = FramingRule.Raw }, TimeProvider.System);
        foreach (CommandResponder responder in new[] { shell, alone })
            Assert.Equal(ResponderFailure.NotStarted,
                (await Assert.ThrowsAsync<ResponderException>(() => AskAsync(responder, "hi"))).Failure);
    }

    [Fact]
    public async Task What_a_command_wrote_that_ends_with_a_code_is_the_reply_and_the_code_is_told()
    {
        using CommandResponder responder = Running("echo not found; exit 3", FramingRule.Raw);
        Answer answer = await AnswerAsync(responder, "hi");
        Assert.Equal("not found\n", Encoding.UTF8.GetString(answer.Reply.Span));
        Assert.Equal((ResponderFailure.Exited, 3), (answer.Trouble!.Failure, answer.Trouble.Code));
    }

    [Fact]
    public async Task Words_may_stand_for_an_answer_that_fails()
    {
        using CommandResponder responder = Running("kill -9 $$", FramingRule.Lines);
        Answer answer = await AnswerAsync(new ForgivingResponder(responder, "sorry"u8.ToArray(), FramingRule.Lines), "hi\n");
        Assert.Equal("sorry\n", Encoding.UTF8.GetString(answer.Reply.Span));
        Assert.Equal(ResponderFailure.Killed, answer.Trouble!.Failure);
    }

    [Fact]
    public async Task When_the_client_is_gone_its_command_is_stopped_and_those_that_wait_are_not_started()
    {
        string pids = Path.GetTempFileName();
        using CommandResponder responder = Running($"echo $$ >> {pids}; sleep 1000", FramingRule.Raw);
        using var gone = new CancellationTokenSource();
        Task[] asked = [.. Enumerable.Range(0, 5).Select(_ => AnswerAsync(responder, "hi", gone.Token).AsTask())];
        while (File.ReadLines(pids).Count() < 2) await Task.Delay(10, TestContext.Current.CancellationToken);
        await gone.CancelAsync();
        foreach (Task task in asked) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        int[] started = [.. File.ReadLines(pids).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
        Assert.Equal(2, started.Length);
        foreach (int pid in started) await GoneAsync(pid);
        File.Delete(pids);
    }

    private static CommandResponder Running(string line, FramingRule framing, TimeSpan? deadline = null) => new(
        new CommandOptions
        {
            Command = ["/bin/sh", "-c", line],
            Framing = framing,
            Deadline = deadline ?? TimeSpan.FromSeconds(30),
            Most = 2,
            ReplyLimit = 2 << 20
        },
        TimeProvider.System);

    private static async Task<string> AskAsync(CommandResponder responder, string message) =>
        Encoding.UTF8.GetString((await AnswerAsync(responder, message)).Reply.Span);

    private static ValueTask<Answer> AnswerAsync(Responder responder, string message, CancellationToken? gone = null) =>
        responder.AnswerAsync(Encoding.UTF8.GetBytes(message), Client, gone ?? TestContext.Current.CancellationToken);

    // A killed process stays in the table until its parent has noticed.
    private static async Task GoneAsync(int pid)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (File.Exists($"/proc/{pid}/stat") && !(await File.ReadAllTextAsync($"/proc/{pid}/stat"))
            .Contains(") Z ", StringComparison.Ordinal))
            await Task.Delay(10, deadline.Token);
    }
}
