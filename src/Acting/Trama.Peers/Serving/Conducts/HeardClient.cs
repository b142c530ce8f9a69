using System.Buffers;
using Trama.Framing;
using Trama.Peers.Messages;

namespace Trama.Peers.Serving.Conducts;

/// <summary>A client whose messages are taken, and something done with each.</summary>
internal abstract class HeardClient(ServerConnection connection)
{
    private MessageAssembler? _assembler;
    private ConnectionFraming? _framing;
    private ReplyBatch? _batch;
    private long _held;

    /// <summary>Its connection.</summary>
    protected ServerConnection Connection { get; } = connection;

    /// <summary>Whether something waits to be sent with what follows.</summary>
    protected bool HasGathered => _batch is { IsEmpty: false };

    /// <summary>Takes messages until there is a reason to end.</summary>
    /// <returns>How the connection came to its end; null when the client has heard all and may be the first to close.</returns>
    public async Task<ConnectionEnd?> HearAsync()
    {
        try
        {
            return await TakeReadsAsync();
        }
        finally
        {
            Connection.Note(_assembler?.Length ?? 0, _assembler?.Failure ?? default);
            _assembler?.Forget();
            _batch?.Clear();
            Hold(0);
        }
    }

    /// <summary>Does what is to be done with a message.</summary>
    /// <param name="message">The whole message, valid until this is done.</param>
    /// <param name="isLast">Whether no other message is complete.</param>
    /// <returns>How the connection comes to its end thereby; null when it goes on.</returns>
    protected abstract ValueTask<ConnectionEnd?> TakeAsync(ReadOnlyMemory<byte> message, bool isLast);

    /// <summary>Sends what was gathered.</summary>
    protected abstract ValueTask SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Tells the log of each that was sent.</summary>
    protected abstract void Tell(ReadOnlySpan<byte> sent);

    /// <summary>Has these bytes sent with what follows: what comes of one read leaves in one write, or in a few when it is much.</summary>
    protected ValueTask GatherAsync(ReadOnlyMemory<byte> bytes)
    {
        _batch ??= new ReplyBatch();
        _batch.Add(bytes.Span);
        return _batch.Bytes.Length >= Traffic.ReadSize ? FlushAsync() : default;
    }

    /// <summary>Sends what was gathered so far.</summary>
    protected async ValueTask FlushAsync()
    {
        if (_batch is not { IsEmpty: false } batch) return;
        HoldNow();
        await SendAsync(batch.Bytes);
        int at = 0;
        for (int index = 0; index < batch.Lengths.Count; at += batch.Lengths[index++]) Tell(
            batch.Bytes.Span.Slice(at, batch.Lengths[index]));
        batch.Clear();
    }

    /// <summary>Notes what the client has the server hold, for a moment, beside its messages.</summary>
    protected void HoldNow(long more = 0) => Hold(Traffic.ReadSize + (_assembler?.HeldBytes ?? 0) + (_batch?.HeldBytes ?? 0) + more);

    private async Task<ConnectionEnd?> TakeReadsAsync()
    {
        do
        {
            await Connection.Traffic.ReadableAsync();
            if (Connection.Asked is not null || !await Connection.Memory.TakeAsync(Traffic.ReadSize)) break;
            _held += Traffic.ReadSize;
            byte[] buffer = ArrayPool<byte>.Shared.Rent(Traffic.ReadSize);
            try
            {
                int count = await Connection.Traffic.ReadAsync(buffer);
                if (count < 0) break;
                if (count == 0) return _assembler?.Length > 0 ? ConnectionEnd.Cut : ConnectionEnd.ClientClosed;
                ConnectionEnd? end = await TakeAllAsync(buffer.AsMemory(0, count));
                if (end == ConnectionEnd.Replied) break;
                if (end is { } over) return over;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
                Hold(_assembler?.HeldBytes ?? 0);
            }
        }
        while (Connection.Asked is null);

        return null;
    }

    // Does what is to be done with every message that is complete.
    private async ValueTask<ConnectionEnd?> TakeAllAsync(ReadOnlyMemory<byte> bytes)
    {
        while (Next(ref bytes, out ReadOnlyMemory<byte> message) is not MessageStatus.NeedMore and MessageStatus status)
        {
            if (status != MessageStatus.Complete)
            {
                await FlushAsync();
                return status == MessageStatus.TooLarge ? ConnectionEnd.TooLarge : ConnectionEnd.Unfit;
            }

            Connection.NoteMessage(message.Span);
            if (await TakeAsync(message, bytes.IsEmpty) is { } end) return end;
            _framing?.Answered();
        }

        await FlushAsync();
        return null;
    }

    private MessageStatus Next(ref ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> message)
    {
        ServerOptions options = Connection.Options;
        if (options.Framing == FramingRule.Raw)
        {
            message = bytes;
            bytes = default;
            return message.IsEmpty ? MessageStatus.NeedMore : MessageStatus.Complete;
        }

        if (_assembler is null)
        {
            _framing = options.Framing.Create();
            _assembler = new MessageAssembler(_framing.ToServer, options.MessageLimit);
        }

        return _assembler.Take(ref bytes, out message);
    }

    private void Hold(long bytes)
    {
        if (bytes != _held) Connection.Memory.Add(bytes - _held);
        _held = bytes;
    }
}
