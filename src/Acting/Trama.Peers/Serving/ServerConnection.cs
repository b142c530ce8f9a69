using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Listening;
using Trama.Peers.Misbehaving;
using Trama.Peers.Replies;
using Trama.Peers.Security;
using Trama.Peers.Transports;

namespace Trama.Peers.Serving;

/// <summary>One connection of a <see cref="Server"/>, from its acceptance to its end.</summary>
public sealed class ServerConnection : IAccepted
{
    private const int NotAsked = -1;

    // How long the client has, after the reply, to say its next byte and to close.
    private static readonly TimeSpan LingerSilence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LingerAltogether = TimeSpan.FromSeconds(30);

    private readonly Server _server;

    // As the system gave it, until somebody asks for it: idle connections are many.
    private EndPoint _client;
    private int _askedEnd = NotAsked;
    private bool _isAnswering;

    // Gives up an answer in the making that takes its time; absent without one.
    private Action? _giveUp;
    private int _hasLeft;
    private long _repliedAt = -1;

    /// <exception cref="SocketException">The client has gone already.</exception>
    internal ServerConnection(Server server, ITransport transport, long id)
    {
        _server = server;
        Transport = transport;
        Traffic = new Traffic(transport, server.Clock);
        Memory = server.Share();
        Id = id;
        _client = transport.Socket.RemoteEndPoint is IPEndPoint client ? client : Local;
    }

    /// <summary>The number of this connection, counted from 1 as the server accepts them.</summary>
    public long Id { get; }

    /// <summary>The address and port of the client; one that came by IPv4 has an IPv4 address. Those of a Unix socket have no
    /// address of their own, and go by the socket's.</summary>
    public EndPoint Client => _client = _client.Unmapped();

    /// <summary>
    /// The address and port, or the Unix socket, that the client connected to. Meaningful until the connection is closed.
    /// </summary>
    public EndPoint Local => Transport.Socket.LocalEndPoint!.Unmapped();

    /// <summary>Messages received.</summary>
    public long Messages { get; private set; }

    /// <summary>Bytes received.</summary>
    public long ReceivedBytes => Traffic.ReceivedBytes;

    /// <summary>Bytes of replies that the system took.</summary>
    public long SentBytes => Traffic.SentBytes;

    /// <summary>
    /// Bytes of a message that has begun and is not complete; after <see cref="ConnectionEnd.Cut"/>, what there was of it.
    /// </summary>
    public int IncompleteBytes { get; private set; }

    /// <summary>Where and why the bytes did not fit the framing, after <see cref="ConnectionEnd.Unfit"/>.</summary>
    public FramingFailure FramingFailure { get; private set; }

    /// <summary>Why the handshake failed, after <see cref="ConnectionEnd.TlsFailed"/>.</summary>
    public TlsException? TlsError { get; private set; }

    /// <summary>Why there was no answer, after <see cref="ConnectionEnd.Unanswered"/>.</summary>
    public ResponderException? ResponderError { get; private set; }

    /// <summary>
    /// What the kernel counted, at the end of the connection and when <see cref="ServerOptions.Statistics"/> asks for it.
    /// </summary>
    public TcpStatistics? Statistics { get; private set; }

    internal ITransport Transport { get; }

    /// <summary>What goes over it.</summary>
    internal Traffic Traffic { get; }

    internal ServerOptions Options => _server.Options;

    internal IServerLog Log => _server.Log;

    /// <summary>What it has the server hold.</summary>
    internal MemoryShare Memory { get; }

    /// <summary>Why it was asked to end; null when it was not.</summary>
    internal ConnectionEnd? Asked => Volatile.Read(ref _askedEnd) is not NotAsked and int asked ? (ConnectionEnd)asked : null;

    /// <summary>Asks the connection to end for a reason of the server's; the first reason counts.</summary>
    internal void Ask(ConnectionEnd end, SocketShutdown how)
    {
        Interlocked.CompareExchange(ref _askedEnd, (int)end, NotAsked);
        Memory.End();
        Transport.Shutdown(how);
    }

    /// <summary>Asks the connection to end once what it is answering has been answered.</summary>
    internal void AskWhenAnswered(ConnectionEnd end)
    {
        Interlocked.CompareExchange(ref _askedEnd, (int)end, NotAsked);
        Memory.End();
        Transport.Wake();
    }

    long IAccepted.HeldBytes => Volatile.Read(ref _isAnswering) ? 0 : Memory.Held;

    void IAccepted.GiveUpMemory() => Ask(ConnectionEnd.HeldTooMuch, SocketShutdown.Both);

    void IAccepted.AskToStop() => AskWhenAnswered(ConnectionEnd.Stopped);

    void IAccepted.Abort()
    {
        Interlocked.Exchange(ref _askedEnd, (int)ConnectionEnd.Aborted);
        Leave();
    }

    // Whoever still does something for this connection stops.
    private void Leave()
    {
        Interlocked.Exchange(ref _hasLeft, 1);
        Memory.End();
        Transport.Abort();
        Interlocked.Exchange(ref _giveUp, null)?.Invoke();
    }

    // Silent, or lingering, for too long.
    void IAccepted.EndWhenOverdue(ProgressClock clock)
    {
        if (Volatile.Read(ref _isAnswering))
        {
            // An answer in the making has limits of its own. Nobody reads meanwhile, and so nobody would notice that the client is gone.
            if (Volatile.Read(ref _giveUp) is not null && Transport.HasFailed()) Leave();
            return;
        }

        long lastProgress = Traffic.LastProgress;
        long repliedAt = Volatile.Read(ref _repliedAt);
        if (repliedAt >= 0)
        {
            bool overdue = clock.IsLongerThan(LingerSilence, lastProgress) || clock.IsLongerThan(LingerAltogether, repliedAt);
            if (overdue) Ask(ConnectionEnd.Replied, SocketShutdown.Both);
        }
        else if (clock.IsIdleSince(lastProgress))
        {
            Ask(ConnectionEnd.Idle, SocketShutdown.Both);
        }
    }

    async Task IAccepted.RunAsync()
    {
        ConnectionEnd end;
        try
        {
            Log.Connected(this);
            await Transport.OpenAsync();
            end = await Options.Conduct.ServeAsync(this);
            if (end is ConnectionEnd.ClientClosed or ConnectionEnd.Cut && Options.Tls is not null) await EndTooAsync();
        }
        catch (TlsException error)
        {
            TlsError = error;
            end = ConnectionEnd.TlsFailed;
        }
        catch (ResponderException error)
        {
            ResponderError = error;
            end = ConnectionEnd.Unanswered;
        }
        catch (MisbehaviourException over)
        {
            end = await MisbehaveAsync(over);
        }
        catch (Exception error) when (error.IsBroken() || error is OperationCanceledException)
        {
            end = ConnectionEnd.Reset;
        }

        if (Options.Statistics) Statistics = TcpStatistics.Of(Transport.Socket);
        Transport.Dispose();
        if (IsAskable(end) && Asked is { } asked) end = asked;
        Memory.End();
        Log.Closed(this, end);
    }

    // A client of TLS may wait to hear that this side ends too (RFC 8446, section 6.1).
    private async Task EndTooAsync()
    {
        try
        {
            await Transport.EndAsync();
        }
        catch (Exception error) when (error.IsBroken())
        {
            // It did not wait.
        }
    }

    // What the server was asked for explains how a connection ended, unless it ended for a reason of its own.
    private static bool IsAskable(ConnectionEnd end) =>
        end is ConnectionEnd.ClientClosed or ConnectionEnd.Cut or ConnectionEnd.Replied or ConnectionEnd.Reset or ConnectionEnd.TlsFailed;

    private async Task<ConnectionEnd> MisbehaveAsync(MisbehaviourException over)
    {
        Traffic.NoteSent(over.Sent);
        try
        {
            if (!over.IsReset) await LingerAsync();
        }
        catch (Exception error) when (error.IsBroken())
        {
            // The client was faster.
        }

        return ConnectionEnd.Misbehaved;
    }

    /// <summary>
    /// Closes our side and reads what still comes until the client closes too: a close with unread bytes would be a
    /// reset, which can destroy the reply on its way (RFC 2525, section 2.17).
    /// </summary>
    internal async Task<ConnectionEnd> LingerAsync()
    {
        Interlocked.CompareExchange(ref _askedEnd, (int)ConnectionEnd.Replied, NotAsked);
        Volatile.Write(ref _repliedAt, _server.Clock.Now);
        await Transport.EndAsync();
        long most = Options.MessageLimit + (Options.KeepOpen ? ReceivedBytes : 0);
        while (ReceivedBytes <= most)
        {
            await Traffic.ReadableAsync();
            byte[] buffer = ArrayPool<byte>.Shared.Rent(Traffic.ReadSize);
            try
            {
                if (await Traffic.ReadAsync(buffer) == 0) return ConnectionEnd.Replied;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        // Who was sent away for another reason is not sent away for what still came.
        return Asked == ConnectionEnd.Replied ? ConnectionEnd.TooLarge : ConnectionEnd.Replied;
    }

    /// <summary>The answer to a message. What the message holds meanwhile cannot be given back.</summary>
    internal async ValueTask<Answer> AnswerAsync(Responder responder, ReadOnlyMemory<byte> message)
    {
        Volatile.Write(ref _isAnswering, true);
        try
        {
            return await responder.AnswerAsync(message, Client, responder.TakesTime ? Patience() : default);
        }
        finally
        {
            Volatile.Write(ref _giveUp, null);
            Traffic.NoteProgress();
            Volatile.Write(ref _isAnswering, false);
        }
    }

    /// <summary>Has whoever does something for this connection called when nobody waits for that any more; null when nobody does.</summary>
    internal void GivesUpBy(Action? leaving)
    {
        Interlocked.Exchange(ref _giveUp, leaving);
        if (Volatile.Read(ref _hasLeft) != 0) leaving?.Invoke();
    }

    // Signalled when nobody waits any more. It has no timer and needs no disposal, which could meet its signal from another thread.
    private CancellationToken Patience()
    {
        var patience = new CancellationTokenSource();
        GivesUpBy(patience.Cancel);
        return patience.Token;
    }

    /// <summary>A message has come.</summary>
    internal void NoteMessage(ReadOnlySpan<byte> message)
    {
        Messages++;
        Log.Received(this, message);
    }

    /// <summary>Nothing more is taken from the client.</summary>
    /// <param name="incomplete">Bytes of a message that has begun.</param>
    /// <param name="failure">Why bytes did not fit the framing, if they did not.</param>
    internal void Note(int incomplete, FramingFailure failure) => (IncompleteBytes, FramingFailure) = (incomplete, failure);
}
