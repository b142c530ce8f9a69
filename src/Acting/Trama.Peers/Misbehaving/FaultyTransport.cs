using System.Buffers;
using System.Net.Sockets;
using Trama.Peers.Transports;

namespace Trama.Peers.Misbehaving;

/// <summary>A connection that misbehaves on purpose.</summary>
internal sealed class FaultyTransport(ITransport inner, FaultPlan plan, TimeProvider time) : ITransport
{
    // A limited rate goes out in so many pieces a second.
    private const int PiecesPerSecond = 50;

    // Ends every wait. It has no timer and needs no disposal, which could meet a shutdown from another thread.
    private readonly CancellationTokenSource _over = new();
    private readonly long _begin = time.GetTimestamp();
    private TimeSpan _sendAt;
    private long _received;
    private long _sent;
    private bool _inMessage;

    /// <inheritdoc/>
    public Socket Socket => inner.Socket;

    /// <inheritdoc/>
    public bool IsMute => plan.NoReply;

    /// <inheritdoc/>
    public bool AwaitsMore => inner.AwaitsMore;

    /// <inheritdoc/>
    public ValueTask OpenAsync() => inner.OpenAsync();

    /// <inheritdoc/>
    public ValueTask ReadableAsync() => _received == plan.ZeroWindow ? new ValueTask(StallAsync()) : inner.ReadableAsync();

    /// <inheritdoc/>
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        if (plan.ZeroWindow >= 0)
        {
            if (_received == plan.ZeroWindow)
            {
                await StallAsync();
                return 0;
            }

            buffer = buffer[..(int)Math.Min(buffer.Length, plan.ZeroWindow - _received)];
        }

        int count = await inner.ReceiveAsync(buffer);
        _received += count;
        return count;
    }

    /// <inheritdoc/>
    /// <exception cref="MisbehaviourException">The plan ends the connection here.</exception>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (!_inMessage) await DelayAsync(Latency());
        if (plan.ClosedWithoutReply) throw new MisbehaviourException(reset: false, 0);
        ThrowAtEnd(0);
        if (plan.NoReply) return bytes.Length;

        int most = Most(bytes.Length);
        await DelayAsync(_sendAt - time.GetElapsedTime(_begin));
        int count = await GarbledAsync(bytes[..most]);
        _sent += count;
        _inMessage = count < bytes.Length;
        if (plan.Rate > 0) _sendAt = time.GetElapsedTime(_begin) + TimeSpan.FromSeconds((double)count / plan.Rate);
        ThrowAtEnd(count);
        return count;
    }

    /// <inheritdoc/>
    public ValueTask EndAsync() => inner.EndAsync();

    /// <inheritdoc/>
    public void Wake()
    {
        inner.Wake();
        _over.Cancel();
    }

    /// <inheritdoc/>
    public void Shutdown(SocketShutdown how)
    {
        inner.Shutdown(how);
        if (how != SocketShutdown.Send) _over.Cancel();
    }

    /// <inheritdoc/>
    public void Abort()
    {
        inner.Abort();
        _over.Cancel();
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        inner.Dispose();
        _over.Cancel();
    }

    // The most bytes of the next write.
    private int Most(long length)
    {
        if (plan.Slice > 0) length = Math.Min(length, plan.Slice);
        if (plan.Rate > 0) length = Math.Min(length, Math.Max(1, plan.Rate / PiecesPerSecond));
        if (plan.ResetAfter >= 0) length = Math.Min(length, plan.ResetAfter - _sent);
        if (plan.Truncate >= 0) length = Math.Min(length, plan.Truncate - _sent);
        return (int)length;
    }

    private void ThrowAtEnd(int sent)
    {
        if (_sent == plan.ResetAfter)
        {
            inner.Abort();
            throw new MisbehaviourException(reset: true, sent);
        }

        if (_sent == plan.Truncate) throw new MisbehaviourException(reset: false, sent);
    }

    private async ValueTask<int> GarbledAsync(ReadOnlyMemory<byte> bytes)
    {
        if (plan.Garble == 0) return await inner.SendAsync(bytes);
        byte[] garbled = ArrayPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            bytes.CopyTo(garbled);
            for (int index = 0; index < bytes.Length; index++)
                if (Random.Shared.NextDouble() < plan.Garble) garbled[index] ^= (byte)(1 << Random.Shared.Next(8));
            return await inner.SendAsync(garbled.AsMemory(0, bytes.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(garbled);
        }
    }

    private TimeSpan Latency()
    {
        TimeSpan latency = plan.Latency + plan.Jitter * (2 * Random.Shared.NextDouble() - 1);
        return latency > TimeSpan.Zero ? latency : TimeSpan.Zero;
    }

    // The system's timers count whole milliseconds of a coarse clock, by which they may be some milliseconds early.
    private async Task DelayAsync(TimeSpan span)
    {
        long begin = time.GetTimestamp();
        for (TimeSpan left = span; left > TimeSpan.Zero && !_over.IsCancellationRequested; left = span - time.GetElapsedTime(begin))
            await WaitAsync(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)));
    }

    private Task StallAsync() => WaitAsync(Timeout.InfiniteTimeSpan);

    private async Task WaitAsync(TimeSpan span) =>
        await Task.Delay(span, time, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
