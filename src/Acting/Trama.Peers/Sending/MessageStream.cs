using Trama.Framing;
using Trama.Peers.Transports;

namespace Trama.Peers.Sending;

/// <summary>The messages of a stream, sent one after the other, and the replies to them, taken meanwhile.</summary>
internal sealed class MessageStream(ClientOptions options, Incoming incoming, Outgoing outgoing, OpenExchanges exchanges, TimeSpan replyGap,
    TimeProvider time, IClientLog log)
{
    private readonly Readiness _replied = new();

    /// <inheritdoc cref="Client.ExchangeAllAsync"/>
    public async Task<ReplyEnd> ExchangeAsync(ReadOnlyMemory<byte> first, Stream input)
    {
        Task sending = SendAllAsync(first, input);
        ReplyEnd end = await ReceiveAsync(sending);
        if (end == ReplyEnd.Closed) await outgoing.WhenClosedAsync(sending, replyGap);
        else await sending;
        if (!exchanges.AreDue) return end;
        throw new ClientException(exchanges.Replies == 0 ? ClientFailure.ClosedWithoutReply : ClientFailure.RepliesMissing);
    }

    // Our side stays open: there are servers that forget the replies that are due to one who has ended it.
    private async Task SendAllAsync(ReadOnlyMemory<byte> first, Stream input)
    {
        await outgoing.SendAllAsync(first, input, SendAsync);
        if (exchanges.InMessage) await SendAsync(options.Framing!.Envelope.End);
        if (exchanges.InMessage) throw new ClientException(ClientFailure.InputCut);
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            await RoomAsync();
            int count = Take(bytes.Span, out bool isUnfit);
            await outgoing.SendAsync(bytes[..count]);
            if (isUnfit) throw new ClientException(ClientFailure.InputUnfit);
            bytes = bytes[count..];
        }
    }

    private async Task RoomAsync()
    {
        try
        {
            for (_replied.Clear(); exchanges.AreFull; _replied.Clear()) await _replied.WaitAsync().AsTask()
                .WaitAsync(options.ReplyTimeout, time);
        }
        catch (TimeoutException)
        {
            throw new ClientException(ClientFailure.ReplyTimedOut);
        }
    }

    // As many messages as may go out now; just one where faults are made for each.
    private int Take(ReadOnlySpan<byte> bytes, out bool isUnfit)
    {
        int taken = 0;
        do
        {
            FrameStep step = exchanges.TakeMessage(bytes[taken..]);
            isUnfit = step.Status == FrameStatus.Unfit;
            log.Sending(bytes.Slice(taken, step.Taken));
            if (step.Status == FrameStatus.Complete) log.EndMessage();
            taken += step.Taken;
        }
        while (taken < bytes.Length && !isUnfit && !exchanges.AreFull && options.Faults.Count == 0);
        return taken;
    }

    private async Task<ReplyEnd> ReceiveAsync(Task sending)
    {
        while (true)
        {
            // While messages are going out, the server owes nothing.
            await Task.WhenAny(incoming.Arrival, sending);
            if (sending.IsCompleted && !exchanges.AreDue) return ReplyEnd.Complete;
            bool isBroken = sending.IsFaulted && !IsOfInput(sending.Exception.InnerException);
            int count = await incoming.WithinAsync(isBroken ? replyGap : options.ReplyTimeout);
            if (count < 0 && isBroken) await sending;
            if (count < 0) throw new ClientException(ClientFailure.ReplyTimedOut);
            if (count == 0 && exchanges.InReply && !exchanges.TryEndReply()) throw new ClientException(ClientFailure.Cut);
            if (count == 0) return ReplyEnd.Closed;
            while (incoming.TakeReply(exchanges, log)) log.EndReply();
            log.Pause();
            _replied.Set();
        }
    }

    // After which what was sent before is still answered.
    private static bool IsOfInput(Exception? error) =>
        error is ClientException { Failure: ClientFailure.InputCut or ClientFailure.InputUnfit or ClientFailure.InputUnreadable };
}
