using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Sending;
using Trama.Peers.Serving;

namespace Trama.Peers.Relaying;

/// <summary>One connection of a <see cref="Relay"/>: a client, and the target that it was joined with.</summary>
public sealed class RelayConnection
{
    private const int FirstReadSize = 16 << 10;
    private const int LargestReadSize = 256 << 10;

    // A sender that always has more to say gives way to the others after this many reads in a row.
    private const int ReadsInARow = 32;

    private const int NotEnded = -1;

    private readonly Relay _relay;
    private readonly RelaySide _client;
    private RelaySide? _target;
    private int _end = NotEnded;
    private long _lastProgress;
    private long _bytesToServer;
    private long _bytesToClient;

    /// <exception cref="SocketException">The client has gone already.</exception>
    internal RelayConnection(Relay relay, Socket socket, long id)
    {
        _relay = relay;
        Id = id;
        Client = Unmapped((IPEndPoint)socket.RemoteEndPoint!);
        ClientRoundTrip = RoundTrip.Of(socket);
        _lastProgress = relay.Tick;
        _client = new RelaySide(socket);
    }

    /// <summary>The number of this connection, counted from 1 as the relay accepts them.</summary>
    public long Id { get; }

    /// <summary>The address and port of the client; one that came by IPv4 has an IPv4 address.</summary>
    public IPEndPoint Client { get; }

    /// <summary>The address and port of the target; null until it is reached.</summary>
    public IPEndPoint? Target { get; private set; }

    /// <summary>The round trip to the client when it had connected, as the system measured it; zero when unknown.</summary>
    public TimeSpan ClientRoundTrip { get; }

    /// <summary>The round trip to the target when it was reached, as the system measured it; zero when unknown.</summary>
    public TimeSpan TargetRoundTrip { get; private set; }

    /// <summary>Bytes that the client sent and the target's side took.</summary>
    public long BytesToServer => Volatile.Read(ref _bytesToServer);

    /// <summary>Bytes that the target sent and the client's side took.</summary>
    public long BytesToClient => Volatile.Read(ref _bytesToClient);

    /// <summary>Takes the client for silent from now on, so that what was asked can still be answered.</summary>
    internal void EndRequests() => _client.EndReceiving();

    /// <summary>Resets both connections at once, for a reason; the first one counts.</summary>
    internal void Abort(RelayEnd end)
    {
        Interlocked.CompareExchange(ref _end, (int)end, NotEnded);
        _client.Reset();
        Volatile.Read(ref _target)?.Reset();
    }

    /// <summary>Resets the connection when it has been silent for too long.</summary>
    internal void EndWhenIdle(ProgressClock clock)
    {
        if (clock.IsIdleSince(Volatile.Read(ref _lastProgress))) Abort(RelayEnd.Idle);
    }

    /// <summary>Relays until both sides have closed. Never throws.</summary>
    internal async Task RunAsync()
    {
        _relay.Log.Accepted(this);
        if (await ConnectAsync() is { } socket && TryJoin(socket, out RelaySide target))
        {
            // Both take turns on this thread until they wait for the first time.
            Task requests = PumpAsync(_client, target, Direction.ToServer);
            await PumpAsync(target, _client, Direction.ToClient);
            await requests;
            target.Close();
        }
        else
        {
            Abort(RelayEnd.NoTarget);
        }

        _client.Close();
        _relay.Log.Closed(this, Volatile.Read(ref _end) is not NotEnded and int end ? (RelayEnd)end : RelayEnd.Closed);
        _relay.Remove(this);
    }

    private async Task<Socket?> ConnectAsync()
    {
        RelayOptions options = _relay.Options;
        for (int tried = 0; tried < options.Targets.Count; tried++)
        {
            RelayTarget target = _relay.NextTarget();
            try
            {
                var client = new ClientOptions { Host = target.Host, Port = target.Port, ConnectTimeout = options.ConnectTimeout };
                return await Connector.ConnectAsync(client, _relay.Time);
            }
            catch (ClientException failure)
            {
                _relay.Log.TargetFailed(this, target, failure);
            }
        }

        return null;
    }

    private bool TryJoin(Socket socket, out RelaySide target)
    {
        target = null!;
        try
        {
            Target = (IPEndPoint)socket.RemoteEndPoint!;
            TargetRoundTrip = RoundTrip.Of(socket);
            target = new RelaySide(socket);
        }
        catch (SocketException)
        {
            // It was reset between being connected and now.
            socket.Dispose();
            return false;
        }

        Volatile.Write(ref _target, target);
        _relay.Log.Connected(this);
        // Whoever aborted before there was a target did not reset it.
        if (Volatile.Read(ref _end) != NotEnded) target.Reset();
        return true;
    }

    // Moves one direction until its sender closes it; a reset of either side is passed on to the other one.
    private async Task PumpAsync(RelaySide from, RelaySide to, Direction direction)
    {
        RelayEnd resetByReceiver = direction == Direction.ToServer ? RelayEnd.ResetByTarget : RelayEnd.ResetByClient;
        RelayEnd resetBySender = direction == Direction.ToServer ? RelayEnd.ResetByClient : RelayEnd.ResetByTarget;
        int readSize = FirstReadSize;
        for (int inARow = 0; ; inARow++)
        {
            byte[]? buffer = null;
            RelayEnd culprit = resetBySender;
            try
            {
                // An empty read waits for data without holding a buffer, so that silent connections cost little.
                ValueTask<int> readable = from.Stream.ReadAsync(Memory<byte>.Empty);
                if (!readable.IsCompleted) inARow = 0;
                else if (inARow > ReadsInARow) await Task.Yield();
                await readable;

                buffer = ArrayPool<byte>.Shared.Rent(readSize);
                int count = await from.Stream.ReadAsync(buffer.AsMemory(0, readSize));
                NoteProgress();
                if (count == 0)
                {
                    _relay.Log.Finished(this, direction);
                    to.EndSending();
                    return;
                }

                if (count == readSize) readSize = Math.Min(readSize * 2, LargestReadSize);
                await _relay.Log.RelayingAsync(this, direction, buffer.AsMemory(0, count));
                culprit = resetByReceiver;
                await to.Stream.WriteAsync(buffer.AsMemory(0, count));
                NoteProgress();
                Count(direction, count);
            }
            catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
            {
                Abort(culprit);
                return;
            }
            finally
            {
                if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private void Count(Direction direction, int bytes)
    {
        ref long total = ref direction == Direction.ToServer ? ref _bytesToServer : ref _bytesToClient;
        Volatile.Write(ref total, total + bytes);
    }

    private void NoteProgress() => Volatile.Write(ref _lastProgress, _relay.Tick);

    private static IPEndPoint Unmapped(IPEndPoint endpoint) =>
        endpoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endpoint.Address.MapToIPv4(), endpoint.Port) : endpoint;
}
