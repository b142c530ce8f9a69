using System.Net.Sockets;
using Trama.Peers.Listening;
using Trama.Peers.Tests.Serving;

namespace Trama.Peers.Tests.Listening;

public class AcceptFailuresTests
{
    [Fact]
    public async Task Tells_of_exhausted_handles_once_a_second_at_most()
    {
        var time = new ManualTime();
        var log = new RecordingLog();
        using var failures = new AcceptFailures(log.AcceptFailed, time);
        for (int i = 0; i < 25; i++)
        {
            Task pause = failures.BackOffAsync(SocketError.TooManyOpenSockets, CancellationToken.None).AsTask();
            Assert.False(pause.IsCompleted);
            time.Advance(TimeSpan.FromMilliseconds(100));
            await pause.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }

        log.Stopped();
        for (int i = 0; i < 3; i++) Assert.Equal("accept failed TooManyOpenSockets", await log.NextAsync());
        Assert.Equal("stopped", await log.NextAsync());
    }

    [Fact]
    public void Passes_over_a_connection_that_has_gone()
    {
        using var failures = new AcceptFailures(new RecordingLog().AcceptFailed, new ManualTime());
        Assert.True(failures.BackOffAsync(SocketError.ConnectionAborted, CancellationToken.None).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public void Gives_up_when_the_listening_socket_is_gone() => Assert.True(AcceptFailures.IsFatal(SocketError.NotSocket));
}
