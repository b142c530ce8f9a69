using System.Buffers.Binary;

namespace Trama.Run.Gateway;

/// <summary>Tells whether a command begins TLS with what it says (RFC 8446 sections 4 and 5.1).</summary>
internal static class TlsBeginning
{
    private const byte Handshake = 22, MajorVersion = 3, MostMinorVersion = 4, ClientHello = 1;
    private const int RecordHeader = 5, MessageHeader = 4, MostFragment = 1 << 14;

    /// <summary>Whether it may.</summary>
    /// <param name="bytes">What is said.</param>
    /// <param name="isFirst">Whether nothing was said before: then the kind of the record is enough, however little of it there is.</param>
    public static bool Is(ReadOnlySpan<byte> bytes, bool isFirst)
    {
        if (bytes.IsEmpty || bytes[0] != Handshake) return false;
        if (isFirst) return true;
        if (bytes.Length < RecordHeader + MessageHeader + 2) return false;
        int fragment = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
        int body = bytes[RecordHeader + 1] << 16 | BinaryPrimitives.ReadUInt16BigEndian(bytes[(RecordHeader + 2)..]);
        return bytes[1] == MajorVersion && bytes[2] <= MostMinorVersion && bytes[RecordHeader] == ClientHello
            && fragment is > MessageHeader and <= MostFragment && body + MessageHeader >= fragment
            && bytes[RecordHeader + MessageHeader] == MajorVersion;
    }
}
