using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Trama.Packets.Transport;

namespace Trama.Run.Gateway;

/// <summary>The real socket of a connection: never waits, and knows how far the far side is.</summary>
internal sealed class FarSocket : IDisposable
{
    private const int TcpLevel = 6, TcpInfo = 11, SocketLevel = 1, ErrorOption = 4;

    // struct tcp_info of linux/tcp.h.
    private const int RoundTripAt = 68, RetransmittedAt = 100, AcknowledgedAt = 120, ReceivedAt = 128, LeastRoundTripAt = 148, SentAt = 156,
        OutOfOrderAt = 224, WindowAt = 228, InfoLength = 232;

    // errno(3) of those failures that a client can be told of.
    private const int NotPermitted = 1, AccessDenied = 13, SystemFull = 23, ProcessFull = 24, BrokenPipe = 32, NetworkUnreachable = 101,
        Reset = 104, TimedOut = 110, Refused = 111, HostUnreachable = 113;

    // How often a closed window is asked about, in seconds, and how long an answer may fail to come.
    private const int AskEvery = 1, MostUnanswered = 127;

    // TLS may begin behind a few words in the clear (STARTTLS, a proxy); deep within a stream it does not.
    private const int MostBefore = 64 << 10;

    private readonly byte[] _info = new byte[InfoLength];
    private readonly List<SaidBefore> _before = [];

    // The kernel counts the SYN of a connection that it opened, and not that of one that it accepted.
    private readonly int _uncounted;
    private bool _isTakenOver, _isAsking;
    private long _sentBefore;

    /// <summary>Takes over a socket.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="isAccepted">Whether the far side opened the connection.</param>
    public FarSocket(Socket socket, bool isAccepted)
    {
        Socket = socket;
        _uncounted = isAccepted ? 1 : 0;
        socket.Blocking = false;
        socket.NoDelay = true;
    }

    /// <summary>The socket.</summary>
    public Socket Socket { get; private set; }

    /// <summary>Takes over the socket when what is sent may begin TLS.</summary>
    public Interceptor? Intercept { get; init; }

    /// <summary>Whether somebody took the socket over, so that another is to be watched; true once.</summary>
    public bool IsReplaced
    {
        get => field && !(field = false);
        private set;
    }

    /// <summary>The bytes that the far side acknowledged, and 1 for the SYN; as of the last <see cref="Look"/>.</summary>
    public long Acknowledged => _uncounted + (_isTakenOver ? _sentBefore : 0)
        + BinaryPrimitives.ReadInt64LittleEndian(_info.AsSpan(AcknowledgedAt));

    /// <summary>The window that the far side announces, in bytes.</summary>
    public long Window => Number(WindowAt);

    /// <summary>Starts to connect.</summary>
    /// <returns>How it ended at once, if so.</returns>
    public static FarSocket? Connect(in Endpoint to, Interceptor? intercept, out Refusal refusal)
    {
        refusal = Refusal.None;
        byte[] address = new byte[to.Address.IsIpv6 ? 16 : 4];
        to.Address.WriteBytes(address);
        FarSocket? far = null;
        try
        {
            far = new FarSocket(new Socket(to.Address.IsIpv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork,
                SocketType.Stream, ProtocolType.Tcp), isAccepted: false)
            { Intercept = intercept };
            far.Socket.Connect(new IPEndPoint(new IPAddress(address), to.Port));
            return far;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            return far;
        }
        catch (SocketException error)
        {
            refusal = RefusalOf(error.NativeErrorCode);
            far?.Dispose();
            return null;
        }
    }

    /// <summary>Whether the far side is known to have reset the connection.</summary>
    public bool WasReset { get; private set; }

    /// <summary>How a connection attempt, or the connection, failed.</summary>
    public Refusal Failure()
    {
        if (WasReset) return Refusal.Reset;
        Span<byte> number = stackalloc byte[4];
        Socket.GetRawSocketOption(SocketLevel, ErrorOption, number);
        return RefusalOf(BinaryPrimitives.ReadInt32LittleEndian(number));
    }

    /// <summary>Asks the kernel how far the far side is.</summary>
    public void Look()
    {
        if (Socket.GetRawSocketOption(TcpLevel, TcpInfo, _info) < InfoLength)
            BinaryPrimitives.WriteUInt32LittleEndian(_info.AsSpan(WindowAt), ushort.MaxValue);
        bool isClosed = Window == 0 && BinaryPrimitives.ReadInt64LittleEndian(_info.AsSpan(AcknowledgedAt)) > 0;
        if (isClosed != _isAsking) AskForWindow(_isAsking = isClosed);
    }

    /// <summary>Sends what the kernel takes.</summary>
    /// <returns>How much that is.</returns>
    public int Send(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return 0;
        bool isAsked = Intercept is not null && !_isTakenOver && _sentBefore <= MostBefore;
        if (isAsked && TlsBeginning.Is(bytes, isFirst: _sentBefore == 0)) Replace(Intercept!);
        int sent = Socket.Send(bytes, SocketFlags.None, out SocketError error);
        // The kernel tells a reset once, to whoever asks first.
        WasReset |= error is SocketError.ConnectionReset or SocketError.Shutdown;
        if (error != SocketError.Success) return 0;
        if (isAsked && !_isTakenOver) Remember(bytes[..sent]);
        return sent;
    }

    /// <summary>What the real path was like; null when the connection was taken over.</summary>
    public PathNote? Note(in Endpoint client, in Endpoint server, long beganAt)
    {
        if (_isTakenOver) return null;
        if (!Socket.SafeHandle.IsClosed) Look();
        return new PathNote(client, server)
        {
            BeganAt = beganAt,
            RoundTrip = TimeSpan.FromMicroseconds(Number(RoundTripAt)),
            LeastRoundTrip = TimeSpan.FromMicroseconds(Number(LeastRoundTripAt)),
            Sent = Number(SentAt),
            Retransmitted = Number(RetransmittedAt),
            OutOfOrder = Number(OutOfOrderAt),
        };
    }

    /// <summary>Aborts the connection: the far side gets a reset.</summary>
    public void Abort()
    {
        Look();
        Socket.LingerState = new LingerOption(true, 0);
        Socket.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => Socket.Dispose();

    // The command is kept from sending what has no room there, so the kernel has nothing to probe a closed window with: were the word
    // that it opened lost, both sides would wait for ever. A keep-alive probe has the form of a window probe.
    private void AskForWindow(bool isClosed)
    {
        Socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, isClosed);
        if (!isClosed) return;
        Socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, AskEvery);
        Socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, AskEvery);
        Socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, MostUnanswered);
    }

    private void Remember(ReadOnlySpan<byte> bytes)
    {
        Look();
        _before.Add(new SaidBefore(BinaryPrimitives.ReadInt64LittleEndian(_info.AsSpan(ReceivedAt)), bytes.ToArray()));
        _sentBefore += bytes.Length;
        if (_sentBefore > MostBefore) _before.Clear();
    }

    private void Replace(Interceptor intercept)
    {
        try
        {
            if (Socket.RemoteEndPoint is not IPEndPoint server) return;
            Look();
            Socket = intercept(Socket, server, _before, BinaryPrimitives.ReadInt64LittleEndian(_info.AsSpan(ReceivedAt)));
        }
        catch (SocketException)
        {
            // It is over already, or there is no room for more sockets: it goes on as it is.
            return;
        }

        Socket.Blocking = false;
        Socket.NoDelay = true;
        _isTakenOver = IsReplaced = true;
    }

    private uint Number(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_info.AsSpan(at));

    private static Refusal RefusalOf(int error) => error switch
    {
        0 => Refusal.None,
        Refused or Reset or BrokenPipe => Refusal.Reset,
        NetworkUnreachable => Refusal.NetworkUnreachable,
        HostUnreachable => Refusal.HostUnreachable,
        NotPermitted or AccessDenied => Refusal.Prohibited,
        // Without a handle left nothing can be asked of the far side now; the command's kernel will try again.
        TimedOut or ProcessFull or SystemFull => Refusal.Silence,
        _ => Refusal.NetworkUnreachable,
    };
}
