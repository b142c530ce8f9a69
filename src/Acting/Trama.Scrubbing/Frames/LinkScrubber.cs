using System.Buffers.Binary;
using Trama.Packets;
using Trama.Packets.Link;
using Trama.Scrubbing.Mapping;

namespace Trama.Scrubbing.Frames;

/// <summary>Replaces the addresses of devices in the headers of a record's outermost layer, and what else says who sent it.</summary>
internal sealed class LinkScrubber(ScrubKey key, AddressMap addresses)
{
    private const int AddressLength = EthernetHeader.AddressLength;

    /// <summary>Scrubs what stands before the first layer that is walked through.</summary>
    public void Scrub(LinkType type, Span<byte> bytes)
    {
        switch (type)
        {
            case LinkType.LinuxSll when bytes.Length >= CookedHeader.Length:
                addresses.MapHardware(bytes.Slice(CookedHeader.AddressAt, AddressLength));
                key.Replace(bytes.Slice(CookedHeader.AddressAt + AddressLength, 2));
                break;
            case LinkType.LinuxSll2 when bytes.Length >= CookedHeader2.Length:
                addresses.MapHardware(bytes.Slice(CookedHeader2.AddressAt, AddressLength));
                key.Replace(bytes.Slice(CookedHeader2.AddressAt + AddressLength, 2));
                break;
            case LinkType.Fddi when bytes.Length >= FddiHeader.Length:
                addresses.MapHardware(bytes.Slice(FddiHeader.DestinationAt, AddressLength));
                addresses.MapHardware(bytes.Slice(FddiHeader.DestinationAt + AddressLength, AddressLength));
                break;
            case LinkType.IpOverInfiniband when bytes.Length >= InfinibandHeader.Length:
                key.Replace(bytes[..20]);
                key.Replace(bytes[20..40]);
                break;
            case LinkType.Ieee80211:
                ScrubWireless(bytes);
                break;
            case LinkType.Radiotap when RadiotapHeader.TryParse(bytes, out RadiotapHeader header) == ParseStatus.Complete:
                ScrubWireless(bytes[header.Length..], (header.Flags & RadiotapHeader.IsPadded) != 0);
                break;
            case LinkType.Nflog:
                ScrubAttributes(bytes);
                break;
        }
    }

    /// <summary>Scrubs the addresses of a frame of Ethernet.</summary>
    public void ScrubEthernet(Span<byte> frame)
    {
        if (frame.Length < 2 * AddressLength) return;
        addresses.MapHardware(frame[..AddressLength]);
        addresses.MapHardware(frame.Slice(AddressLength, AddressLength));
    }

    /// <summary>Scrubs the addresses of a frame of IEEE 802.11.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="isPadded">Whether its header is filled up to a multiple of four bytes.</param>
    public void ScrubWireless(Span<byte> frame, bool isPadded = false)
    {
        const int FirstAt = 4, SequenceLength = 2;
        if (WirelessHeader.TryParse(frame, out WirelessHeader header) != ParseStatus.Complete) return;
        for (int at = FirstAt; at < FirstAt + 3 * AddressLength; at += AddressLength)
            addresses.MapHardware(frame.Slice(at, AddressLength));
        int fourth = FirstAt + 3 * AddressLength + SequenceLength;
        if (header.Length >= fourth + AddressLength) addresses.MapHardware(frame.Slice(fourth, AddressLength));
        // Of several frames in one, each has its own two addresses; the first is read on, the others are replaced whole.
        Span<byte> body = frame[Math.Min(isPadded ? header.Length + 3 & ~3 : header.Length, frame.Length)..];
        if (header is { HasSeveral: true, IsProtected: false }) ScrubEthernet(body);
    }

    // Users, devices and what an administrator wrote; only the packet's own attribute is walked through.
    private void ScrubAttributes(Span<byte> bytes)
    {
        int at = NflogHeader.Length;
        while (at + NflogHeader.AttributeHeaderLength <= bytes.Length)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
            int type = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
            if (type > byte.MaxValue)
            {
                length = BinaryPrimitives.ReverseEndianness((ushort)length);
                type = BinaryPrimitives.ReverseEndianness((ushort)type);
            }

            if (length < NflogHeader.AttributeHeaderLength) return;
            int from = at + NflogHeader.AttributeHeaderLength;
            if (type != NflogHeader.Payload) key.Replace(bytes[from..Math.Min(at + length, bytes.Length)]);
            at += length + NflogHeader.Alignment - 1 & -NflogHeader.Alignment;
        }
    }
}
