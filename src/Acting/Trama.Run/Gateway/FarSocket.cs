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
    private const int RoundTripAt = 68, RetransmittedAt = 100, AcknowledgedAt = 120, WindowAt = 228, InfoLength = 232;

    // errno(3) of those failures that a client can be told of.
    private const int NotPermitted = 1, AccessDenied = 13, SystemFull = 23, ProcessFull = 24, BrokenPipe = 32, NetworkUnreachable = 101,
        Reset = 104, TimedOut = 110, Refused = 111, HostUnreachable = 113;

    private readonly byte[] _info = new byte[InfoLength];

    // The kernel counts the SYN of a connection that it opened, and not that of one that it accepted.
    private readonly int _uncounted;

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
    public Socket Socket { get; }

    /// <summary>The bytes that the far side acknowledged, and 1 for the SYN; as of the last <see cref="Look"/>.</summary>
    public long Acknowledged => _uncounted + BinaryPrimitives.ReadInt64LittleEndian(_info.AsSpan(AcknowledgedAt));

    /// <summary>The window that the far side announces, in bytes.</summary>
    public long Window => BinaryPrimitives.ReadUInt32LittleEndian(_info.AsSpan(WindowAt));

    /// <summary>Starts to connect.</summary>
    /// <returns>How it ended at once, if so.</returns>
    public static FarSocket? Connect(in Endpoint to, out Refusal refusal)
    {
        refusal = Refusal.None;
        byte[] address = new byte[to.Address.IsIpv6 ? 16 : 4];
        to.Address.WriteBytes(address);
        FarSocket? far = null;
        try
        {
            far = new FarSocket(new Socket(to.Address.IsIpv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork,
                SocketType.Stream, ProtocolType.Tcp), isAccepted: false);
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
    }

    /// <summary>Sends what the kernel takes.</summary>
    /// <returns>How much that is.</returns>
    public int Send(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return 0;
        int sent = Socket.Send(bytes, SocketFlags.None, out SocketError error);
        // The kernel tells a reset once, to whoever asks first.
        WasReset |= error is SocketError.ConnectionReset or SocketError.Shutdown;
        return error == SocketError.Success ? sent : 0;
    }

    /// <summary>What the real path was like; null when the connection was aborted from here.</summary>
    public PathNote? Note(in Endpoint client, in Endpoint server)
    {
        if (Socket.SafeHandle.IsClosed) return null;
        Look();
        return new PathNote(client, server, TimeSpan.FromMicroseconds(RoundTripMicroseconds), Retransmitted);
    }

    /// <summary>Aborts the connection: the far side gets a reset.</summary>
    public void Abort()
    {
        Socket.LingerState = new LingerOption(true, 0);
        Socket.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => Socket.Dispose();

    // The smoothed round-trip time.
    private uint RoundTripMicroseconds => BinaryPrimitives.ReadUInt32LittleEndian(_info.AsSpan(RoundTripAt));

    // How many segments were sent once more.
    private uint Retransmitted => BinaryPrimitives.ReadUInt32LittleEndian(_info.AsSpan(RetransmittedAt));

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
