using System.Net.Sockets;

namespace Trama.Peers.Transports;

/// <summary>
/// The two streams of a connection as a peer reads and writes them: the socket itself, TLS over it, or either made to
/// misbehave. One may receive and one may send at the same time. Failures are <see cref="SocketException"/>,
/// <see cref="IOException"/> or <see cref="ObjectDisposedException"/>.
/// </summary>
public interface ITransport : IDisposable
{
    /// <summary>The socket below, for its addresses and options.</summary>
    Socket Socket { get; }

    /// <summary>Whether nothing of what is sent goes out, so that whoever sends has not had its say yet.</summary>
    bool IsMute => false;

    /// <summary>
    /// Whether somebody waits for something to receive, and has done with all that was received; false where that is not known.
    /// </summary>
    bool AwaitsMore => false;

    /// <summary>Does what must be done before bytes can flow: the handshake of TLS, nothing for a bare socket.</summary>
    ValueTask OpenAsync();

    /// <summary>Waits until there is something to receive, or the other side has closed; holds no buffer meanwhile.</summary>
    ValueTask ReadableAsync();

    /// <summary>Receives at least one byte; 0 when the other side has ended its stream; after <see cref="Wake"/> it may be -1,
    /// when there is nothing now.</summary>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    /// <summary>
    /// Receives as <see cref="ReceiveAsync"/> does, for one who does not look at the bytes: what the buffer holds afterwards is not said.
    /// </summary>
    ValueTask<int> DiscardAsync(Memory<byte> buffer) => ReceiveAsync(buffer);

    /// <summary>Sends some of the bytes, at least one of them.</summary>
    /// <returns>How many the system took.</returns>
    ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Sends some of what follows in a file without its bytes passing through this process, and moves its position.</summary>
    /// <returns>How many bytes; 0 at the end of the file; -1 when the connection or the file is none for which that is possible.</returns>
    ValueTask<int> SendFileAsync(FileStream file) => new(-1);

    /// <summary>Ends our stream after what was sent; the other side's goes on.</summary>
    ValueTask EndAsync();

    /// <summary>Whoever waits in <see cref="ReadableAsync"/> goes on, though there is nothing to receive; from any thread.
    /// Unlike a shutdown it leaves the other side free to send, which a closing connection would answer with a reset.</summary>
    void Wake();

    /// <summary>Ends streams at once, from any thread; who waits for them is woken.</summary>
    void Shutdown(SocketShutdown how);

    /// <summary>Resets the connection, from any thread; who waits for it is woken.</summary>
    void Abort();
}
