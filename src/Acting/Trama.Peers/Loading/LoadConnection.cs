using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Native;

namespace Trama.Peers.Loading;

/// <summary>One of the places for a connection of a load; when its connection is over it gets another one.</summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly LoadWorker _worker;
    private readonly WaitingRequests _waiting;
    private Socket? _socket;
    private SafeSocketHandle? _handle;
    private LoadTls? _tls;
    private ConnectionFraming? _framing;
    private bool _inReply;
    private int _unsentFrom;
    private long _unsent;
    private long _since;
    private long _asked;

    public LoadConnection(LoadWorker worker)
    {
        _worker = worker;
        _waiting = new WaitingRequests(worker.Options.Pipeline);
    }

    /// <summary>Whether it is being made; the handshake of TLS is part of that.</summary>
    public bool IsConnecting { get; private set; }

    /// <summary>Whether it is to be replaced once every reply has come.</summary>
    public bool IsRetiring { get; private set; }

    /// <summary>Whether it stands among those that are free for a request.</summary>
    public bool IsListed { get; set; }

    /// <summary>Without a rate: whether it asks, or the load has not grown to it yet.</summary>
    public bool HasBegun { get; set; }

    /// <summary>Requests that wait for their replies.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>The number of the socket's handle.</summary>
    public int Handle => (int)_handle!.DangerousGetHandle();

    /// <summary>Whether it can take one more request.</summary>
    public bool IsFree => _socket is not null && !IsConnecting && !IsRetiring && !_waiting.IsFull && _asked < _worker.Options.RequestsPerConnection;

    /// <summary>Starts to connect.</summary>
    public void Open(long now)
    {
        try
        {
            _socket = new Socket(_worker.Options.Server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, Blocking = false };
        }
        catch (SocketException)
        {
            Fail(LoadFailure.NoHandles, now);
            return;
        }

        _handle = _socket.SafeHandle;
        (_framing, _inReply, _since, IsConnecting, IsRetiring) = (_worker.Options.Framing.Create(), false, now, true, false);
        (_unsentFrom, _unsent, _asked) = (0, 0, 0);
        SocketError error = LinuxConnect.Start(_socket, _worker.ServerAddress);
        if (error is SocketError.Success or SocketError.InProgress) _worker.Watch(this, _socket);
        else Fail(error == SocketError.ConnectionRefused ? LoadFailure.Refused : LoadFailure.Unreachable, now);
    }

    /// <summary>Takes one more request, to go out with the next <see cref="Send"/>.</summary>
    public void Ask(long dueAt, long now)
    {
        if (Waiting == 0) _since = now;
        _waiting.Add(dueAt);
        _unsent += _worker.Options.Request.Length;
        _asked++;
        if (_worker.TellsRequests) _framing!.ToServer.Take(_worker.Options.Request.Span);
    }

    /// <summary>Sends what was asked, as far as there is room.</summary>
    public void Send()
    {
        try
        {
            SendUnsent();
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            Break(error);
        }
    }

    /// <summary>The kernel reports what the connection can do.</summary>
    public void Notice(uint events)
    {
        if (_socket is null) return;
        try
        {
            _tls?.Notice(events);
            if (IsConnecting && !TryEstablish(events)) return;
            // The first request may have met a reset already.
            if (_socket is null) return;
            if ((events & LinuxPoll.Writable) != 0) SendUnsent();
            bool ended = (events & LinuxPoll.Ended) != 0;
            // Whoever has closed answers nothing more.
            IsRetiring |= ended;
            if (ended || (events & LinuxPoll.Readable) != 0) Receive(ended);
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            Break(error);
        }
    }

    /// <summary>Gives up what takes too long.</summary>
    public void EndWhenOverdue(long now, long limit)
    {
        if (_socket is null || now - _since < limit) return;
        if (IsConnecting) Fail(_tls is null ? LoadFailure.ConnectTimedOut : LoadFailure.TlsFailed, now);
        else if (Waiting > 0) Fail(LoadFailure.ReplyTimedOut, now);
    }

    /// <summary>Takes no more requests, and makes room for another connection once it is answered.</summary>
    public void Retire()
    {
        if (_socket is null || IsConnecting) return;
        IsRetiring = true;
        if (Waiting == 0) Close();
    }

    /// <summary>Closes; over TLS not without saying so, unless it failed.</summary>
    public void Close(bool failed = false)
    {
        if (_socket is not null) _worker.Forget(this);
        if (!failed && !IsConnecting) _tls?.End();
        _tls?.Dispose();
        _socket?.Dispose();
        (_socket, _tls, IsConnecting) = (null, null, false);
        _waiting.Clear();
        _worker.Closed(this, failed);
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private void SendUnsent()
    {
        while (_unsent > 0)
        {
            ReadOnlyMemory<byte> requests = _worker.Requests.AsMemory(_unsentFrom);
            if (requests.Length > _unsent) requests = requests[..(int)_unsent];
            int count = _tls is null ? LinuxPoll.Send(_handle!, requests.Span) : _tls.Send(requests);
            if (count < 0) return;
            _worker.Tally.SentBytes += count;
            _unsent -= count;
            // The requests repeat, so where the next one starts depends on the length of one alone.
            _unsentFrom = (_unsentFrom + count) % _worker.Options.Request.Length;
        }
    }

    private bool TryEstablish(uint events)
    {
        long now = LoadWorker.Now;
        if (_tls is null && !TryConnect(events, now)) return false;
        if (_tls is not null)
        {
            if (!_tls.TryOpen()) return false;
            _worker.Tally.Handshakes.Add(now - _since);
        }

        IsConnecting = false;
        _worker.Established();
        _worker.Answered(this, now);
        return true;
    }

    private bool TryConnect(uint events, long now)
    {
        var error = (SocketError)(int)_socket!.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        if (error != SocketError.Success)
        {
            Fail(error switch
            {
                SocketError.ConnectionRefused => LoadFailure.Refused,
                SocketError.ConnectionReset => LoadFailure.Reset,
                SocketError.TimedOut => LoadFailure.ConnectTimedOut,
                _ => LoadFailure.Unreachable,
            }, now);
            return false;
        }

        _worker.Tally.Connecting.Add(now - _since);
        if (_worker.Options.Tls is not { } options) return true;
        _since = now;
        _tls = new LoadTls(_socket!, options);
        _tls.Notice(events);
        return true;
    }

    private void Receive(bool ended)
    {
        byte[] buffer = _worker.Buffer;
        int count;
        do
        {
            count = _tls is null ? LinuxPoll.Receive(_handle!, buffer) : _tls.Receive(buffer);
            if (count < 0) return;
            long now = LoadWorker.Now;
            if (count == 0)
            {
                End(now);
                return;
            }

            _worker.Tally.ReceivedBytes += count;
            if (!TryTake(buffer.AsSpan(0, count), now))
            {
                Fail(LoadFailure.Unfit, now);
                return;
            }

            if (Waiting == 0 && (IsRetiring || _asked == _worker.Options.RequestsPerConnection))
            {
                Close();
                return;
            }

            _worker.Answered(this, now);
        }
        // Without TLS, less than there is room for is all that there was (epoll(7)), but for the end.
        while ((count == buffer.Length || ended || _tls is not null) && _socket is not null);
    }

    private bool TryTake(ReadOnlySpan<byte> bytes, long now)
    {
        StreamFraming replies = _framing!.ToClient;
        while (!bytes.IsEmpty)
        {
            FrameStep step = replies.Take(bytes);
            if (step.Status == FrameStatus.Unfit) return false;
            bytes = bytes[step.Taken..];
            _inReply = step.Status == FrameStatus.NeedMore;
            if (!_inReply && (replies.Traits & MessageTraits.Interim) == 0) Reply(now);
        }

        return true;
    }

    // What comes without a request, such as a greeting, answers nothing.
    private void Reply(long now)
    {
        if (Waiting == 0) return;
        _worker.Count(_waiting.Take(), now);
        _since = now;
    }

    // The server closed: the end of a reply, of a conversation, or neither.
    private void End(long now)
    {
        if (_inReply && _framing!.ToClient.EndsAtClose) Reply(now);
        if (Waiting > 0) Fail(LoadFailure.Closed, now);
        else Close();
    }

    private void Break(Exception error) => Fail(
        _tls is null || (error.InnerException is SocketException && !IsConnecting) ? LoadFailure.Reset : LoadFailure.TlsFailed, LoadWorker.Now);

    private void Fail(LoadFailure failure, long now)
    {
        if (Waiting == 0) _worker.CountFailure(failure, now);
        while (Waiting > 0) _worker.CountFailure(failure, _waiting.Take());
        Close(failed: true);
    }
}
