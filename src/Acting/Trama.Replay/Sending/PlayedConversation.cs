using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Sending;
using Trama.Replay.Adapting;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Sending;

/// <summary>Says what a recorded client said, over a connection of its own, and hears what comes of it.</summary>
internal sealed class PlayedConversation : IDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan TurnSilence = TimeSpan.FromMilliseconds(100);
    private const int ReadSize = 16 << 10;

    private readonly RecordedConnection _recorded;
    private readonly ReplayClientOptions _options;
    private readonly TimeProvider _time;
    private readonly Client _client;
    private readonly CancellationToken _stop;
    private readonly Dialect _dialect;
    private readonly OpenReplies _open;
    private readonly PlayedTransfers _transfers;
    private readonly Adaptations _then = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private long _lastAt;

    private PlayedConversation(
        RecordedConnection recorded, ReplayClientOptions options, Client client, TimeProvider time, CancellationToken stop)
    {
        (_options, _client, _time, _stop) = (options, client, time, stop);
        var nowhere = new IPEndPoint(IPAddress.Loopback, 0);
        IPEndPoint server = client.Server as IPEndPoint ?? nowhere, own = client.Transport.Socket.LocalEndPoint as IPEndPoint ?? nowhere;
        _dialect = Dialects.Of(recorded, new Occasion(Side.Client, recorded.Server, server, own, time));
        _transfers = new PlayedTransfers(_dialect, options.Compares, stop);
        _recorded = recorded.IsSealed ? recorded : _dialect.Adaptations.Of(recorded.Protocol).ToSend(recorded);
        _open = new OpenReplies(_recorded, Complete, time, stop);
        _lastAt = time.GetTimestamp();
    }

    /// <summary>Plays a recorded client from its first word to its end.</summary>
    /// <param name="recorded">Its connection.</param>
    /// <param name="options">Where, and how.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends it before its time.</param>
    public static async Task<PlayedEnd> PlayAsync(
        RecordedConnection recorded, ReplayClientOptions options, TimeProvider time, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        using Client? client = await PlayedConnecting.ConnectAsync(options, time, stop);
        if (client is null) return PlayedEnd.NotConnected;
        using var played = new PlayedConversation(recorded, options, client, time, stop);
        PlayedEnd end = await played.RunAsync();
        // What was asked and got no reply is told, too.
        played._open.Abandon();
        await played._transfers.WhenOverAsync();
        return end;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _transfers.Dispose();
        _open.Dispose();
        lock (_dialect) _dialect.Adaptations.Dispose();
        _sending.Dispose();
    }

    private async Task<PlayedEnd> RunAsync()
    {
        Task hearing = HearAsync();
        try
        {
            await SendOwedAsync();
            IReadOnlyList<RecordedMessage> messages = _recorded.Messages;
            for (int at = 0; at < messages.Count; at++)
            {
                RecordedMessage message = messages[at];
                if (message.From == Side.Server)
                {
                    if (!await _open.WhenHeardAsync(message, _options.Target.ReplyTimeout))
                        return _open.IsOver ? PlayedEnd.Closed : PlayedEnd.ReplyTimedOut;
                    await _transfers.WhenOverAsync();
                    continue;
                }

                long due = await ThinkAsync(message, at == 0 ? 0 : messages[at - 1].EndNs);
                if (_open.IsOver) return PlayedEnd.Closed;
                await SayAsync(message);
                _options.Said(_time.GetElapsedTime(due, _lastAt));
            }

            if (_recorded.ClientEnd == RecordedEnd.Reset) _client.Transport.Abort();
            else await EndAsync(hearing);
            return PlayedEnd.Done;
        }
        catch (TimeoutException)
        {
            // It takes nothing more.
            _client.Transport.Abort();
            return PlayedEnd.ReplyTimedOut;
        }
        catch (Exception error) when (IsBroken(error))
        {
            return PlayedEnd.Closed;
        }
        finally
        {
            _client.Transport.Shutdown(SocketShutdown.Both);
            await hearing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A close with unread bytes would be a reset (RFC 2525, section 2.17).
    private async Task EndAsync(Task hearing)
    {
        await _client.Transport.EndAsync();
        await Task.WhenAny(hearing, Task.Delay(Farewell, _time));
    }

    private static bool IsBroken(Exception error) => error is SocketException or IOException or ObjectDisposedException;

    // The client took this time from what it had heard or said last. Returns when the message is due.
    private async ValueTask<long> ThinkAsync(RecordedMessage message, long afterNs)
    {
        TimeSpan thinking = _options.Pace.Of(message.AtNs - afterNs);
        long due = Math.Max(_lastAt, _open.LastHeardAt) + (long)(thinking.TotalSeconds * _time.TimestampFrequency);
        await _open.SleepAsync(due);
        return due;
    }

    private async Task SayAsync(RecordedMessage message)
    {
        RecordedExchange? answers = _open.Answered(message, out LiveMessage? asked);
        // A server may wait for the other connection before it says anything.
        if (_open.Begun(message) is { Transfer: not null } carrying) _transfers.Begin(carrying);
        await SendAsync(() =>
        {
            RecordedMessage edited = EditedRequest.Of(message, _options.Edits, _open.Cookies);
            ReadOnlyMemory<byte> bytes = _dialect.Say(edited, answers?.Request, asked);
            _open.Said(message, _dialect.SaidKey, _time.GetTimestamp());
            return bytes;
        });
        _lastAt = _time.GetTimestamp();
    }

    private async Task HearAsync()
    {
        try
        {
            while (true)
            {
                // Who only waits holds no buffer: there may be ten thousand.
                Task readable = _client.Transport.ReadableAsync().AsTask();
                if (_dialect.IsByTurns && await Task.WhenAny(readable, Task.Delay(TurnSilence, _time)) != readable)
                {
                    lock (_dialect) _dialect.FallSilent();
                    await TakeAsync();
                }

                await readable;
                int count = await HearSomeAsync();
                await TakeAsync();
                if (count <= 0 || _dialect.HeldBytes > Dialect.LargestReply) return;
            }
        }
        catch (Exception error) when (IsBroken(error))
        {
            // It is over.
        }
        finally
        {
            _open.End();
        }
    }

    private async Task<int> HearSomeAsync()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        try
        {
            int count = await _client.Transport.ReceiveAsync(buffer);
            lock (_dialect)
            {
                if (count > 0) _dialect.Hear(buffer.AsSpan(0, count));
                else _dialect.HearEnd();
            }

            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task TakeAsync()
    {
        while (Next() is { } heard)
        {
            if ((heard.Traits & MessageTraits.Interim) != 0) _transfers.GoAhead();
            ReadOnlyMemory<byte>? own;
            lock (_dialect) own = _dialect.Adaptations.Of(heard.Protocol).OwnReply(heard);
            if (own is { } bytes) await SendAsync(() => Own(bytes));
            else _open.Heard(heard);
        }

        await SendOwedAsync();
    }

    private Task SendOwedAsync()
    {
        bool isOwing;
        lock (_dialect) isOwing = _dialect.IsOwing;
        return isOwing ? SendAsync(_dialect.TakeOwed) : Task.CompletedTask;
    }

    private LiveMessage? Next()
    {
        lock (_dialect) return _dialect.Heard.TryDequeue(out LiveMessage? heard) ? heard : null;
    }

    private ReadOnlyMemory<byte> Own(ReadOnlyMemory<byte> bytes)
    {
        _dialect.SayOwn(bytes.Span);
        return bytes;
    }

    private async Task SendAsync(Func<ReadOnlyMemory<byte>> say)
    {
        await _sending.WaitAsync();
        try
        {
            ReadOnlyMemory<byte> bytes;
            lock (_dialect) bytes = say();
            while (!bytes.IsEmpty) bytes = bytes[await SendSomeAsync(bytes)..];
        }
        finally
        {
            _sending.Release();
        }
    }

    // A server that reads nothing is waited for as long as one that says nothing.
    private ValueTask<int> SendSomeAsync(ReadOnlyMemory<byte> bytes)
    {
        ValueTask<int> sending = _client.Transport.SendAsync(bytes);
        return sending.IsCompletedSuccessfully ? sending
            : new ValueTask<int>(sending.AsTask().WaitAsync(_options.Target.ReplyTimeout, _time, _stop));
    }

    private void Complete(RecordedExchange exchange, LiveMessage? reply, long saidAt)
    {
        if (exchange.Transfer is null) Tell(exchange, reply, saidAt, null);
        else _transfers.End(exchange, hasFailed: reply is null or { Failed: true }, heard => Tell(exchange, reply, saidAt, heard));
    }

    private void Tell(RecordedExchange exchange, LiveMessage? reply, long saidAt, ReadOnlyMemory<byte>? carried)
    {
        ReadOnlyMemory<byte> then = default, now = default;
        lock (_then)
        {
            if (_options.Compares && exchange.Reply is { } recorded)
                then = _then.Of(recorded.Protocol).ReplyContent(recorded.Bytes, exchange.Request);
            if (_options.Compares && reply is not null) now = _then.Of(reply.Protocol).ReplyContent(reply.Bytes, exchange.Request);
        }

        // Beside what was carried, what is said of it tells nothing.
        if (_options.Compares && exchange.Transfer is { IsWhole: true, From: Side.Server } transfer && carried is { } heard)
            (then, now) = (PlayedTransfers.Joined(transfer), heard);
        _options.Told(new PlayedExchange
        {
            Recorded = exchange,
            Connection = _recorded.Id,
            HasReply = reply is not null,
            Status = reply?.Status ?? default,
            Failed = reply?.Failed,
            Reply = reply?.Bytes ?? default,
            ContentThen = then,
            Content = now,
            ServerNs = reply is null ? null : (long)_time.GetElapsedTime(saidAt, reply.BeganAt).TotalNanoseconds,
        });
    }
}
