using Trama.Packets.Network;

namespace Trama.Dump.Protocols.Application.Isakmp;

/// <summary>Who began the latest key exchanges, by the initiator's cookie. As many are remembered as tcpdump remembers.</summary>
internal sealed class IsakmpInitiators
{
    private const int Capacity = 20;

    private readonly Entry[] _entries = new Entry[Capacity];
    private int _next;

    /// <summary>Remembers the sender of a first packet, and forgets the oldest.</summary>
    public void Add(ulong cookie, IpEnvelope ip)
    {
        _entries[_next] = new Entry(cookie, IpAddress.FromBytes(ip.Source), IpAddress.FromBytes(ip.Destination), IsKnown: true);
        _next = (_next + 1) % Capacity;
    }

    /// <summary>
    /// What the sender of a packet is: <c>I</c>, <c>R</c>, or <c>?</c> when it is neither; false when nothing is known of the exchange.
    /// </summary>
    public bool TryFind(ulong cookie, IpEnvelope ip, out char role)
    {
        foreach ((ulong known, IpAddress initiator, IpAddress responder, bool isKnown) in _entries)
        {
            if (!isKnown || known != cookie) continue;
            IpAddress source = IpAddress.FromBytes(ip.Source), destination = IpAddress.FromBytes(ip.Destination);
            role = source == initiator && destination == responder ? 'I' : source == responder && destination == initiator ? 'R' : '?';
            return true;
        }

        role = '?';
        return false;
    }

    private readonly record struct Entry(ulong Cookie, IpAddress Initiator, IpAddress Responder, bool IsKnown);
}
