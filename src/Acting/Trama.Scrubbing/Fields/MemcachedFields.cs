using System.Buffers.Binary;

namespace Trama.Scrubbing.Fields;

/// <summary>What proves to memcached who connects (memcached, binary protocol and its SASL authentication).</summary>
internal static class MemcachedFields
{
    private const int Header = 24, TotalAt = 8;
    private const byte Request = 0x80, Reply = 0x81, SaslStart = 0x21, SaslStep = 0x22;

    /// <summary>Notes the fields of each message.</summary>
    public static void Read(MessageFields message)
    {
        if (message.Bytes is [Request or Reply, ..]) ReadBinary(message);
    }

    private static void ReadBinary(MessageFields message)
    {
        ReadOnlySpan<byte> bytes = message.Bytes;
        for (int at = 0; bytes.Length - at >= Header;)
        {
            ReadOnlySpan<byte> header = bytes.Slice(at, Header);
            int total = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(header[TotalAt..]), (uint)(bytes.Length - at - Header));
            int before = BinaryPrimitives.ReadUInt16BigEndian(header[2..]) + header[4];
            at += Header;
            if (header[1] is SaslStart or SaslStep) message.Sasl(at + before, total - before);
            at += total;
        }
    }
}
