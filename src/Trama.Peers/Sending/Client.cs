using System.Net;
using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Misbehaving;
using Trama.Peers.Transports;

namespace Trama.Peers.Sending;

/// <summary>A TCP client: sends messages over one connection and takes the replies.</summary>
public sealed class Client : IDisposable
{
    private const int BufferSize = 256 << 10;
    private static readonly TimeSpan ShortestGap = TimeSpan.FromMilliseconds(100);

    private readonly ClientOptions _options;
    private readonly TimeProvider _time;
    private readonly TimeSpan _replyGap;
    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly ConnectionFraming? _framing;

    // What was received beyond the reply, and what is being received: a reply may end before its silence does.
    private ReadOnlyMemory<byte> _unread;
    private Task<int>? _receiving;

    private Client(ClientOptions options, TimeProvider time, ITransport transport, TimeSpan connecting)
    {
        _options = options;
        _time = time;
        Transport = transport;
        TimeSpan patient = 3 * connecting;
        _replyGap = options.ReplyGap ?? (patient > ShortestGap ? patient : ShortestGap);
        _framing = options.Framing?.Create();
        Server = transport.Socket.RemoteEndPoint!;
    }

    /// <summary>The address and port, or the Unix socket, that it is connected to.</summary>
    public EndPoint Server { get; }

    /// <summary>The connection.</summary>
    public ITransport Transport { get; }

    /// <summary>Where and why a reply did not fit the framing, after <see cref="ClientFailure.Unfit"/>.</summary>
    public FramingFailure FramingFailure => _framing?.ToClient.Failure ?? default;

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
    /// <param name="message">What to send; when empty, the server is expected to speak first.</param>
    /// <param name="reply">Receives the bytes of the reply as they come.</param>
    /// <returns>How the end of the reply was known.</returns>
    /// <exception cref="ClientException">No reply, or the connection broke, perhaps after part of the reply.</exception>
    public Task<ReplyEnd> ExchangeAsync(ReadOnlyMemory<byte> message, Action<ReadOnlySpan<byte>> reply)
    {
        if (_framing is not null && !message.IsEmpty) _ = _framing.ToServer.Take(message.Span);
        return TellingFailuresAsync(async () =>
        {
            Task sending = SendAsync(message);
            ReplyEnd end = await ReceiveAsync(sending, reply);
            await sending;
            return end;
        });
    }

    /// <summary>Sends all of a stream, then ends our side, and takes what comes meanwhile and until the server closes.</summary>
    /// <param name="first">What to send first; may be empty.</param>
    /// <param name="input">What to send after that; of any length.</param>
    /// <param name="reply">Receives the bytes of the reply as they come.</param>
    /// <param name="sending">Is told each piece of the stream before it is sent, perhaps while the reply is received.</param>
    /// <returns>How the end of the reply was known.</returns>
    /// <exception cref="ClientException">The connection broke, or the server stopped reading, or was silent for
    /// <see cref="ClientOptions.ReplyTimeout"/> (<see cref="ClientOptions.ReplyGap"/>, where given, once the reply has begun).</exception>
    public Task<ReplyEnd> StreamAsync(
        ReadOnlyMemory<byte> first, Stream input, Action<ReadOnlySpan<byte>> reply, Action<ReadOnlySpan<byte>>? sending = null) => TellingFailuresAsync(async () =>
    {
        Task sent = SendAllAsync(first, input, sending);
        ReplyEnd end = await DrainAsync(sent, reply);
        if (sent.IsCompleted) await sent;
        return end;
    });

    /// <summary>Closes the connection.</summary>
    public void Dispose() => Transport.Dispose();

    private static async Task<ReplyEnd> TellingFailuresAsync(Func<Task<ReplyEnd>> exchange)
    {
        try
        {
            return await exchange();
        }
        catch (MisbehaviourException error)
        {
            throw new ClientException(ClientFailure.Misbehaved, error);
        }
        catch (Exception error) when (error is SocketException || error is IOException { InnerException: SocketException })
        {
            SocketError code = ((error as SocketException) ?? (SocketException)error.InnerException!).SocketErrorCode;
            bool reset = code is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted;
            throw new ClientException(reset ? ClientFailure.Reset : ClientFailure.Other, error);
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> message)
    {
        try
        {
            while (!message.IsEmpty)
            {
                ValueTask<int> sending = Transport.SendAsync(message);
                message = message[(sending.IsCompleted ? await sending : await sending.AsTask().WaitAsync(_options.ReplyTimeout, _time))..];
            }
        }
        catch (TimeoutException)
        {
            throw new ClientException(ClientFailure.SendTimedOut);
        }
        catch (MisbehaviourException end) when (!end.IsReset)
        {
            await Transport.EndAsync();
        }
    }

    private async Task SendAllAsync(ReadOnlyMemory<byte> first, Stream input, Action<ReadOnlySpan<byte>>? told)
    {
        // Reading a file or a terminal blocks, and must not hold up what is received.
        await Task.Yield();
        byte[] buffer = new byte[BufferSize];
        if (first.IsEmpty) first = buffer.AsMemory(0, await input.ReadAsync(buffer));
        for (ReadOnlyMemory<byte> piece = first; !piece.IsEmpty; piece = buffer.AsMemory(0, await input.ReadAsync(buffer)))
        {
            told?.Invoke(piece.Span);
            await SendAsync(piece);
        }

        await Transport.EndAsync();
    }

    private async Task<ReplyEnd> ReceiveAsync(Task sending, Action<ReadOnlySpan<byte>> reply)
    {
        for (bool begun = false; ; begun = true)
        {
            // The server's time begins when it has the whole message.
            if (_unread.IsEmpty) await Task.WhenAny(Receiving, sending);
            bool silenceEnds = begun && _framing is null;
            int count = await WithinAsync(silenceEnds || sending.IsFaulted ? _replyGap : _options.ReplyTimeout);
            if (count > 0)
            {
                if (TakeReply(reply)) return ReplyEnd.Complete;
                continue;
            }

            if (begun && _framing is null) return count == 0 ? ReplyEnd.Closed : ReplyEnd.Silent;
            if (begun && count == 0) return _framing!.ToClient.EndsAtClose ? ReplyEnd.Closed : throw new ClientException(ClientFailure.Cut);
            if (sending.IsFaulted) await sending;
            throw new ClientException(count == 0 ? ClientFailure.ClosedWithoutReply : ClientFailure.ReplyTimedOut);
        }
    }

    private async Task<ReplyEnd> DrainAsync(Task sending, Action<ReadOnlySpan<byte>> reply)
    {
        for (bool begun = false; ; begun = true)
        {
            // While the message is going out, the server owes nothing.
            await Task.WhenAny(Receiving, sending);
            int count = await WithinAsync(begun && _options.ReplyGap is { } gap ? gap : _options.ReplyTimeout);
            if (count == 0) return ReplyEnd.Closed;
            if (count < 0 && sending.IsFaulted) await sending;
            if (count < 0) return begun ? ReplyEnd.Silent : throw new ClientException(ClientFailure.ReplyTimedOut);
            reply(_unread.Span);
            _unread = default;
        }
    }

    // Hands over what belongs to the reply; whether it is complete.
    private bool TakeReply(Action<ReadOnlySpan<byte>> reply)
    {
        while (!_unread.IsEmpty)
        {
            FrameStep step = _framing?.ToClient.Take(_unread.Span) ?? FrameStep.NeedMore(_unread.Length);
            if (step.Status == FrameStatus.Unfit) throw new ClientException(ClientFailure.Unfit);
            reply(_unread.Span[..step.Taken]);
            _unread = _unread[step.Taken..];
            if (step.Status == FrameStatus.Complete && !_framing!.ToClient.Traits.HasFlag(MessageTraits.Interim)) return true;
        }

        return false;
    }

    private Task<int> Receiving => _receiving ??= Transport.ReceiveAsync(_buffer).AsTask();

    // How many bytes are unread now; 0 when the server has closed, or -1 when nothing came in time.
    private async Task<int> WithinAsync(TimeSpan limit)
    {
        if (!_unread.IsEmpty) return _unread.Length;
        try
        {
            int count = await Receiving.WaitAsync(limit, _time);
            _receiving = null;
            _unread = _buffer.AsMemory(0, count);
            return count;
        }
        catch (TimeoutException)
        {
            return -1;
        }
    }
}
