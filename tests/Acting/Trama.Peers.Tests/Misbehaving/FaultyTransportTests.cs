using System.Numerics;
using System.Text;
using Trama.Peers.Misbehaving;
using Trama.Peers.Tests.Serving;

namespace Trama.Peers.Tests.Misbehaving;

public sealed class FaultyTransportTests : IDisposable
{
    private const string Said = "0123456789";
    private readonly RecordingTransport _inner = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _inner.Dispose();

    [Fact]
    public async Task Slices_what_it_sends()
    {
        await SendAsync(new FaultPlan { Slice = 3 });
        Assert.Equal(["012", "345", "678", "9"], _inner.Writes.Select(Encoding.UTF8.GetString));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(4, "0123")]
    [InlineData(10, Said)]
    public async Task Resets_after_so_many_bytes(int bytes, string sent)
    {
        var end = await Assert.ThrowsAsync<MisbehaviourException>(() => SendAsync(new FaultPlan { ResetAfter = bytes }));
        Assert.True(end.IsReset && _inner.IsReset);
        Assert.Equal(sent, _inner.Sent);
        Assert.Equal(bytes, end.Sent);
    }

    [Fact]
    public async Task Truncates_in_good_order()
    {
        var end = await Assert.ThrowsAsync<MisbehaviourException>(() => SendAsync(new FaultPlan { Truncate = 7, Slice = 5 }));
        Assert.False(end.IsReset || _inner.IsReset);
        Assert.Equal("0123456", _inner.Sent);
        Assert.Equal(2, end.Sent);
    }

    [Fact]
    public async Task Closes_without_a_byte()
    {
        var end = await Assert.ThrowsAsync<MisbehaviourException>(() => SendAsync(new FaultPlan { ClosedWithoutReply = true }));
        Assert.False(end.IsReset);
        Assert.Empty(_inner.Writes);
    }

    [Fact]
    public async Task Swallows_what_it_should_send()
    {
        await SendAsync(new FaultPlan { NoReply = true });
        Assert.Empty(_inner.Writes);
    }

    [Fact]
    public async Task Garbles_one_bit_of_each_byte_chosen()
    {
        await SendAsync(new FaultPlan { Garble = 1 });
        byte[] garbled = Assert.Single(_inner.Writes);
        Assert.All(garbled.Zip(Encoding.UTF8.GetBytes(Said)), pair =>
            Assert.Equal(1, BitOperations.PopCount((uint)(pair.First ^ pair.Second))));
    }

    [Fact]
    public async Task Waits_once_before_a_message_however_it_is_cut()
    {
        Task sending = SendAsync(new FaultPlan { Latency = TimeSpan.FromSeconds(5), Slice = 4 });
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Empty(_inner.Writes);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        await sending.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(Said, _inner.Sent);
    }

    [Fact]
    public async Task Is_not_early_where_timers_are()
    {
        _time.Early = TimeSpan.FromSeconds(1);
        Task sending = SendAsync(new FaultPlan { Latency = TimeSpan.FromSeconds(5) });
        for (int step = 0; !sending.IsCompleted && step < 10_000; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(5));
            await Task.Yield();
        }

        await sending.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.InRange(_time.GetTimestamp(), TimeSpan.FromSeconds(5).Ticks, long.MaxValue);
    }

    [Fact]
    public async Task Sends_no_faster_than_the_rate()
    {
        Task sending = SendAsync(new FaultPlan { Rate = 2 });
        for (int seconds = 1; seconds <= 8; seconds++)
        {
            // Ten bytes at two a second, byte by byte: after s seconds no more than 2 s + 1.
            _time.Advance(TimeSpan.FromSeconds(0.5));
            await Task.Yield();
            Assert.InRange(_inner.Writes.Count, 1, seconds + 1);
        }

        while (!sending.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(0.5));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Said, _inner.Sent);
    }

    [Fact]
    public async Task Stops_reading_after_so_many_bytes_until_it_is_over()
    {
        using var transport = new FaultyTransport(_inner, new FaultPlan { ZeroWindow = 6 }, _time);
        Assert.Equal(4, await transport.ReceiveAsync(new byte[4]));
        Assert.Equal(2, await transport.ReceiveAsync(new byte[4]));
        Task stalled = transport.ReadableAsync().AsTask();
        Assert.False(stalled.IsCompleted);
        transport.Abort();
        await stalled.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    private async Task SendAsync(FaultPlan plan)
    {
        using var transport = new FaultyTransport(_inner, plan, _time);
        ReadOnlyMemory<byte> left = Encoding.UTF8.GetBytes(Said);
        while (!left.IsEmpty) left = left[await transport.SendAsync(left)..];
    }
}
