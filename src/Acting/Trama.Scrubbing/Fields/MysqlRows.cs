namespace Trama.Scrubbing.Fields;

/// <summary>The rows of a result of MySQL, of texts or of values as bytes (MySQL Client/Server Protocol, ResultsetRow).</summary>
internal static class MysqlRows
{
    private const int PacketHeader = 4, TypeAt = 6, MostColumns = 4096;
    private const byte Failure = 0xff, End = 0xfe;

    // The catalogue of every column.
    private static ReadOnlySpan<byte> Definition => [3, (byte)'d', (byte)'e', (byte)'f'];

    /// <summary>Notes the values of each packet of a reply.</summary>
    public static void Read(MessageFields reply)
    {
        List<byte> types = [];
        bool isRow = false;
        var packets = new FieldCursor(reply.Bytes);
        while (packets.Left > PacketHeader)
        {
            long length = packets.Little(3);
            packets.Take(1);
            (int from, int count) = packets.Take(length);
            MessageFields packet = reply.Part(from, count);
            bool isDefinition = packet.Bytes.StartsWith(Definition);
            if (isDefinition)
            {
                // Another result begins.
                if (isRow) types.Clear();
                if (types.Count < MostColumns) types.Add(Type(packet.Bytes));
                isRow = false;
                continue;
            }

            isRow = true;
            if (packet.Bytes is [Failure, ..] or [End, _, _, _, _] || types.Count == 0) continue;
            if (!TryReadBinary(packet, types, notes: false)) ReadTexts(packet, types.Count);
            else TryReadBinary(packet, types, notes: true);
        }
    }

    // Behind six texts and the length of what has fixed lengths: an alphabet and a length.
    private static byte Type(ReadOnlySpan<byte> definition)
    {
        var fields = new FieldCursor(definition);
        for (int text = 0; text < 6; text++) fields.Take(MysqlValue.Length(ref fields));
        fields.Take(1 + TypeAt);
        return fields.Peek;
    }

    private static bool TryReadBinary(MessageFields row, List<byte> types, bool notes)
    {
        var fields = new FieldCursor(row.Bytes);
        if (fields.Big(1) != 0) return false;
        // Two bits are left free.
        (int nulls, int length) = fields.Take((types.Count + 9) / 8);
        if (length < (types.Count + 9) / 8) return false;
        for (int column = 0; column < types.Count && !fields.IsCut; column++)
        {
            if ((row.Bytes[nulls + (column + 2) / 8] >> (column + 2) % 8 & 1) != 0) continue;
            if (!MysqlValue.TryTake(ref fields, types[column], out (int From, int Length) value)) return false;
            if (notes) row.Value(value.From, value.Length);
        }

        return !fields.IsCut && fields.Left == 0;
    }

    private static void ReadTexts(MessageFields row, int columns)
    {
        var check = new FieldCursor(row.Bytes);
        for (int column = 0; column < columns; column++) check.Take(MysqlValue.Length(ref check));
        if (check.IsCut || check.Left > 0) return;
        var fields = new FieldCursor(row.Bytes);
        for (int column = 0; column < columns; column++)
        {
            (int from, int length) = fields.Take(MysqlValue.Length(ref fields));
            row.Value(from, length);
        }
    }
}
