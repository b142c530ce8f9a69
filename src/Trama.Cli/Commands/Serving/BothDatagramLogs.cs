using System.Net;
using Trama.Peers.Datagrams;
using Trama.Peers.Replies;

namespace Trama.Cli.Commands.Serving;

/// <summary>Tells two logs: what people see, and the record.</summary>
internal sealed class BothDatagramLogs(IDatagramLog one, IDatagramLog other) : IDatagramLog
{
    /// <inheritdoc/>
    public void Listening(IPEndPoint endpoint) => Tell(log => log.Listening(endpoint));

    /// <inheritdoc/>
    public void Received(IPEndPoint client, ReadOnlySpan<byte> message)
    {
        one.Received(client, message);
        other.Received(client, message);
    }

    /// <inheritdoc/>
    public void Replied(IPEndPoint client, ReadOnlySpan<byte> reply)
    {
        one.Replied(client, reply);
        other.Replied(client, reply);
    }

    /// <inheritdoc/>
    public void Unanswered(IPEndPoint client, ResponderException error) => Tell(log => log.Unanswered(client, error));

    /// <inheritdoc/>
    public void Troubled(IPEndPoint client, ResponderException trouble) => Tell(log => log.Troubled(client, trouble));

    /// <inheritdoc/>
    public void Repeated(IPEndPoint client) => Tell(log => log.Repeated(client));

    /// <inheritdoc/>
    public void ReplyFailed(IPEndPoint client, string error) => Tell(log => log.ReplyFailed(client, error));

    /// <inheritdoc/>
    public void Refused(IPEndPoint client) => Tell(log => log.Refused(client));

    /// <inheritdoc/>
    public void Stopped() => Tell(log => log.Stopped());

    private void Tell(Action<IDatagramLog> what)
    {
        what(one);
        what(other);
    }
}
