using System.Net;
using Trama.Peers.Replies;

namespace Trama.Peers.Datagrams;

/// <summary>
/// Hears what happens to a server of datagrams. Calls may come at the same time from several threads, so an implementation is
/// quick, safe for threads, and never throws.
/// </summary>
public interface IDatagramLog
{
    /// <summary>The server receives from now on.</summary>
    void Listening(IPEndPoint endpoint);

    /// <summary>A datagram has arrived, about to be answered; its bytes are valid during the call.</summary>
    void Received(IPEndPoint client, ReadOnlySpan<byte> message);

    /// <summary>The system has taken the reply; its bytes are valid during the call.</summary>
    void Replied(IPEndPoint client, ReadOnlySpan<byte> reply);

    /// <summary>There is no answer.</summary>
    void Unanswered(IPEndPoint client, ResponderException error);

    /// <summary>Something is wrong with an answer that is given nevertheless.</summary>
    void Troubled(IPEndPoint client, ResponderException trouble);

    /// <summary>
    /// A client has sent the same datagram a thousand times, one after another: perhaps it is a server too, which answers the answers.
    /// </summary>
    void Repeated(IPEndPoint client);

    /// <summary>The system did not take the reply, which is larger than a datagram, or has no way.</summary>
    void ReplyFailed(IPEndPoint client, string error);

    /// <summary>A datagram of somebody who may not send was passed over (<see cref="DatagramServerOptions.Access"/>).</summary>
    void Refused(IPEndPoint client);

    /// <summary>The server has stopped.</summary>
    void Stopped();
}
