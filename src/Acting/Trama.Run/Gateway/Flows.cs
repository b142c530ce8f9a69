using System.Net;
using Trama.Namespaces;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Run.Native;

namespace Trama.Run.Gateway;

/// <summary>All that the command says without a connection: by UDP, and by ICMP echo.</summary>
/// <param name="sockets">The sockets of the command's network.</param>
/// <param name="link">The way to it.</param>
/// <param name="readiness">Tells which socket can go on.</param>
internal sealed class Flows(InsideSockets sockets, InsideLink link, Readiness readiness) : IDisposable
{
    private const int MostFlows = 1024;
    private const long FreshNs = 1_000_000_000;

    private static readonly IpAddress Own = IpAddress.FromBytes(Addresses.Ipv6.GetAddressBytes());

    private readonly Dictionary<(Endpoint, Endpoint, bool IsEcho), Flow> _flows = [];
    private readonly Dictionary<long, Flow> _byTag = [];
    private readonly Dictionary<Endpoint, long> _withinUntil = [];

    /// <summary>The command sent a packet that is no segment.</summary>
    public void Take(ReadOnlySpan<byte> packet, ref long lastTag)
    {
        if (Datagram.TryRead(packet, out Datagram datagram))
        {
            if (IsWithin(datagram)) link.Return(packet);
            else Of((datagram.Source, datagram.Destination, false), Datagrams.Open, datagram, packet, ref lastTag)
                ?.Hear(datagram.Payload, packet);
        }
        else if (DestinationOf(packet) is var destination && (link.IsLoopback(destination) || destination.Equals(Own)))
        {
            // An echo, or an error of what a program within said to another.
            link.Return(packet);
        }
        else if (Echo.TryRead(packet, out Echo echo))
        {
            (Endpoint client, Endpoint server) = Echoes.Ends(echo);
            Of((client, server, true), Echoes.Open, echo, packet, ref lastTag)?.Hear(echo.Message, packet);
        }
    }

    /// <summary>The socket with this tag can go on.</summary>
    public void Notice(long tag, byte[] scratch)
    {
        if (_byTag.TryGetValue(tag, out Flow? flow)) flow.Notice(scratch);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Flow flow in _flows.Values) flow.Dispose();
    }

    private delegate Flow? Opening<T>(InsideLink link, in T first, ReadOnlySpan<byte> packet) where T : allows ref struct;

    private Flow? Of<T>((Endpoint, Endpoint, bool) key, Opening<T> open, in T first, ReadOnlySpan<byte> packet, ref long lastTag)
        where T : allows ref struct
    {
        if (_flows.TryGetValue(key, out Flow? flow)) return flow;
        if (_flows.Count >= MostFlows / 2) ForgetIdle();
        if (_flows.Count >= MostFlows || open(link, first, packet) is not { } made) return null;
        _flows[key] = _byTag[++lastTag] = made;
        readiness.Watch(made.Socket.SafeHandle, lastTag);
        return made;
    }

    // At a loopback address it is a program within that hears it, if one has that port; else this machine's.
    private bool IsWithin(in Datagram datagram)
    {
        // What goes to the command's own address comes here only as an answer of ::1 (see Ipv6Loopback).
        if (datagram.Destination.Address.Equals(Own)) return true;
        if (!link.IsLoopback(datagram.Destination.Address)) return false;
        if (_flows.ContainsKey((datagram.Source, datagram.Destination, false))) return false;
        long now = Clock.Now;
        if (_withinUntil.TryGetValue(datagram.Destination, out long until) && now < until) return true;
        byte[] bytes = new byte[datagram.Destination.Address.IsIpv6 ? 16 : 4];
        datagram.Destination.Address.WriteBytes(bytes);
        if (!sockets.HasDatagrams(new IPEndPoint(new IPAddress(bytes), datagram.Destination.Port))) return false;
        if (_withinUntil.Count >= MostFlows) _withinUntil.Clear();
        // Who sends is within, too, and is answered there.
        _withinUntil[datagram.Destination] = _withinUntil[datagram.Source] = now + FreshNs;
        return true;
    }

    private static IpAddress DestinationOf(ReadOnlySpan<byte> packet) =>
        Ipv4Header.TryParse(packet, out Ipv4Header four) == Packets.ParseStatus.Complete ? four.Destination
        : Ipv6Header.TryParse(packet, out Ipv6Header six) == Packets.ParseStatus.Complete ? six.Destination : default;

    private void ForgetIdle()
    {
        long now = Clock.Now;
        foreach ((long tag, Flow flow) in _byTag.Where(pair => pair.Value.IsIdle(now)).ToArray())
        {
            _byTag.Remove(tag);
            _flows.Remove((flow.Client, flow.Server, flow is Echoes));
            flow.Dispose();
        }
    }
}
