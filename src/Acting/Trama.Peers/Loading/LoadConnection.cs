using System.Net.Sockets;
using Trama.Peers.Native;
using Trama.Peers.Transports;

namespace Trama.Peers.Loading;

/// <summary>One of the places for a connection of a load; when its connection is over it gets another one.</summary>
internal sealed class LoadConnection : IDisposable
{
    // After so many calls on its socket a connection lets the others, and the clock, have their turn.
    private const int CallsAtOnce = 4;

    private readonly LoadWorker _worker;
    private readonly LoadExchanges _exchanges;
    private Socket? _socket;
    private SafeSocketHandle? _handle;
    private LoadTls? _tls;
    private int _unsentFrom;
    private long _unsent;
    private long _since;
    private uint _unfinished;

    public LoadConnection(LoadWorker worker)
    {
        _worker = worker;
        _exchanges = new LoadExchanges(worker);
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
    public int Waiting => _exchanges.Waiting;

    /// <summary>Requests that were answered on the connection at hand.</summary>
    public long Answered => _exchanges.Answered;

    /// <summary>The number of the socket's handle.</summary>
    public int Handle => (int)_handle!.DangerousGetHandle();

    /// <summary>Whether it can take one more request.</summary>
    public bool IsFree => _socket is not null && !IsConnecting && !IsRetiring && _exchanges.MayAsk;

    /// <summary>Starts to connect.</summary>
    public void Open(long now)
    {
        try
        {
            _socket = new(_worker.Options.Server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, Blocking = false };
        }
        catch (SocketException)
        {
            Fail(LoadFailure.NoHandles, now);
            return;
        }

        _handle = _socket.SafeHandle;
        _exchanges.Begin();
        (_since, IsConnecting, IsRetiring) = (now, true, false);
        (_unsentFrom, _unsent, _unfinished) = (0, 0, 0);
        SocketError error = LinuxConnect.Start(_socket, _worker.ServerAddress);
        if (error is SocketError.Success or SocketError.InProgress) _worker.Watch(this, _socket);
        else Fail(ConnectFailures.Of(error), now);
    }

    /// <summary>Takes one more request, to go out with the next <see cref="Send"/>.</summary>
    public void Ask(long dueAt, long now)
    {
        if (Waiting == 0) _since = now;
        _exchanges.Ask(dueAt);
        _unsent += _worker.Options.Request.Length;
    }

    /// <summary>Sends what was asked, as far as there is room.</summary>
    public void Send()
    {
        try
        {
            SendUnsent();
        }
        catch (Exception error) when (error.IsBroken())
        {
            Break(error);
        }
    }

    /// <summary>Goes on with what was not finished at its last turn.</summary>
    public void Continue()
    {
        uint events = _unfinished;
        _unfinished = 0;
        if (events != 0) Notice(events);
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
        catch (Exception error) when (error.IsBroken())
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
        if (failed && _socket is not null && !IsConnecting) _worker.Tally.Broken++;
        if (!failed && !IsConnecting) _tls?.End();
        _tls?.Dispose();
        _socket?.Dispose();
        (_socket, _tls, IsConnecting) = (null, null, false);
        _worker.Closed(this, failed);
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private void SendUnsent()
    {
        for (int call = 0; _unsent > 0; call++)
        {
            if (call == CallsAtOnce)
            {
                Postpone(LinuxPoll.Writable);
                return;
            }

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
            Fail(ConnectFailures.Of(error), now);
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
        // Without TLS, less than there is room for is all that there was (epoll(7)), but for the end.
        int count = buffer.Length;
        for (int call = 0; (count == buffer.Length || ended || _tls is not null) && _socket is not null; call++)
        {
            if (call == CallsAtOnce)
            {
                Postpone(ended ? LinuxPoll.Readable | LinuxPoll.Ended : LinuxPoll.Readable);
                return;
            }

            count = _tls is null ? LinuxPoll.Receive(_handle!, buffer) : _tls.Receive(buffer);
            if (count < 0) return;
            long now = LoadWorker.Now;
            if (count == 0)
            {
                End(now);
                return;
            }

            _worker.Tally.ReceivedBytes += count;
            long answered = _exchanges.Answered;
            if (!_exchanges.TryTake(buffer.AsSpan(0, count), now))
            {
                Fail(LoadFailure.Unfit, now);
                return;
            }

            if (_exchanges.Answered > answered) _since = now;

            if (_exchanges.IsDone || (IsRetiring && Waiting == 0))
            {
                if (_exchanges.IsOver) _worker.ClosedByServer(_exchanges.Answered);
                Close();
                return;
            }

            _worker.Answered(this, now);
        }
    }

    // The kernel reports a change once: what was not used up by then is for the next turn.
    private void Postpone(uint events)
    {
        if (_unfinished == 0) _worker.Postpone(this);
        _unfinished |= events;
    }

    // The server closed: the end of a reply, of a conversation, or neither.
    private void End(long now)
    {
        _exchanges.End(now);
        if (Waiting == 0)
        {
            if (_exchanges.Answered > 0) _worker.ClosedByServer(_exchanges.Answered);
            Close();
        }
        else if (!TryAskElsewhere())
        {
            Fail(LoadFailure.Closed, now);
        }
    }

    // A server that closes after a reply, without having said so, leaves requests that it did not look at: they go over another connection.
    private bool TryAskElsewhere()
    {
        if (_exchanges.Answered == 0 || _exchanges.InReply) return false;
        while (Waiting > 0) _worker.AskElsewhere(_exchanges.GiveUp());
        _worker.ClosedByServer(_exchanges.Answered);
        Close();
        return true;
    }

    private void Break(Exception error)
    {
        // A close is a reset when there was more to read (RFC 2525, section 2.17).
        bool isReset = _tls is null || (error.InnerException is SocketException && !IsConnecting);
        if (!isReset) Fail(LoadFailure.TlsFailed, LoadWorker.Now);
        else if (Waiting == 0 || !TryAskElsewhere()) Fail(LoadFailure.Reset, LoadWorker.Now);
    }

    private void Fail(LoadFailure failure, long now)
    {
        if (Waiting == 0) _worker.CountFailure(failure, now);
        while (Waiting > 0) _worker.CountFailure(failure, _exchanges.GiveUp());
        Close(failed: true);
    }
}
