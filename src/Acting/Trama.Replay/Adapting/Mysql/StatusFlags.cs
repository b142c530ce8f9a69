using System.Buffers.Binary;

namespace Trama.Replay.Adapting.Mysql;

/// <summary>The status flags in a reply: in its OK and EOF packets (MySQL Client/Server Protocol, sections "OK_Packet" and
/// "EOF_Packet").</summary>
internal static class StatusFlags
{
    /// <summary>SERVER_STATUS_IN_TRANS and SERVER_STATUS_IN_TRANS_READONLY.</summary>
    public const ushort InTransaction = 0x0001 | 0x2000;

    /// <summary>SERVER_STATUS_AUTOCOMMIT.</summary>
    public const ushort Autocommit = 0x0002;

    private const ushort MoreResults = 0x0008;
    private const int Header = 4, LargestPacket = 0xff_ffff, EofLength = 5;
    private const byte Ok = 0, Eof = 0xfe, Error = 0xff, LocalFile = 0xfb;

    /// <summary>Where the flags stand.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="prepares">Whether it replies to a statement to prepare, which begins with a packet without flags.</param>
    public static List<int> In(ReadOnlySpan<byte> reply, bool prepares)
    {
        List<int> places = [];
        // Outside of rows; the EOFs that end a result: one behind its columns and one behind its rows, or an OK behind the rows.
        bool isFirst = true;
        int eofs = 0;
        for (int at = 0; at + Header < reply.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(reply[at..]) & LargestPacket;
            if (length == 0 || length > reply.Length - at - Header) break;
            ReadOnlySpan<byte> packet = reply.Slice(at + Header, length);
            int place = -1;
            if (isFirst && packet[0] is Error or LocalFile) break;
            if (isFirst && packet[0] == Ok && !prepares) place = AfterNumbers(packet);
            else if (packet[0] == Eof && length == EofLength) (place, eofs) = (3, eofs + 1);
            else if (packet[0] == Eof && length < LargestPacket) (place, eofs) = (AfterNumbers(packet), 2);
            bool hasEnded = place >= 0 && (isFirst || eofs == 2);
            isFirst = false;
            if (place >= 0 && place + sizeof(ushort) <= length)
            {
                places.Add(at + Header + place);
                bool isMore = (BinaryPrimitives.ReadUInt16LittleEndian(packet[place..]) & MoreResults) != 0;
                if (hasEnded && isMore) (isFirst, eofs) = (true, 0);
                else if (hasEnded && !prepares) break;
            }

            at += Header + length;
        }

        return places;
    }

    // Behind the type, two numbers of as many bytes as they take: rows that were touched, the last identifier.
    private static int AfterNumbers(ReadOnlySpan<byte> packet)
    {
        int at = 1;
        for (int number = 0; number < 2 && at < packet.Length; number++)
            at += packet[at] switch { 0xfc => 3, 0xfd => 4, 0xfe => 9, _ => 1 };
        return at;
    }
}
