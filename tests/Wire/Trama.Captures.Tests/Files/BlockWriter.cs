using System.Buffers.Binary;

namespace Trama.Captures.Tests.Files;

/// <summary>Writes pcapng blocks in either byte order, right or wrong, as tests need them.</summary>
internal sealed class BlockWriter
{
    private readonly List<byte> _bytes = [];
    private bool _bigEndian;

    public BlockWriter Section(bool bigEndian = false, ushort major = 1, ushort minor = 0)
    {
        _bigEndian = bigEndian;
        return Block(0x0A0D0D0A, [.. U32(0x1A2B3C4D), .. U16(major), .. U16(minor), .. U32(uint.MaxValue), .. U32(uint.MaxValue)]);
    }

    public BlockWriter Interface(ushort linkType = 1, uint snapLength = 0, params byte[][] options) =>
        Block(1, [.. U16(linkType), .. U16(0), .. U32(snapLength), .. options.SelectMany(option => option)]);

    public BlockWriter Enhanced(uint interfaceId, ulong time, byte[] packet, uint? captured = null, uint? original = null,
        params byte[][] options) =>
        Block(6, [
            .. U32(interfaceId), .. U32((uint)(time >> 32)), .. U32((uint)time), .. U32(captured ?? (uint)packet.Length),
            .. U32(original ?? (uint)packet.Length), .. Pad(packet), .. options.SelectMany(option => option)]);

    public BlockWriter Obsolete(ushort interfaceId, ulong time, byte[] packet) =>
        Block(2, [
            .. U16(interfaceId), .. U16(9), .. U32((uint)(time >> 32)), .. U32((uint)time), .. U32((uint)packet.Length),
            .. U32((uint)packet.Length), .. Pad(packet)]);

    public BlockWriter Simple(uint original, byte[] packet) => Block(3, [.. U32(original), .. Pad(packet)]);

    public BlockWriter Block(uint type, byte[] body)
    {
        uint length = (uint)body.Length + 12;
        _bytes.AddRange([.. U32(type), .. U32(length), .. body, .. U32(length)]);
        return this;
    }

    public BlockWriter Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public byte[] Option(ushort code, params byte[] value) => [.. U16(code), .. U16((ushort)value.Length), .. Pad(value)];

    public byte[] U64(long value) => _bigEndian ? [.. U32((uint)(value >> 32)), .. U32((uint)value)]
        : [.. U32((uint)value), .. U32((uint)(value >> 32))];

    public byte[] U32(uint value)
    {
        byte[] field = new byte[4];
        if (_bigEndian) BinaryPrimitives.WriteUInt32BigEndian(field, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(field, value);
        return field;
    }

    public byte[] Build() => [.. _bytes];

    private static byte[] Pad(byte[] bytes) => [.. bytes, .. new byte[-bytes.Length & 3]];

    private byte[] U16(ushort value) => _bigEndian ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)];
}
