using System.Net;
using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Listening;
using Trama.Peers.Misbehaving;
using Trama.Peers.Security;
using Trama.Peers.Sending;
using Trama.Peers.Transports;

namespace Trama.Peers.Relaying;

/// <summary>One connection of a <see cref="Relay"/>: a client, and the target that it was joined with.</summary>
public sealed class RelayConnection : IAccepted
{
    private const int NotEnded = -1;

    private readonly Relay _relay;
    private readonly Socket _socket;
    private readonly ITransport _client;
    private readonly RelayStream _toServer;
    private readonly RelayStream _toClient;
    private readonly IPEndPoint _local;

    // The ends of its two connections that are not this relay's, or should not be: who connected, and from where it connects itself.
    private readonly IPEndPoint _from;
    private IPEndPoint? _own;
    private IPEndPoint? _to;
    private int _opening;
    private ITransport? _target;
    private int _end = NotEnded;
    private long _lastProgress;
    private bool _isCut;
    private bool _isOver;

    /// <exception cref="SocketException">The client has gone already.</exception>
    internal RelayConnection(Relay relay, Socket socket, long id)
    {
        _relay = relay;
        _socket = socket;
        Id = id;
        Client = _from = ((IPEndPoint)socket.RemoteEndPoint!).Unmapped();
        ClientRoundTrip = RoundTrip.Of(socket);
        _local = ((IPEndPoint)socket.LocalEndPoint!).Unmapped();
        _lastProgress = relay.Tick;
        Prepare(socket);
        _toServer = new RelayStream(this, Direction.ToServer, RelayEnd.ResetByClient, RelayEnd.ResetByTarget, relay.Share());
        _toClient = new RelayStream(this, Direction.ToClient, RelayEnd.ResetByTarget, RelayEnd.ResetByClient, relay.Share());
        _client = FaultPlan.Apply(relay.Options.Faults, Transport.Over(socket, relay.Options.Tls), relay.Time);
    }

    /// <summary>The number of this connection, counted from 1 as the relay accepts them.</summary>
    public long Id { get; }

    /// <summary>The address and port of the client, as a proxy before the relay told it where that is asked for; one that came by IPv4
    /// has an IPv4 address.</summary>
    public IPEndPoint Client { get; private set; }

    /// <summary>The address and port of the target; null until it is reached.</summary>
    public IPEndPoint? Target { get; private set; }

    /// <summary>The ends of the connection that it accepted: who connected, which with a proxy before it is not the client, and its own.
    /// </summary>
    public (IPEndPoint From, IPEndPoint Own) Accepted => (_from, _local);

    /// <summary>Its own end of the connection to the target; null until it is made.</summary>
    public IPEndPoint? Own => _own;

    /// <summary>The round trip to the client when it had connected, as the system measured it; zero when unknown.</summary>
    public TimeSpan ClientRoundTrip { get; }

    /// <summary>The round trip to the target when it was reached, as the system measured it; zero when unknown.</summary>
    public TimeSpan TargetRoundTrip { get; private set; }

    /// <summary>Why the handshake with the client failed, after <see cref="RelayEnd.TlsFailed"/>; null when it took too long.</summary>
    public TlsException? TlsError { get; private set; }

    /// <summary>Bytes that the client sent and the target's side took.</summary>
    public long BytesToServer => _toServer.Passed;

    /// <summary>Bytes that the target sent and the client's side took.</summary>
    public long BytesToClient => _toClient.Passed;

    /// <summary>How long the receiver of a direction has kept the relay waiting so far by its window, as the system counts it; zero when
    /// that does not tell.</summary>
    public TimeSpan WindowWait(Direction direction) => (direction == Direction.ToServer ? _toServer : _toClient).WindowWait;

    internal IRelayLog Log => _relay.Log;

    /// <summary>Whether it was ended on purpose in the middle of what was said.</summary>
    internal bool IsCut => Volatile.Read(ref _isCut);

    /// <summary>Whether the log knows that it is over.</summary>
    internal bool IsOver => Volatile.Read(ref _isOver);

    /// <summary>Whether it passes on what both sides say.</summary>
    internal bool IsRelaying => _toServer.HasBegun && _toClient.HasBegun;

    internal (RelayStream ToServer, RelayStream ToClient) Streams => (_toServer, _toClient);

    long IAccepted.HeldBytes => _toServer.Memory.Held + _toClient.Memory.Held;

    void IAccepted.GiveUpMemory() => Abort(RelayEnd.HeldTooMuch);

    // Takes the client for silent from now on, so that what was asked can still be answered.
    void IAccepted.AskToStop() => _client.Wake();

    void IAccepted.Abort() => Abort(RelayEnd.Aborted);

    /// <summary>Resets both connections at once, for a reason. The first one counts, but for what the relay did on purpose, which the
    /// other direction may notice sooner.</summary>
    internal void Abort(RelayEnd end)
    {
        Interlocked.CompareExchange(ref _end, (int)end, NotEnded);
        if (end == RelayEnd.Misbehaved) Interlocked.Exchange(ref _end, (int)end);
        _toServer.Memory.End();
        _toClient.Memory.End();
        _client.Abort();
        Volatile.Read(ref _target)?.Abort();
    }

    /// <summary>Ends the connection in good order, in the middle of what one side says to the other.</summary>
    internal async Task CutAsync(ITransport from, ITransport to)
    {
        Volatile.Write(ref _isCut, true);
        Interlocked.CompareExchange(ref _end, (int)RelayEnd.Misbehaved, NotEnded);
        try
        {
            await to.EndAsync();
        }
        catch (Exception error) when (error.IsBroken())
        {
            // It has gone on its own.
        }

        from.Shutdown(SocketShutdown.Both);
    }

    internal void NoteProgress() => Volatile.Write(ref _lastProgress, _relay.Tick);

    void IAccepted.EndWhenOverdue(ProgressClock clock)
    {
        if (clock.IsIdleSince(Volatile.Read(ref _lastProgress))) Abort(RelayEnd.Idle);
        _toServer.EndWhenBroken();
        _toClient.EndWhenBroken();
    }

    // Relays until both sides have closed.
    async Task IAccepted.RunAsync()
    {
        if (_relay.Own.IsLoopOfAccepted(_from, _local, this))
        {
            Abort(RelayEnd.Loop);
        }
        else if (await TryBeginAsync())
        {
            Log.Accepted(this);
            if (await ConnectAsync() is { } target) await RelayAsync(target);
            else Abort(RelayEnd.NoTarget);
        }

        _client.Dispose();
        _relay.Own.ForgetAccepted(_from, _local, this);
        ForgetOwn();
        Log.Closed(this, Volatile.Read(ref _end) is not NotEnded and int end ? (RelayEnd)end : RelayEnd.Closed);
        Volatile.Write(ref _isOver, true);
    }

    // What comes before the client's own bytes: a proxy's word on who it is, and TLS.
    private async Task<bool> TryBeginAsync()
    {
        RelayOptions options = _relay.Options;
        RelayEnd failure = RelayEnd.NoProxyHeader;
        try
        {
            if (options.AcceptProxy) Client = await ReadProxyAsync().WaitAsync(options.ConnectTimeout, _relay.Time) ?? Client;
            failure = RelayEnd.TlsFailed;
            if (options.Tls is not null) await _client.OpenAsync().AsTask().WaitAsync(options.ConnectTimeout, _relay.Time);
            return true;
        }
        catch (Exception error) when (error.IsBroken() || error is TimeoutException or InvalidDataException)
        {
            TlsError = error as TlsException;
            Abort(failure);
            return false;
        }
    }

    // Looks before it takes: what follows the header is the client's.
    private async Task<IPEndPoint?> ReadProxyAsync()
    {
        byte[] header = new byte[ProxyHeader.MaxLength];
        for (int length = 0; ;)
        {
            int seen = await _socket.ReceiveAsync(header.AsMemory(length), SocketFlags.Peek);
            FrameStep step = ProxyHeader.Read(header.AsSpan(0, length + seen), out IPEndPoint? client);
            if (seen == 0 || step.Status == FrameStatus.Unfit) throw new InvalidDataException();
            for (int end = Math.Min(step.Taken, length + seen); length < end;)
                length += await _socket.ReceiveAsync(header.AsMemory(length, end - length));
            if (step.Status == FrameStatus.Complete) return client;
        }
    }

    private async Task<ITransport?> ConnectAsync()
    {
        RelayOptions options = _relay.Options;
        byte[] header = options.Proxy == ProxyVersion.None ? [] : ProxyHeader.Write(options.Proxy, Client, _local);
        for (int tried = 0; tried < options.Targets.Count && Volatile.Read(ref _end) == NotEnded; tried++)
        {
            RelayTarget target = _relay.NextTarget();
            ITransport? reached = null;
            try
            {
                Action<int>? opening = target.Port == _local.Port ? NoteOpening : null;
                ClientOptions connect = options.ToConnect(target, header) with { Connecting = opening, Connected = NoteOwn };
                reached = await Connector.OpenAsync(connect, _relay.Time);
                Prepare(reached.Socket);
                (Target, TargetRoundTrip) = ((IPEndPoint)reached.Socket.RemoteEndPoint!, RoundTrip.Of(reached.Socket));
                return reached;
            }
            catch (ClientException failure)
            {
                Log.TargetFailed(this, target, failure);
            }
            catch (Exception error) when (error.IsBroken())
            {
                // It was reset between being connected and now.
                reached?.Dispose();
                Log.TargetFailed(this, target, new ClientException(ClientFailure.Reset, error));
            }
        }

        return null;
    }

    // A target with the relay's own port may be the relay: then it accepts a connection before it hears that it made one.
    private void NoteOpening(int port)
    {
        ForgetOwn();
        _relay.Own.Opening(_opening = port, this);
    }

    // Before a byte goes over it, of TLS too: whoever relays to itself would wait for itself without end.
    private void NoteOwn(Socket socket)
    {
        if (_own is not null) _relay.Own.ForgetMade(_own, _to!, this);
        _own = ((IPEndPoint)socket.LocalEndPoint!).Unmapped();
        _to = ((IPEndPoint)socket.RemoteEndPoint!).Unmapped();
        _relay.Own.LoopOfMade(_own, _to, this)?.Abort(RelayEnd.Loop);
    }

    private void ForgetOwn()
    {
        if (_own is not null) _relay.Own.ForgetMade(_own, _to!, this);
        if (_opening != 0) _relay.Own.ForgetOpening(_opening, this);
    }

    private async Task RelayAsync(ITransport target)
    {
        // Whoever aborts notes the end and then looks for a target; here it is the other way round, so that one of the two finds the
        // other's.
        Interlocked.Exchange(ref _target, target);
        Log.Connected(this);
        if (Volatile.Read(ref _end) != NotEnded) target.Abort();
        // Both take turns on this thread until they wait for the first time.
        Task requests = _toServer.PumpAsync(_client, target);
        await _toClient.PumpAsync(target, _client);
        await requests;
        target.Dispose();
    }

    private static void Prepare(Socket socket)
    {
        socket.NoDelay = true;
        // A peer that vanished without a word would be kept for ever.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
    }
}
