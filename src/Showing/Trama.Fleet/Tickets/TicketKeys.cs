using System.Buffers.Binary;
using System.Security.Cryptography;
using Trama.Packets.Transport;

namespace Trama.Fleet.Tickets;

/// <summary>
/// Makes the keys by which two ends of a connection find each other: HMAC-SHA-256 (RFC 2104, FIPS 180-4) under the fleet's key, of which 63
/// bits are used, so that who reads tickets can try out neither addresses nor first bytes.
/// </summary>
/// <param name="secret">The fleet's key.</param>
public sealed class TicketKeys(byte[] secret)
{
    /// <summary>How many bytes the fleet's key has at least.</summary>
    public const int MinSecretBytes = 32;

    /// <summary>How many of a stream's first bytes count.</summary>
    public const int HeadBytes = 64;

    // Less tells no connections apart.
    private const int MinHeadBytes = 16;

    /// <summary>Of both initial sequence numbers.</summary>
    public long OfNumbers(uint client, uint server)
    {
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = (byte)TicketKind.Numbers;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[1..], client);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[5..], server);
        return Of(bytes);
    }

    /// <summary>Of the first bytes of both streams and the SYN's timestamp; null when too little was said.</summary>
    public long? OfBytes(ReadOnlySpan<byte> toServer, ReadOnlySpan<byte> toClient, uint? timestamp)
    {
        if (toServer.Length > HeadBytes) toServer = toServer[..HeadBytes];
        if (toClient.Length > HeadBytes) toClient = toClient[..HeadBytes];
        if (toServer.Length + toClient.Length < MinHeadBytes) return null;
        Span<byte> bytes = stackalloc byte[8 + (2 * HeadBytes)];
        bytes.Clear();
        (bytes[0], bytes[1], bytes[2]) = ((byte)TicketKind.Bytes, (byte)toServer.Length, (byte)toClient.Length);
        bytes[3] = (byte)(timestamp is null ? 0 : 1);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], timestamp ?? 0);
        toServer.CopyTo(bytes[8..]);
        toClient.CopyTo(bytes[(8 + HeadBytes)..]);
        return Of(bytes);
    }

    /// <summary>Of the client's initial sequence number and the SYN's timestamp.</summary>
    public long OfSyn(uint client, uint? timestamp)
    {
        Span<byte> bytes = stackalloc byte[10];
        (bytes[0], bytes[1]) = ((byte)TicketKind.Syn, (byte)(timestamp is null ? 0 : 1));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[2..], client);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[6..], timestamp ?? 0);
        return Of(bytes);
    }

    /// <summary>Of both addresses and ports.</summary>
    public long OfTuple(Endpoint client, Endpoint server)
    {
        Span<byte> bytes = stackalloc byte[1 + (2 * (16 + sizeof(ushort)))];
        bytes.Clear();
        bytes[0] = (byte)TicketKind.Tuple;
        client.Address.WriteBytes(bytes[1..]);
        server.Address.WriteBytes(bytes[17..]);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[33..], client.Port);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[35..], server.Port);
        return Of(bytes);
    }

    private long Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, bytes, hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash) & long.MaxValue;
    }
}
