using System.Net;
using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Misbehaving;
using Trama.Peers.Security;
using Trama.Peers.Sending;
using Trama.Peers.Serving;
using Trama.Peers.Transports;

namespace Trama.Peers.Relaying;

/// <summary>One connection of a <see cref="Relay"/>: a client, and the target that it was joined with.</summary>
public sealed partial class RelayConnection
{
    private const int NotEnded = -1;

    private readonly Relay _relay;
    private readonly Socket _socket;
    private readonly ITransport _client;
    private readonly IPEndPoint? _local;
    private ITransport? _target;
    private int _end = NotEnded;
    private long _lastProgress;
    private long _bytesToServer;
    private long _bytesToClient;

    /// <exception cref="SocketException">The client has gone already.</exception>
    internal RelayConnection(Relay relay, Socket socket, long id)
    {
        _relay = relay;
        _socket = socket;
        Id = id;
        Client = ((IPEndPoint)socket.RemoteEndPoint!).Unmapped();
        ClientRoundTrip = RoundTrip.Of(socket);
        if (relay.Options.Proxy != ProxyVersion.None) _local = ((IPEndPoint)socket.LocalEndPoint!).Unmapped();
        _lastProgress = relay.Tick;
        Prepare(socket);
        _client = FaultPlan.Apply(relay.Options.Faults, Transport.Over(socket, relay.Options.Tls), relay.Time);
    }

    /// <summary>The number of this connection, counted from 1 as the relay accepts them.</summary>
    public long Id { get; }

    /// <summary>The address and port of the client, as a proxy before the relay told it where that is asked for; one that came by IPv4
    /// has an IPv4 address.</summary>
    public IPEndPoint Client { get; private set; }

    /// <summary>The address and port of the target; null until it is reached.</summary>
    public IPEndPoint? Target { get; private set; }

    /// <summary>The round trip to the client when it had connected, as the system measured it; zero when unknown.</summary>
    public TimeSpan ClientRoundTrip { get; }

    /// <summary>The round trip to the target when it was reached, as the system measured it; zero when unknown.</summary>
    public TimeSpan TargetRoundTrip { get; private set; }

    /// <summary>Why the handshake with the client failed, after <see cref="RelayEnd.TlsFailed"/>; null when it took too long.</summary>
    public TlsException? TlsError { get; private set; }

    /// <summary>Bytes that the client sent and the target's side took.</summary>
    public long BytesToServer => Volatile.Read(ref _bytesToServer);

    /// <summary>Bytes that the target sent and the client's side took.</summary>
    public long BytesToClient => Volatile.Read(ref _bytesToClient);

    /// <summary>How long the receiver of a direction has kept the relay waiting so far by its window, as the system counts it; zero when
    /// that does not tell.</summary>
    public TimeSpan WindowWait(Direction direction) =>
        (direction == Direction.ToServer ? Volatile.Read(ref _target) : _client) is { } receiver && TcpStatistics.Of(receiver.Socket) is { } tcp
            ? tcp.WindowWait
            : TimeSpan.Zero;

    /// <summary>Takes the client for silent from now on, so that what was asked can still be answered.</summary>
    internal void EndRequests() => _client.Wake();

    /// <summary>Resets both connections at once, for a reason. The first one counts, but for what the relay did on purpose, which the
    /// other direction may notice sooner.</summary>
    internal void Abort(RelayEnd end)
    {
        Interlocked.CompareExchange(ref _end, (int)end, NotEnded);
        if (end == RelayEnd.Misbehaved) Interlocked.Exchange(ref _end, (int)end);
        _client.Abort();
        Volatile.Read(ref _target)?.Abort();
    }

    /// <summary>Resets the connection when it has been silent for too long, or when a side is broken that nobody reads, since the other one takes
    /// nothing.</summary>
    internal void EndWhenOver(ProgressClock clock)
    {
        if (clock.IsIdleSince(Volatile.Read(ref _lastProgress))) Abort(RelayEnd.Idle);
        else if (Volatile.Read(ref _holdsClient) && HasFailed(_client)) Abort(RelayEnd.ResetByClient);
        else if (Volatile.Read(ref _holdsTarget) && HasFailed(Volatile.Read(ref _target)!)) Abort(RelayEnd.ResetByTarget);
    }

    /// <summary>Relays until both sides have closed. Never throws.</summary>
    internal async Task RunAsync()
    {
        if (await TryBeginAsync())
        {
            _relay.Log.Accepted(this);
            if (await ConnectAsync() is { } target) await RelayAsync(target);
            else Abort(RelayEnd.NoTarget);
        }

        _client.Dispose();
        _relay.Log.Closed(this, Volatile.Read(ref _end) is not NotEnded and int end ? (RelayEnd)end : RelayEnd.Closed);
        _relay.Remove(this);
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
        catch (Exception error) when (IsBroken(error) || error is TimeoutException or InvalidDataException)
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
        byte[] header = _local is null ? [] : ProxyHeader.Write(options.Proxy, Client, _local);
        for (int tried = 0; tried < options.Targets.Count && Volatile.Read(ref _end) == NotEnded; tried++)
        {
            RelayTarget target = _relay.NextTarget();
            ITransport? reached = null;
            try
            {
                reached = await Connector.OpenAsync(options.ToConnect(target, header), _relay.Time);
                Prepare(reached.Socket);
                (Target, TargetRoundTrip) = ((IPEndPoint)reached.Socket.RemoteEndPoint!, RoundTrip.Of(reached.Socket));
                return reached;
            }
            catch (ClientException failure)
            {
                _relay.Log.TargetFailed(this, target, failure);
            }
            catch (Exception error) when (IsBroken(error))
            {
                // It was reset between being connected and now.
                reached?.Dispose();
                _relay.Log.TargetFailed(this, target, new ClientException(ClientFailure.Reset, error));
            }
        }

        return null;
    }

    private async Task RelayAsync(ITransport target)
    {
        // Whoever aborts notes the end and then looks for a target; here it is the other way round, so that one of the two finds the other's.
        Interlocked.Exchange(ref _target, target);
        _relay.Log.Connected(this);
        if (Volatile.Read(ref _end) != NotEnded) target.Abort();
        // Both take turns on this thread until they wait for the first time.
        Task requests = PumpAsync(_client, target, Direction.ToServer);
        await PumpAsync(target, _client, Direction.ToClient);
        await requests;
        target.Dispose();
    }

    private static bool HasFailed(ITransport side)
    {
        try
        {
            return (int)side.Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! != 0;
        }
        catch (Exception error) when (IsBroken(error))
        {
            // It is over already.
            return false;
        }
    }

    private static bool IsBroken(Exception error) => error is SocketException or IOException or ObjectDisposedException;

    private void NoteProgress() => Volatile.Write(ref _lastProgress, _relay.Tick);

    private static void Prepare(Socket socket)
    {
        socket.NoDelay = true;
        // A peer that vanished without a word would be kept for ever.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
    }
}
