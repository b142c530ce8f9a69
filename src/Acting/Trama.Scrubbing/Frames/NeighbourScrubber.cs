using Trama.Scrubbing.Mapping;

namespace Trama.Scrubbing.Frames;

/// <summary>Scrubs how hosts find each other's devices: ARP (RFC 826) and the neighbour discovery of IPv6 (RFC 4861).</summary>
internal sealed class NeighbourScrubber(ScrubKey key, AddressMap addresses)
{
    private const int ArpHeader = 8, OptionUnit = 8, Ipv6Length = 16;
    private const byte RouterSolicitation = 133, RouterAdvertisement = 134, NeighbourSolicitation = 135, Redirect = 137;
    private const byte SourceOption = 1, TargetOption = 2, PrefixOption = 3, MtuOption = 5;

    /// <summary>Scrubs what follows ARP's type.</summary>
    public void ScrubArp(Span<byte> packet)
    {
        if (packet.Length < ArpHeader || packet[4] is 0 or > 20 || packet[5] != sizeof(uint)) key.Replace(packet);
        else
        {
            int hardware = packet[4];
            Span<byte> rest = packet[ArpHeader..];
            for (int party = 0; party < 2 && rest.Length >= hardware + sizeof(uint); party++)
            {
                addresses.MapHardware(rest[..hardware]);
                addresses.Map(rest.Slice(hardware, sizeof(uint)));
                rest = rest[(hardware + sizeof(uint))..];
            }

            key.Replace(rest);
        }
    }

    /// <summary>Scrubs a message of ICMPv6 that is about neighbours.</summary>
    /// <returns>False when it is none.</returns>
    public bool TryScrub(Span<byte> message)
    {
        if (message.Length < 8 || message[0] is < RouterSolicitation or > Redirect) return false;
        int at = message[0] switch { RouterSolicitation => 8, RouterAdvertisement => 16, Redirect => 40, _ => 24 };
        int targets = message[0] switch { >= NeighbourSolicitation and < Redirect => 1, Redirect => 2, _ => 0 };
        for (int target = 0; target < targets && message.Length >= 8 + (target + 1) * Ipv6Length; target++)
            addresses.Map(message.Slice(8 + target * Ipv6Length, Ipv6Length));
        while (at + OptionUnit <= message.Length && message[at + 1] > 0)
        {
            int length = Math.Min(message[at + 1] * OptionUnit, message.Length - at);
            Span<byte> option = message.Slice(at, length);
            if (option[0] is SourceOption or TargetOption && length == OptionUnit) addresses.MapHardware(option[2..]);
            else if (option[0] == PrefixOption && length == 4 * OptionUnit) addresses.Map(option[Ipv6Length..]);
            else if (option[0] != MtuOption) key.Replace(option[2..]);
            at += length;
        }

        if (at < message.Length) key.Replace(message[at..]);
        return true;
    }
}
