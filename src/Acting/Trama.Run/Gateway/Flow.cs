using System.Net;
using System.Net.Sockets;
using Trama.Namespaces;
using Trama.Packets.Building;
using Trama.Packets.Transport;
using Trama.Run.Native;

namespace Trama.Run.Gateway;

/// <summary>What the command says without a connection from one place to one other, continued by a real socket.</summary>
internal abstract class Flow(InsideLink link, Endpoint client, Endpoint server, Socket socket) : IDisposable
{
    // RFC 4787 section 4.3 has two minutes for the least.
    private const long IdleNs = 120_000_000_000;

    private byte[] _last = [];
    private long _usedAt;

    /// <summary>The command's end.</summary>
    public Endpoint Client => client;

    /// <summary>The other end.</summary>
    public Endpoint Server => server;

    /// <summary>The real socket.</summary>
    public Socket Socket => socket;

    /// <summary>The way to the command's network.</summary>
    protected InsideLink Link => link;

    /// <summary>Whether it may go at that time.</summary>
    public bool IsIdle(long now) => now - _usedAt > IdleNs;

    /// <summary>The command sent a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="packet">The packet that it came in.</param>
    public void Hear(ReadOnlySpan<byte> message, ReadOnlySpan<byte> packet)
    {
        _usedAt = Clock.Now;
        Told(message, isFromServer: false);
        // What the far side said of the one before is told first.
        if (Send(message) is not SocketError.Success and var error && Refuse(error)) Send(message);
        _last = packet[..Math.Min(packet.Length, 128)].ToArray();
    }

    /// <summary>The far side answered, or refuses.</summary>
    public void Notice(byte[] scratch)
    {
        while (true)
        {
            int count = socket.Receive(scratch.AsSpan(0, ushort.MaxValue - 128), SocketFlags.None, out SocketError error);
            if (error != SocketError.Success)
            {
                if (Refuse(error)) continue;
                return;
            }

            _usedAt = Clock.Now;
            Told(scratch.AsSpan(0, count), isFromServer: true);
            Answer(scratch.AsSpan(0, count));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    /// <summary>Makes a socket that speaks to one place.</summary>
    /// <param name="server">The place.</param>
    /// <param name="protocol">The protocol.</param>
    /// <param name="error">Why there is none.</param>
    protected static Socket? Connect(in Endpoint server, ProtocolType protocol, out SocketError error)
    {
        bool isIpv6 = server.Address.IsIpv6;
        byte[] address = new byte[isIpv6 ? 16 : 4];
        server.Address.WriteBytes(address);
        Socket? socket = null;
        error = SocketError.Success;
        try
        {
            socket = new Socket(isIpv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Dgram, protocol)
            {
                Blocking = false,
            };
            ErrorQueue.Ask(socket);
            socket.Connect(new IPEndPoint(new IPAddress(address), server.Port));
            return socket;
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            error = failure.SocketErrorCode;
            return null;
        }
    }

    /// <summary>Tells the command that there is no way.</summary>
    protected static void TellUnreachable(InsideLink link, in Endpoint server, ReadOnlySpan<byte> packet, Refusal refusal) =>
        link.Send(UnreachableMessage.Of(refusal == Refusal.Reset ? server.Address : Unreachable.Reporter(server.Address), packet,
            Unreachable.Code(refusal, server.Address.IsIpv6)));

    /// <summary>Takes note of a message.</summary>
    protected virtual void Told(ReadOnlySpan<byte> message, bool isFromServer)
    {
    }

    /// <summary>Hands the command what the far side said.</summary>
    protected abstract void Answer(Span<byte> message);

    private SocketError Send(ReadOnlySpan<byte> message)
    {
        socket.Send(message, SocketFlags.None, out SocketError error);
        return error;
    }

    // Whether it was the far side's, or the way's, which is passed on.
    private bool Refuse(SocketError error)
    {
        Refusal refusal = error switch
        {
            SocketError.ConnectionRefused => Refusal.Reset,
            SocketError.HostUnreachable or SocketError.HostDown => Refusal.HostUnreachable,
            SocketError.NetworkUnreachable => Refusal.NetworkUnreachable,
            SocketError.AccessDenied => Refusal.Prohibited,
            _ => Refusal.None,
        };
        if (refusal == Refusal.None) return false;
        ErrorQueue.Drain(socket);
        if (_last.Length > 0) TellUnreachable(link, server, _last, refusal);
        return true;
    }
}
