using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Replies;
using Trama.Peers.Serving;
using Trama.Peers.Serving.Conducts;

namespace Trama.Peers.Tests.Serving;

public sealed class ServerCommandTests : IDisposable
{
    private readonly string _pids = Path.GetTempFileName();

    public void Dispose() => File.Delete(_pids);

    [Fact]
    public async Task Clients_that_reset_leave_no_command_running_and_none_to_be_started()
    {
        using CommandResponder responder = Sleeping();
        await using var server = new RunningServer(Running(responder));
        Socket[] clients = [.. await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.ConnectAsync()))];
        foreach (Socket client in clients) await client.SayAsync("hi");
        await StartedAsync(2);
        foreach (Socket client in clients) client.Close(0);
        for (int closed = 0; closed < clients.Length; closed++) await server.Log.UntilAsync("closed Reset");
        Assert.InRange(File.ReadLines(_pids).Count(), 2, clients.Length);
        await NoneRunsAsync();
    }

    [Fact]
    public async Task When_the_server_stops_a_command_has_until_the_deadline_and_no_longer()
    {
        using CommandResponder responder = Sleeping();
        await using var server = new RunningServer(Running(responder) with { StopDeadline = TimeSpan.FromMilliseconds(100) });
        using Socket client = await server.ConnectAsync();
        await client.SayAsync("hi");
        await StartedAsync(1);
        await server.StopAsync();
        await server.Log.UntilAsync("closed Aborted");
        await NoneRunsAsync();
    }

    [Fact]
    public async Task A_rule_that_waits_does_not_hold_up_the_end()
    {
        var responder = new RulesResponder([new Rule { Reply = "late", Delay = TimeSpan.FromHours(1) }], FramingRule.Raw,
            TimeProvider.System);
        await using var server = new RunningServer(Running(responder) with { StopDeadline = TimeSpan.FromMilliseconds(100) });
        using Socket client = await server.ConnectAsync();
        await client.SayAsync("hi");
        await server.Log.UntilAsync("message hi");
        await server.StopAsync();
        await server.Log.UntilAsync("closed Aborted");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_is_sent_whole_as_often_as_is_asked(bool misbehaves)
    {
        byte[] content = new byte[3_000_000];
        new Random(7).NextBytes(content);
        await File.WriteAllBytesAsync(_pids, content, TestContext.Current.CancellationToken);
        // Over a connection with faults the system cannot do it alone.
        await using var server = new RunningServer(Running(new FileResponder(_pids))
            with
        { KeepOpen = true, Faults = misbehaves ? [new() { Slice = 100_000 }] : [] });
        using Socket client = await server.ConnectAsync();
        for (int asked = 0; asked < 2; asked++)
        {
            await client.SayAsync("give");
            Assert.Equal(content, await client.HearBytesAsync(content.Length));
            await server.Log.UntilAsync($"reply {content.Length} of a file");
        }
    }

    private static ServerOptions Running(Responder responder) =>
        new() { Conduct = new Answering(responder), IdleLimit = TimeSpan.FromSeconds(40) };

    private CommandResponder Sleeping() => new(
        new CommandOptions
        {
            Command = ["/bin/sh", "-c", $"echo $$ >> {_pids}; exec sleep 1000"],
            Framing = FramingRule.Raw,
            Deadline = TimeSpan.FromHours(1),
            Most = 2
        },
        TimeProvider.System);

    private async Task StartedAsync(int count)
    {
        while (File.ReadLines(_pids).Count() < count) await Task.Delay(10, TestContext.Current.CancellationToken);
    }

    // A killed process stays in the table until its parent has noticed.
    private async Task NoneRunsAsync()
    {
        foreach (string pid in File.ReadLines(_pids))
        {
            while (File.Exists($"/proc/{pid}/stat") && !(await File.ReadAllTextAsync($"/proc/{pid}/stat"))
                .Contains(") Z ", StringComparison.Ordinal))
                await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
