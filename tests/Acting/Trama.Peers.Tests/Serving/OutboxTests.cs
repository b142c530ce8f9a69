using System.Text;
using Trama.Peers.Serving.Conducts;

namespace Trama.Peers.Tests.Serving;

public sealed class OutboxTests : IDisposable
{
    private readonly List<string> _sent = [];
    private readonly SemaphoreSlim _room = new(0);
    private long _held;

    public void Dispose()
    {
        _room.Dispose();
        // Whatever came of the messages, nothing of them is held at the end.
        Assert.Equal(0, Interlocked.Read(ref _held));
    }

    [Fact]
    public async Task Sends_in_order_what_many_add_at_once()
    {
        _room.Release(int.MaxValue);
        var outbox = new Outbox(SendAsync, 1 << 20, Hold);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(adder => Task.Run(() =>
        {
            for (int number = 100; number < 600; number++) Assert.True(outbox.TryAdd(Bytes($"{adder}-{number}")));
        })));
        await outbox.EndAsync();
        Assert.Equal(2000, _sent.Count);
        for (int adder = 0; adder < 4; adder++)
            Assert.Equal(Enumerable.Range(100, 500).Select(number => $"{adder}-{number}"), _sent.Where(text => text[0] == '0' + adder));
    }

    [Fact]
    public async Task A_message_beyond_the_limit_is_its_end()
    {
        var outbox = new Outbox(SendAsync, 1000, Hold);
        Assert.True(outbox.TryAdd(new byte[5000]));
        Assert.False(outbox.IsFull);
        Assert.False(outbox.TryAdd(Bytes("one more")));
        Assert.True(outbox.IsFull);
        _room.Release(int.MaxValue);
        await outbox.EndAsync().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Single(_sent);
        Assert.False(outbox.TryAdd(Bytes("one more")));
    }

    [Fact]
    public async Task What_was_sent_makes_room()
    {
        int sent = 0;
        var outbox = new Outbox(_ => ValueTask.FromResult(++sent > 0), 1000, Hold);
        for (int number = 0; number < 100; number++) Assert.True(outbox.TryAdd(new byte[500]));
        await outbox.EndAsync();
        Assert.Equal(100, sent);
    }

    [Fact]
    public async Task Its_end_waits_for_what_was_added_and_takes_no_more()
    {
        var outbox = new Outbox(SendAsync, 1000, Hold);
        outbox.TryAdd(Bytes("first"));
        outbox.TryAdd(Bytes("second"));
        Task end = outbox.EndAsync();
        Assert.False(outbox.TryAdd(Bytes("too late")));
        Assert.False(outbox.IsFull);
        Assert.False(end.IsCompleted);
        _room.Release(2);
        await end.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(["first", "second"], _sent);
    }

    [Fact]
    public async Task When_sending_fails_the_rest_is_forgotten()
    {
        int tries = 0;
        var outbox = new Outbox(async _ =>
        {
            tries++;
            await _room.WaitAsync();
            return false;
        }, 1000, Hold);
        outbox.TryAdd(Bytes("first"));
        outbox.TryAdd(Bytes("second"));
        _room.Release();
        await outbox.EndAsync().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(1, tries);
        Assert.False(outbox.TryAdd(Bytes("third")));
    }

    private void Hold(long bytes) => Interlocked.Add(ref _held, bytes);

    private async ValueTask<bool> SendAsync(byte[] message)
    {
        await _room.WaitAsync();
        _sent.Add(Encoding.UTF8.GetString(message));
        return true;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
