using System.Buffers;
using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Misbehaving;
using Trama.Peers.Transports;

namespace Trama.Peers.Relaying;

/// <content>Moves what both sides say.</content>
public sealed partial class RelayConnection
{
    private const int FirstReadSize = 16 << 10;
    private const int LargestReadSize = 256 << 10;

    // A sender that always has more to say gives way to the others after this many reads in a row.
    private const int ReadsInARow = 32;

    private bool _isCut;

    // Whether a side is not read, since the other one takes nothing.
    private bool _holdsClient;
    private bool _holdsTarget;

    // Moves one direction until its sender closes it; a reset of either side is passed on to the other one.
    private async Task PumpAsync(ITransport from, ITransport to, Direction direction)
    {
        RelayEnd resetByReceiver = direction == Direction.ToServer ? RelayEnd.ResetByTarget : RelayEnd.ResetByClient;
        RelayEnd resetBySender = direction == Direction.ToServer ? RelayEnd.ResetByClient : RelayEnd.ResetByTarget;
        RelayEnd culprit = resetBySender;
        int readSize = FirstReadSize;
        for (int inARow = 0; ; inARow++)
        {
            byte[]? buffer = null;
            try
            {
                // Waits without holding a buffer, so that silent connections cost little.
                ValueTask readable = from.ReadableAsync();
                if (!readable.IsCompleted) inARow = 0;
                else if (inARow > ReadsInARow) await Task.Yield();
                await readable;

                buffer = ArrayPool<byte>.Shared.Rent(readSize);
                culprit = resetBySender;
                int count = await from.ReceiveAsync(buffer.AsMemory(0, readSize));
                NoteProgress();
                if (count <= 0)
                {
                    _relay.Log.Finished(this, direction);
                    culprit = resetByReceiver;
                    await to.EndAsync();
                    return;
                }

                if (count == readSize) readSize = Math.Min(readSize * 2, LargestReadSize);
                // Past a cut, what still comes is only read so that the sender can close.
                if (Volatile.Read(ref _isCut)) continue;
                await _relay.Log.RelayingAsync(this, direction, buffer.AsMemory(0, count));
                culprit = resetByReceiver;
                await SendAsync(to, buffer.AsMemory(0, count), direction);
            }
            catch (MisbehaviourException over) when (!over.IsReset)
            {
                await CutAsync(from, to);
                return;
            }
            catch (Exception error) when (IsBroken(error))
            {
                if (Volatile.Read(ref _isCut)) return;
                Abort(error is MisbehaviourException ? RelayEnd.Misbehaved : culprit);
                return;
            }
            finally
            {
                if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private async ValueTask SendAsync(ITransport to, ReadOnlyMemory<byte> bytes, Direction direction)
    {
        while (!bytes.IsEmpty)
        {
            try
            {
                ValueTask<int> sending = to.SendAsync(bytes);
                bool stalls = !sending.IsCompleted;
                if (stalls) Stalls(direction, true);
                int count = await sending;
                if (stalls) Stalls(direction, false);
                bytes = bytes[count..];
                NoteProgress();
                Count(direction, count);
            }
            catch (MisbehaviourException over)
            {
                Count(direction, over.Sent);
                throw;
            }
        }
    }

    private void Stalls(Direction direction, bool now)
    {
        Volatile.Write(ref direction == Direction.ToServer ? ref _holdsClient : ref _holdsTarget, now);
        if (now) _relay.Log.Stalled(this, direction);
        else _relay.Log.Resumed(this, direction);
    }

    private void Count(Direction direction, int bytes)
    {
        ref long total = ref direction == Direction.ToServer ? ref _bytesToServer : ref _bytesToClient;
        Volatile.Write(ref total, total + bytes);
    }

    // Ends the connection in good order, in the middle of what was said.
    private async Task CutAsync(ITransport from, ITransport to)
    {
        Volatile.Write(ref _isCut, true);
        Interlocked.CompareExchange(ref _end, (int)RelayEnd.Misbehaved, NotEnded);
        try
        {
            await to.EndAsync();
        }
        catch (Exception error) when (IsBroken(error))
        {
            // It has gone on its own.
        }

        from.Shutdown(SocketShutdown.Both);
    }
}
