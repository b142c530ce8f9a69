using System.Net;
using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Transports;

namespace Trama.Peers.Sending;

/// <summary>A TCP client: sends messages over one connection and takes the replies.</summary>
public sealed class Client : IDisposable
{
    private static readonly TimeSpan ShortestGap = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromMilliseconds(200);

    private readonly ClientOptions _options;
    private readonly TimeProvider _time;
    private readonly TimeSpan _replyGap;
    private readonly Incoming _incoming;
    private readonly Outgoing _outgoing;
    private readonly OpenExchanges? _exchanges;

    private Client(ClientOptions options, TimeProvider time, ITransport transport, TimeSpan connecting)
    {
        _options = options;
        _time = time;
        Transport = transport;
        TimeSpan patient = 3 * connecting;
        _replyGap = options.ReplyGap ?? (patient > ShortestGap ? patient : ShortestGap);
        _incoming = new Incoming(transport, time);
        _outgoing = new Outgoing(transport, options.ReplyTimeout, time);
        if (options.Framing is not null) _exchanges = new OpenExchanges(options.Framing.Create());
        Server = transport.Socket.RemoteEndPoint!;
    }

    /// <summary>The address and port, or the Unix socket, that it is connected to.</summary>
    public EndPoint Server { get; }

    /// <summary>The connection.</summary>
    public ITransport Transport { get; }

    /// <summary>Messages sent that get a reply, as <see cref="ClientOptions.Framing"/> tells them apart; 0 without.</summary>
    public long Messages => _exchanges?.Messages ?? 0;

    /// <summary>Whole replies received; 0 without <see cref="ClientOptions.Framing"/>.</summary>
    public long Replies => _exchanges?.Replies ?? 0;

    /// <summary>
    /// Where and why bytes did not fit the framing, after <see cref="ClientFailure.Unfit"/> and <see cref="ClientFailure.InputUnfit"/>.
    /// </summary>
    public FramingFailure FramingFailure => _exchanges?.Failure ?? default;

    /// <summary>Connects, trying every address that the name has, in order.</summary>
    /// <exception cref="ClientException">The name is unknown, no address answered, or TLS failed.</exception>
    public static async Task<Client> ConnectAsync(ClientOptions options, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        long start = time.GetTimestamp();
        ITransport transport = await Connector.OpenAsync(options, time);
        try
        {
            return new Client(options, time, transport, time.GetElapsedTime(start));
        }
        catch (SocketException error)
        {
            // It was reset between being connected and now.
            transport.Dispose();
            throw new ClientException(ClientFailure.Reset, error);
        }
    }

    /// <summary>
    /// Sends a message and takes the reply. With <see cref="ClientOptions.Framing"/> it ends where the framing says.
    /// Without, nothing in TCP says where: it is what comes until the server closes or is silent for
    /// <see cref="ClientOptions.ReplyGap"/>. Bytes are taken while the message is still going out, so that a server that
    /// answers early does not stall.
    /// </summary>
    /// <param name="message">What to send; what the framing takes for several messages gets as many replies; when empty, the server is
    /// expected to speak first.</param>
    /// <param name="log">Hears of both.</param>
    /// <returns>How the end of the reply was known.</returns>
    /// <exception cref="ClientException">No reply, or the connection broke, perhaps after part of the reply.</exception>
    public Task<ReplyEnd> ExchangeAsync(ReadOnlyMemory<byte> message, IClientLog log) => TellingFailuresAsync(async () =>
    {
        _exchanges?.TakeWhole(message.Span);
        log.Sending(message.Span);
        log.EndMessage();
        Task sending = _outgoing.SendAsync(message);
        ReplyEnd end = await ReceiveAsync(sending, log);
        await sending;
        return end;
    });

    /// <summary>
    /// Sends all the messages of a stream, cut where <see cref="ClientOptions.Framing"/> says, without waiting for the reply to one before
    /// the next goes out, and takes a reply to each. A last message without its mark gets it. Without a framing there are no messages to
    /// tell apart.
    /// </summary>
    /// <param name="first">What to send first; may be empty.</param>
    /// <param name="input">What to send after that; of any length.</param>
    /// <param name="log">Hears of both.</param>
    /// <returns>How the end of the last reply was known.</returns>
    /// <exception cref="ClientException">Not all could be sent, or not every reply came.</exception>
    public Task<ReplyEnd> ExchangeAllAsync(ReadOnlyMemory<byte> first, Stream input, IClientLog log) => TellingFailuresAsync(() =>
        new MessageStream(_options, _incoming, _outgoing, _exchanges!, _replyGap, _time, log).ExchangeAsync(first, input));

    /// <summary>Sends all of a stream, then ends our side, and takes what comes meanwhile and until the server closes.</summary>
    /// <param name="first">What to send first; may be empty.</param>
    /// <param name="input">What to send after that; of any length.</param>
    /// <param name="log">Hears of both; each read of the stream is a message.</param>
    /// <returns>How the end of the reply was known.</returns>
    /// <exception cref="ClientException">The connection broke, or the server stopped reading, or was silent for
    /// <see cref="ClientOptions.ReplyTimeout"/> (<see cref="ClientOptions.ReplyGap"/>, where given, once the reply has begun).</exception>
    public Task<ReplyEnd> StreamAsync(ReadOnlyMemory<byte> first, Stream input, IClientLog log) => TellingFailuresAsync(async () =>
    {
        Task sending = SendBytesAsync(first, input, log);
        ReplyEnd end = await DrainAsync(sending, log);
        if (end == ReplyEnd.Closed) await _outgoing.WhenClosedAsync(sending, _replyGap);
        return end;
    });

    /// <summary>
    /// Ends our side in good order, over TLS not without saying so (RFC 8446, section 6.1), and passes over what the server still says,
    /// for a moment: a close with unread bytes would be a reset (RFC 2525, section 2.17).
    /// </summary>
    public async Task CloseAsync()
    {
        using var enough = new CancellationTokenSource(LongestFarewell, _time);
        byte[] rest = new byte[16 << 10];
        try
        {
            await Transport.EndAsync().AsTask().WaitAsync(enough.Token);
            while (await Transport.Socket.ReceiveAsync(rest, enough.Token) > 0)
            {
            }
        }
        catch (Exception error) when (error.IsBroken() || error is OperationCanceledException or InvalidOperationException)
        {
            // The server was faster, or takes its time.
        }

        Dispose();
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => Transport.Dispose();

    private static async Task<ReplyEnd> TellingFailuresAsync(Func<Task<ReplyEnd>> exchange)
    {
        try
        {
            return await exchange();
        }
        catch (Exception error) when (ClientException.Of(error) is { } told)
        {
            throw told;
        }
    }

    private async Task SendBytesAsync(ReadOnlyMemory<byte> first, Stream input, IClientLog log)
    {
        Task send(ReadOnlyMemory<byte> piece)
        {
            log.Sending(piece.Span);
            log.EndMessage();
            return _outgoing.SendAsync(piece);
        }

        if (input is FileStream { CanSeek: true } file && !log.HearsSending)
        {
            await send(first);
            first = default;
            await _outgoing.SendFileAsync(file);
        }

        await _outgoing.SendAllAsync(first, input, send);
        await _outgoing.EndAsync();
    }

    private async Task<ReplyEnd> ReceiveAsync(Task sending, IClientLog log)
    {
        for (bool begun = false; ; begun = true)
        {
            // The server's time begins when it has the whole message.
            await Task.WhenAny(_incoming.Arrival, sending);
            bool silenceEnds = begun && _exchanges is null;
            int count = await _incoming.WithinAsync(silenceEnds || sending.IsFaulted ? _replyGap : _options.ReplyTimeout);
            if (count > 0)
            {
                while (_incoming.TakeReply(_exchanges, log))
                {
                    if (!_exchanges!.AreDue) return ReplyEnd.Complete;
                    log.EndReply();
                }

                log.Pause();
                continue;
            }

            if (silenceEnds) return count == 0 ? ReplyEnd.Closed : ReplyEnd.Silent;
            if (begun && count == 0 && _exchanges!.TryEndReply()) return ReplyEnd.Closed;
            if (begun && count == 0) throw new ClientException(_exchanges!.InReply ? ClientFailure.Cut : ClientFailure.RepliesMissing);
            if (sending.IsFaulted) await sending;
            throw new ClientException(count == 0 ? ClientFailure.ClosedWithoutReply : ClientFailure.ReplyTimedOut);
        }
    }

    private async Task<ReplyEnd> DrainAsync(Task sending, IClientLog log)
    {
        for (bool begun = false; ; begun = true)
        {
            // While the message is going out, the server owes nothing.
            await Task.WhenAny(_incoming.Arrival, sending);
            int count = await _incoming.WithinAsync(sending.IsFaulted ? _replyGap : begun && _options.ReplyGap is { } gap
                ? gap : _options.ReplyTimeout);
            if (count == 0) return ReplyEnd.Closed;
            if (count < 0 && sending.IsFaulted) await sending;
            if (count < 0) return begun ? ReplyEnd.Silent : throw new ClientException(ClientFailure.ReplyTimedOut);
            _incoming.TakeReply(exchanges: null, log);
            log.Pause();
        }
    }
}
