using System.Buffers;
using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Listening;
using Trama.Peers.Misbehaving;
using Trama.Peers.Transports;

namespace Trama.Peers.Relaying;

/// <summary>One direction of a relayed connection: what one side says, on its way to the other.</summary>
/// <param name="connection">The connection.</param>
/// <param name="direction">The direction.</param>
/// <param name="resetBySender">What it means when the side that speaks resets.</param>
/// <param name="resetByReceiver">What it means when the other one does.</param>
/// <param name="memory">What it holds.</param>
internal sealed class RelayStream(RelayConnection connection, Direction direction, RelayEnd resetBySender, RelayEnd resetByReceiver,
    MemoryShare memory)
{
    private const int FirstReadSize = 16 << 10;
    private const int LargestReadSize = 256 << 10;

    private ReadTurns _turns;
    private ITransport? _from;
    private ITransport? _to;
    private int _readSize = FirstReadSize;
    private long _passed;
    private long _told;
    private bool _hasEnded;

    // Whether the sender is not read, since the receiver takes nothing.
    private bool _holdsBack;

    /// <summary>Bytes that the sender said and the receiver's side took.</summary>
    public long Passed => Volatile.Read(ref _passed);

    /// <summary>Whether it moves what is said.</summary>
    public bool HasBegun => Volatile.Read(ref _to) is not null;

    /// <summary>Whether nothing more comes, and the connection knows why.</summary>
    public bool HasEnded => Volatile.Read(ref _hasEnded);

    /// <summary>Once it has begun: of how many bytes the log will have been told, at most, when it knows all that has come until now.
    /// </summary>
    public long Due
    {
        get
        {
            try
            {
                return Volatile.Read(ref _told) + _from!.Socket.Available + LargestReadSize;
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                // It ends.
                return long.MaxValue;
            }
        }
    }

    /// <summary>The memory that it holds.</summary>
    public MemoryShare Memory { get; } = memory;

    /// <summary>
    /// How long the receiver has kept it waiting so far by its window, as the system counts it; zero when that does not tell.
    /// </summary>
    public TimeSpan WindowWait => Volatile.Read(ref _to) is { } to && TcpStatistics.Of(to.Socket) is { } tcp
        ? tcp.WindowWait : TimeSpan.Zero;

    /// <summary>
    /// Once it has begun: whether the log knows all that had come when <paramref name="due"/> was <see cref="Due"/>. What the receiver
    /// does not take, by its window, is as if it had not come.
    /// </summary>
    public bool HasTold(long due)
    {
        if (HasEnded || Volatile.Read(ref _told) >= due) return true;
        return CatchUp.IsDrained(_from!) || (Volatile.Read(ref _holdsBack) && !CatchUp.IsReady(_to!, SelectMode.SelectWrite));
    }

    /// <summary>Moves what is said until the sender closes its side; a reset of either side is passed on to the other one.</summary>
    public async Task PumpAsync(ITransport from, ITransport to)
    {
        _from = from;
        Volatile.Write(ref _to, to);
        while (await MoveAsync(from, to))
        {
        }

        Volatile.Write(ref _hasEnded, true);
    }

    /// <summary>Resets the connection when the sender is broken and nobody reads it, since the receiver takes nothing.</summary>
    public void EndWhenBroken()
    {
        if (Volatile.Read(ref _holdsBack) && _from!.HasFailed()) connection.Abort(resetBySender);
    }

    // Moves what one read gives; false when there is no more.
    private async ValueTask<bool> MoveAsync(ITransport from, ITransport to)
    {
        int size = _readSize;
        byte[]? buffer = null;
        RelayEnd culprit = resetBySender;
        try
        {
            // Waits without holding a buffer, so that silent connections cost little.
            await _turns.ReadableAsync(from);
            if (!await Memory.TakeAsync(size)) return false;
            buffer = ArrayPool<byte>.Shared.Rent(size);
            int count = await from.ReceiveAsync(buffer.AsMemory(0, size));
            connection.NoteProgress();
            culprit = resetByReceiver;
            if (count <= 0)
            {
                connection.Log.Finished(connection, direction);
                await to.EndAsync();
                return false;
            }

            if (count == size) _readSize = Math.Min(size * 2, LargestReadSize);
            // Past a cut, what still comes is only read so that the sender can close.
            if (connection.IsCut) return true;
            await connection.Log.RelayingAsync(connection, direction, buffer.AsMemory(0, count));
            Volatile.Write(ref _told, _told + count);
            await SendAsync(to, buffer.AsMemory(0, count));
            return true;
        }
        catch (MisbehaviourException over) when (!over.IsReset)
        {
            await connection.CutAsync(from, to);
            return false;
        }
        catch (Exception error) when (error.IsBroken())
        {
            if (!connection.IsCut) connection.Abort(error is MisbehaviourException ? RelayEnd.Misbehaved : culprit);
            return false;
        }
        finally
        {
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                Memory.Add(-size);
            }
        }
    }

    private async ValueTask SendAsync(ITransport to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            try
            {
                ValueTask<int> sending = to.SendAsync(bytes);
                bool stalls = !sending.IsCompleted;
                if (stalls) HoldBack(true);
                int count = await sending;
                if (stalls) HoldBack(false);
                bytes = bytes[count..];
                connection.NoteProgress();
                Count(count);
            }
            catch (MisbehaviourException over)
            {
                Count(over.Sent);
                throw;
            }
        }
    }

    private void HoldBack(bool now)
    {
        Volatile.Write(ref _holdsBack, now);
        if (now) connection.Log.Stalled(connection, direction);
        else connection.Log.Resumed(connection, direction);
    }

    private void Count(int bytes) => Volatile.Write(ref _passed, _passed + bytes);
}
