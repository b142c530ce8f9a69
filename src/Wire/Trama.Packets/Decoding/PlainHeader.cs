using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Trama.Packets.Link;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Packets.Decoding;

/// <summary>The headers of Ethernet, IPv4 and TCP, all without options, as they lie one behind the other: one look at the length for all
/// of their fields.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
internal readonly struct PlainHeader
{
    /// <summary>The length of the three, in bytes.</summary>
    public const int Length = TcpAt + TcpHeader.MinimumLength;

    private const int IpAt = EthernetHeader.Length;
    private const int TcpAt = IpAt + Ipv4Header.MinimumLength;

    [FieldOffset(EthernetHeader.TypeAt)]
    private readonly uint _type;

    [FieldOffset(IpAt + Ipv4Header.TotalLengthAt)]
    private readonly ushort _totalLength;

    [FieldOffset(IpAt + Ipv4Header.IdentificationAt)]
    private readonly ushort _identification;

    [FieldOffset(IpAt + Ipv4Header.FragmentAt)]
    private readonly ushort _fragment;

    [FieldOffset(IpAt + Ipv4Header.SourceAt)]
    private readonly uint _source;

    [FieldOffset(IpAt + Ipv4Header.DestinationAt)]
    private readonly uint _destination;

    [FieldOffset(TcpAt + TcpHeader.SourcePortAt)]
    private readonly ushort _sourcePort;

    [FieldOffset(TcpAt + TcpHeader.DestinationPortAt)]
    private readonly ushort _destinationPort;

    [FieldOffset(TcpAt + TcpHeader.SequenceAt)]
    private readonly uint _sequence;

    [FieldOffset(TcpAt + TcpHeader.AcknowledgementAt)]
    private readonly uint _acknowledgement;

    [FieldOffset(TcpAt + TcpHeader.OffsetAndFlagsAt)]
    private readonly ushort _offsetAndFlags;

    [FieldOffset(TcpAt + TcpHeader.WindowAt)]
    private readonly ushort _window;

    [FieldOffset(TcpAt + TcpHeader.ChecksumAt)]
    private readonly ushort _checksum;

    [FieldOffset(TcpAt + TcpHeader.UrgentPointerAt)]
    private readonly ushort _urgentPointer;

    /// <summary>The protocol that IPv4 carries.</summary>
    [FieldOffset(IpAt + Ipv4Header.ProtocolAt)]
    public readonly byte Protocol;

    /// <summary>How many more routers the packet may pass.</summary>
    [FieldOffset(IpAt + Ipv4Header.TimeToLiveAt)]
    public readonly byte TimeToLive;

    /// <summary>Ethernet's type, then the first two bytes of IPv4.</summary>
    public uint Type => Host(_type);

    /// <inheritdoc cref="Ipv4Header.TotalLength"/>
    public int TotalLength => Host(_totalLength);

    /// <inheritdoc cref="Ipv4Header.Identification"/>
    public int Identification => Host(_identification);

    /// <summary>IPv4's flags and fragment offset.</summary>
    public int Fragment => Host(_fragment);

    /// <summary>The sender.</summary>
    public Endpoint Source => new(IpAddress.FromIpv4(Host(_source)), Host(_sourcePort));

    /// <summary>The receiver.</summary>
    public Endpoint Destination => new(IpAddress.FromIpv4(Host(_destination)), Host(_destinationPort));

    /// <inheritdoc cref="TcpSegment.Sequence"/>
    public SequenceNumber Sequence => new(Host(_sequence));

    /// <inheritdoc cref="TcpSegment.Acknowledgement"/>
    public SequenceNumber Acknowledgement => new(Host(_acknowledgement));

    /// <summary>The length of TCP's header, then its flags.</summary>
    public ushort OffsetAndFlags => Host(_offsetAndFlags);

    /// <inheritdoc cref="TcpSegment.Window"/>
    public ushort Window => Host(_window);

    /// <inheritdoc cref="TcpSegment.Checksum"/>
    public ushort Checksum => Host(_checksum);

    /// <inheritdoc cref="TcpSegment.UrgentPointer"/>
    public ushort UrgentPointer => Host(_urgentPointer);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Host(uint field) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(field) : field;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort Host(ushort field) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(field) : field;
}
