using System.Buffers.Binary;
using Trama.Packets.Network;
using Trama.Scrubbing.Streams;

namespace Trama.Scrubbing.Frames;

/// <summary>A packet that came in fragments: what IP carried, put together. Where fragments overlap, the first bytes stay.</summary>
internal sealed class JoinedPacket(IpAddress source, IpAddress destination, IpProtocol protocol)
{
    private const int Unit = 8, MostBytes = ushort.MaxValue, MostParts = 256;

    private readonly byte[] _bytes = new byte[MostBytes + 1];
    private readonly bool[] _covered = new bool[(MostBytes + 1) / Unit];
    private int _length = -1, _units;
    private byte[]? _original, _scrubbed;

    /// <summary>How many bytes one takes at most.</summary>
    public const int Room = 3 * (MostBytes + 1);

    /// <summary>The records that its fragments came in, and where each begins.</summary>
    public List<(long Record, int Offset)> Parts { get; } = [];

    /// <summary>Adds a fragment.</summary>
    /// <returns>Whether the packet is complete.</returns>
    public bool Add(long record, ReadOnlySpan<byte> bytes, int offset, bool more)
    {
        if (offset + bytes.Length > MostBytes || Parts.Count == MostParts || more && bytes.Length % Unit != 0) return false;
        Parts.Add((record, offset));
        if (!more && _length < 0) _length = offset + bytes.Length;
        for (int at = 0; at < bytes.Length; at += Unit)
        {
            ref bool isCovered = ref _covered[(offset + at) / Unit];
            if (isCovered) continue;
            isCovered = true;
            _units++;
            bytes.Slice(at, Math.Min(Unit, bytes.Length - at)).CopyTo(_bytes.AsSpan(offset + at));
        }

        return _length >= 0 && _units == (_length + Unit - 1) / Unit;
    }

    /// <summary>Puts in the place of a fragment what stands for it.</summary>
    /// <returns>False, with nothing changed, where the packet says something else there.</returns>
    public bool TryReplace(int offset, Span<byte> bytes, FrameScrubber frames, ScrubbedStream? stream)
    {
        if (_scrubbed is null || _original is null)
        {
            (_original, int header) = Build();
            _scrubbed = [.. _original];
            frames.ScrubIp(_original, _scrubbed, stream);
            (_original, _scrubbed) = (_original[header..], _scrubbed[header..]);
        }

        if (offset + bytes.Length > _original.Length || !_original.AsSpan(offset, bytes.Length).SequenceEqual(bytes)) return false;
        _scrubbed.AsSpan(offset, bytes.Length).CopyTo(bytes);
        return true;
    }

    // With a header as if it had come whole; no length where there is no room for it, as devices leave it.
    private (byte[] Packet, int Header) Build()
    {
        bool isIpv4 = !source.IsIpv6;
        int header = isIpv4 ? Ipv4Header.MinimumLength : Ipv6Header.Length, length = header + _length;
        byte[] packet = new byte[length];
        packet[0] = isIpv4 ? (byte)0x45 : (byte)0x60;
        packet[isIpv4 ? 9 : 6] = (byte)protocol;
        if (length <= ushort.MaxValue)
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(isIpv4 ? 2 : 4), (ushort)(isIpv4 ? length : _length));
        source.WriteBytes(packet.AsSpan(isIpv4 ? Ipv4Header.SourceAt : Ipv6Header.SourceAt));
        destination.WriteBytes(packet.AsSpan(isIpv4 ? Ipv4Header.DestinationAt : Ipv6Header.DestinationAt));
        _bytes.AsSpan(0, _length).CopyTo(packet.AsSpan(header));
        return (packet, header);
    }
}
