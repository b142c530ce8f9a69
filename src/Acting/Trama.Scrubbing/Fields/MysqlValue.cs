namespace Trama.Scrubbing.Fields;

/// <summary>How values of MySQL are written (MySQL Client/Server Protocol: basic data types, binary protocol value).</summary>
internal static class MysqlValue
{
    private const byte Null = 0xfb;

    /// <summary>A length of one byte, or of two, three or eight behind a mark; 0 for none.</summary>
    public static long Length(ref FieldCursor fields) => fields.Little(1) switch
    {
        Null => 0,
        0xfc => fields.Little(2),
        0xfd => fields.Little(3),
        0xfe => fields.Little(8),
        var length => length,
    };

    /// <summary>Takes a value of a type; only of bytes and texts is told where it is.</summary>
    /// <returns>False for a type that there is not.</returns>
    public static bool TryTake(ref FieldCursor fields, byte type, out (int From, int Length) value)
    {
        value = default;
        switch (type)
        {
            case 0 or 0x0f or 0x10 or >= 0xf5:
                value = fields.Take(Length(ref fields));
                return true;
            case 1: return fields.Take(1).Length == 1;
            case 2 or 0x0d: return fields.Take(2).Length == 2;
            case 3 or 4 or 9: return fields.Take(4).Length == 4;
            case 5 or 8: return fields.Take(8).Length == 8;
            case 6: return true;
            // Dates and times say how exact they are.
            case 7 or 0x0a or 0x0b or 0x0c:
                fields.Take(fields.Little(1));
                return true;
            default: return false;
        }
    }
}
