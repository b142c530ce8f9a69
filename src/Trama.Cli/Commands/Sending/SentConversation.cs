using System.Net;
using Trama.Captures.Synthetic;
using Trama.Packets;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Peers.Sending;

namespace Trama.Cli.Commands.Sending;

/// <summary>A client's connections, one after another, as packets that could have carried what it said and heard.</summary>
/// <param name="capture">Takes the packets.</param>
/// <param name="time">The clock.</param>
internal sealed class SentConversation(SyntheticCapture capture, TimeProvider time)
{
    private readonly Lock _telling = new();
    private SyntheticConversation? _conversation;
    private Timestamp _askedAt;
    private Timestamp _last;

    /// <summary>A connection is asked for.</summary>
    public void Asking()
    {
        lock (_telling) _askedAt = Now();
    }

    /// <summary>It is there.</summary>
    public void Connected(Client client)
    {
        lock (_telling)
        {
            System.Net.Sockets.Socket socket = client.Transport.Socket;
            _conversation = Begin(socket.LocalEndPoint as IPEndPoint, socket.RemoteEndPoint as IPEndPoint);
            Timestamp now = Now();
            _conversation?.Ask(_askedAt);
            _conversation?.Accept(now, now);
        }
    }

    /// <summary>It was refused, or nobody answered.</summary>
    /// <param name="server">Whom it was asked of.</param>
    /// <param name="isRefused">Whether it was refused.</param>
    public void Failed(IPEndPoint server, bool isRefused)
    {
        lock (_telling)
        {
            bool isIpv6 = server.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
            // The system gave the client a port, and took it back.
            SyntheticConversation? failed = Begin(new IPEndPoint(isIpv6 ? IPAddress.IPv6Any : IPAddress.Any, IPEndPoint.MaxPort), server);
            failed?.Ask(_askedAt);
            if (isRefused) failed?.Refuse(Now());
            else failed?.Ask(Now());
        }
    }

    /// <summary>One side says something.</summary>
    public void Say(bool byClient, ReadOnlySpan<byte> bytes)
    {
        lock (_telling) _conversation?.Say(byClient, bytes, Now());
    }

    /// <summary>The connection is over.</summary>
    /// <param name="isReset">Whether the server reset it.</param>
    /// <param name="byServer">Whether the server closed it first.</param>
    public void Closed(bool isReset, bool byServer)
    {
        lock (_telling)
        {
            if (isReset)
            {
                _conversation?.Reset(byClient: false, Now());
            }
            else
            {
                // Who listened has taken what was said before the other one closes.
                if (_conversation?.HasAcknowledged(byServer) == false) _conversation.Acknowledge(byServer, Now());
                _conversation?.Finish(!byServer, Now());
                _conversation?.Finish(byServer, Now());
            }

            _conversation = null;
        }
    }

    private SyntheticConversation? Begin(IPEndPoint? client, IPEndPoint? server) =>
        client is null || server is null ? null : capture.Begin(Of(client), Of(server));

    // A clock that is set must not make packets go back in time.
    private Timestamp Now()
    {
        var now = new Timestamp((time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
        return _last = now < _last ? _last : now;
    }

    private static Endpoint Of(IPEndPoint endpoint) => new(IpAddress.FromBytes(endpoint.Address.GetAddressBytes()), (ushort)endpoint.Port);
}
