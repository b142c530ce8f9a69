using System.Net.Security;
using System.Net.Sockets;

namespace Trama.Cli.Commands.Running.Intercepting;

/// <summary>TLS of ours with one side of an intercepted connection.</summary>
internal sealed class SecuredSide
{
    private const int BufferBytes = 64 << 10;

    private readonly Socket _socket;
    private readonly PrefixedStream _records;

    /// <summary>Begins; the handshake is still to come.</summary>
    /// <param name="socket">The socket, which stays its owner's.</param>
    /// <param name="read">What was read from it already.</param>
    public SecuredSide(Socket socket, ReadOnlyMemory<byte> read)
    {
        (_socket, _records) = (socket, new PrefixedStream(read, new NetworkStream(socket, ownsSocket: false)));
        Tls = new SslStream(_records);
    }

    /// <summary>The stream.</summary>
    public SslStream Tls { get; }

    /// <summary>Hands what this side says to the other, and its end as it is: one without a closing alert (RFC 8446 section 6.1) may be a
    /// cut, which the other side has to see.</summary>
    public async Task CopyAsync(SecuredSide to, CancellationToken stop)
    {
        byte[] buffer = new byte[BufferBytes];
        while (await Tls.ReadAsync(buffer, stop) is > 0 and int count) await to.Tls.WriteAsync(buffer.AsMemory(0, count), stop);
        // TLS ends before its records do, when it is told to.
        if (!_records.HasEnded) await to.Tls.ShutdownAsync();
        to._socket.Shutdown(SocketShutdown.Send);
    }
}
