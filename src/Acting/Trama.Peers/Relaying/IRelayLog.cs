using System.Net;
using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Sending;

namespace Trama.Peers.Relaying;

/// <summary>
/// Hears what happens to a relay. Calls of one direction of a connection come in order; others come at the same time, from
/// the threads that move the bytes, so an implementation is quick, safe for threads, and never throws.
/// </summary>
public interface IRelayLog
{
    /// <summary>The relay listens.</summary>
    void Listening(IPEndPoint endpoint);

    /// <summary>A client has connected.</summary>
    void Accepted(RelayConnection connection);

    /// <summary>A target could not be reached; the next one is tried.</summary>
    void TargetFailed(RelayConnection connection, RelayTarget target, ClientException failure);

    /// <summary>A target was reached; <see cref="RelayConnection.Target"/> is known from now on.</summary>
    void Connected(RelayConnection connection);

    /// <summary>
    /// Bytes came and are about to be passed on; they are valid until the returned task completes, which may wait: nothing more of
    /// this direction is read until then.
    /// </summary>
    ValueTask RelayingAsync(RelayConnection connection, Direction direction, ReadOnlyMemory<byte> bytes);

    /// <summary>The receiver of a direction does not take at once what was said, or not all of it.</summary>
    void Stalled(RelayConnection connection, Direction direction);

    /// <summary>After <see cref="Stalled"/>: it has taken more.</summary>
    void Resumed(RelayConnection connection, Direction direction);

    /// <summary>The sender of a direction has closed it, which is about to be passed on.</summary>
    void Finished(RelayConnection connection, Direction direction);

    /// <summary>The connection is over; its counters are final.</summary>
    void Closed(RelayConnection connection, RelayEnd end);

    /// <summary>A connection could not be accepted; the relay backs off for a moment and goes on.</summary>
    void AcceptFailed(SocketError error);
}
