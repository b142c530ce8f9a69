using System.Buffers.Binary;

namespace Trama.Scrubbing.Fields;

/// <summary>
/// Records of Kafka, wherever in a message they are: batches (Kafka message format, version 2) and sets of messages (versions 0 and 1).
/// </summary>
internal static class KafkaRecords
{
    private const int LengthAt = 8, MagicAt = 16, BatchAttributesAt = 22, CountAt = 57, RecordsAt = 61, LengthCounted = 12;
    private const int MessageAttributesAt = 17, LeastMessage = 14, MostRecords = 1 << 24;
    private const byte BatchMagic = 2, CompressionBits = 7;

    /// <summary>Notes the keys, values and headers of those of a message.</summary>
    public static void Read(MessageFields message)
    {
        ReadOnlySpan<byte> bytes = message.Bytes;
        for (int at = 0; at + MagicAt + 1 < bytes.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(bytes[(at + LengthAt)..]);
            if (IsBatch(bytes[at..], length)) ReadBatch(message.Part(at, LengthCounted + length));
            else if (IsMessage(bytes[at..], length)) ReadMessage(message.Part(at, LengthCounted + length));
            else
            {
                at++;
                continue;
            }

            if (length > bytes.Length - at - LengthCounted) return;
            at += LengthCounted + length;
        }
    }

    private static bool IsBatch(ReadOnlySpan<byte> bytes, int length)
    {
        if (length < RecordsAt - LengthCounted || bytes.Length < RecordsAt || bytes[MagicAt] != BatchMagic || bytes[0] != 0) return false;
        int last = BinaryPrimitives.ReadInt32BigEndian(bytes[(BatchAttributesAt + 1)..]);
        int count = BinaryPrimitives.ReadInt32BigEndian(bytes[CountAt..]);
        return count is >= 0 and < MostRecords && last >= count - 1
            && (bytes[BatchAttributesAt - 1] | bytes[BatchAttributesAt] & 0x80) == 0;
    }

    private static void ReadBatch(MessageFields batch)
    {
        if ((batch.Bytes[BatchAttributesAt] & CompressionBits) != 0)
        {
            batch.Value(RecordsAt, batch.Bytes.Length - RecordsAt);
            return;
        }

        var records = new FieldCursor(batch.Bytes, RecordsAt);
        while (records.Left > 0)
        {
            (int from, int length) = records.Take(Signed(ref records));
            if (length == 0) return;
            MessageFields record = batch.Part(from, length);
            var fields = new FieldCursor(record.Bytes, 1);
            // When, and which it is, since the first.
            fields.Varint();
            fields.Varint();
            Note(record, ref fields);
            Note(record, ref fields);
            for (long headers = Signed(ref fields); headers > 0 && fields.Left > 0; headers--)
            {
                Note(record, ref fields);
                Note(record, ref fields);
            }
        }
    }

    private static void Note(MessageFields record, ref FieldCursor fields)
    {
        (int from, int length) = fields.Take(Math.Max(0, Signed(ref fields)));
        record.Value(from, length);
    }

    private static bool IsMessage(ReadOnlySpan<byte> bytes, int length)
    {
        if (length < LeastMessage || length > bytes.Length - LengthCounted || bytes[0] != 0 || bytes[MagicAt] > 1) return false;
        if ((bytes[MessageAttributesAt] & 0xf0) != 0) return false;
        var fields = new FieldCursor(bytes[..(LengthCounted + length)], MessageAttributesAt + 1 + (bytes[MagicAt] == 1 ? sizeof(long) : 0));
        long key = fields.Big(4);
        fields.Take(Math.Max(0, key));
        long value = fields.Big(4);
        return key >= -1 && value >= -1 && !fields.IsCut && fields.Left == Math.Max(0, value);
    }

    private static void ReadMessage(MessageFields message)
    {
        int at = MessageAttributesAt + 1 + (message.Bytes[MagicAt] == 1 ? sizeof(long) : 0);
        var fields = new FieldCursor(message.Bytes, at);
        for (int part = 0; part < 2; part++)
        {
            (int from, int length) = fields.Take(Math.Max(0, fields.Big(4)));
            message.Value(from, length);
        }
    }

    // The last bit says whether it is below zero (Protocol Buffers, sint64).
    private static long Signed(ref FieldCursor fields)
    {
        long number = fields.Varint();
        return (long)((ulong)number >> 1) ^ -(number & 1);
    }
}
