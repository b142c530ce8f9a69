using System.Buffers.Binary;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Network;

namespace Trama.Scrubbing.Mapping;

/// <summary>
/// The addresses that the headers of a capture have: where the same bytes stand in a message of a binary protocol, they are taken for the
/// same address, as in an identifier that a device made of its own.
/// </summary>
internal sealed class SeenAddresses
{
    private const int MaxKept = 1 << 16, HardwareLength = 6;

    private readonly HashSet<ulong> _hardware = [];
    private readonly HashSet<IpAddress> _addresses = [];
    private readonly bool[] _beginnings = new bool[1 << 16];

    /// <summary>Takes those of a record.</summary>
    public void Observe(in Record record)
    {
        PacketWalk walk = PacketWalk.Of(record);
        while (walk.TryMoveOn())
        {
            if (walk.Layer == Layer.Ethernet && walk.Bytes.Length >= 2 * HardwareLength)
            {
                AddHardware(walk.Bytes);
                AddHardware(walk.Bytes[HardwareLength..]);
            }
            else if (walk.Layer is Layer.Transport or Layer.Fragment)
            {
                Add(walk.Source);
                Add(walk.Destination);
            }
        }
    }

    /// <summary>How long the address is that bytes begin with; 0 for none. Four bytes may be a number, and count only where none is zero.
    /// </summary>
    public int Measure(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(uint) || !_beginnings[BinaryPrimitives.ReadUInt16BigEndian(bytes)]) return 0;
        if (bytes.Length >= 16 && _addresses.Contains(IpAddress.FromBytes(bytes[..16]))) return 16;
        if (bytes.Length >= HardwareLength && _hardware.Contains(Hardware(bytes))) return HardwareLength;
        return _addresses.Contains(IpAddress.FromBytes(bytes[..sizeof(uint)])) ? sizeof(uint) : 0;
    }

    private void AddHardware(ReadOnlySpan<byte> address)
    {
        // Of those with few bytes that tell something numbers are as likely.
        if (_hardware.Count >= MaxKept || address[..HardwareLength].Count((byte)0) > 2 || !_hardware.Add(Hardware(address))) return;
        _beginnings[BinaryPrimitives.ReadUInt16BigEndian(address)] = true;
    }

    private void Add(IpAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes = bytes[..address.WriteBytes(bytes)];
        if (_addresses.Count >= MaxKept || bytes.Count((byte)0) > (address.IsIpv6 ? 12 : 0) || !_addresses.Add(address)) return;
        _beginnings[BinaryPrimitives.ReadUInt16BigEndian(bytes)] = true;
    }

    private static ulong Hardware(ReadOnlySpan<byte> address) =>
        (ulong)BinaryPrimitives.ReadUInt32BigEndian(address) << 16 | BinaryPrimitives.ReadUInt16BigEndian(address[4..]);
}
