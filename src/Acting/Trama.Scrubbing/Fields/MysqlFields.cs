using System.Buffers.Binary;

namespace Trama.Scrubbing.Fields;

/// <summary>
/// What proves to MySQL who logs in, parameters and rows (MySQL Client/Server Protocol, HandshakeResponse41, COM_CHANGE_USER,
/// COM_STMT_EXECUTE, COM_STMT_SEND_LONG_DATA).
/// </summary>
internal static class MysqlFields
{
    private const int PacketHeader = 4, SequenceAt = 3, FixedLength = 32, FillerAt = 9, FillerLength = 19;
    private const uint Protocol41 = 1 << 9, Secure = 1 << 15, LongAnswer = 1 << 21;
    private const byte ChangeUser = 0x11, Execute = 0x17, SendLongData = 0x18;
    private const int LongDataAt = 7;

    /// <summary>Notes the fields of each packet of a message.</summary>
    public static void Read(MessageFields message)
    {
        if (message.IsReply)
        {
            MysqlRows.Read(message);
            return;
        }

        var packets = new FieldCursor(message.Bytes);
        while (packets.Left > PacketHeader)
        {
            long length = packets.Little(SequenceAt), sequence = packets.Little(1);
            (int from, int count) = packets.Take(length);
            ReadRequest(message.Part(from, count), isFirst: sequence == 0);
        }
    }

    private static void ReadRequest(MessageFields packet, bool isFirst)
    {
        ReadOnlySpan<byte> bytes = packet.Bytes;
        if (isFirst && bytes is [ChangeUser, ..])
        {
            var fields = new FieldCursor(bytes, 1);
            fields.TakeText();
            Secret(packet, fields.Take(fields.Big(1)));
        }
        else if (isFirst && bytes is [Execute, ..]) MysqlParameters.Read(packet);
        else if (isFirst && bytes is [SendLongData, ..]) packet.Value(LongDataAt, bytes.Length - LongDataAt);
        else if (isFirst) return;
        else if (IsLogin(bytes)) ReadLogin(packet);
        // What the server asked for then; lines of a file that it asked for are data.
        else if (bytes.IndexOf((byte)'\n') >= 0) packet.Value(0, bytes.Length);
        else Secret(packet, (0, bytes is [.., 0] ? bytes.Length - 1 : bytes.Length));
    }

    private static bool IsLogin(ReadOnlySpan<byte> bytes) => bytes.Length >= FixedLength
        && (BinaryPrimitives.ReadUInt32LittleEndian(bytes) & Protocol41) != 0
        && !bytes.Slice(FillerAt, FillerLength).ContainsAnyExcept((byte)0);

    private static void ReadLogin(MessageFields login)
    {
        uint capabilities = BinaryPrimitives.ReadUInt32LittleEndian(login.Bytes);
        var fields = new FieldCursor(login.Bytes, FixedLength);
        fields.TakeText();
        if ((capabilities & LongAnswer) != 0) Secret(login, fields.Take(MysqlValue.Length(ref fields)));
        else if ((capabilities & Secure) != 0) Secret(login, fields.Take(fields.Big(1)));
        else Secret(login, fields.TakeText());
    }

    private static void Secret(MessageFields packet, (int From, int Length) field) => packet.Secret(field.From, field.Length);
}
