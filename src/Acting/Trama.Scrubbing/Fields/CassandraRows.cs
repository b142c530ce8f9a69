namespace Trama.Scrubbing.Fields;

/// <summary>
/// The rows of a result of Cassandra, whose columns say of which type they are (native_protocol_v4.spec section 4.2.5.2).
/// </summary>
internal static class CassandraRows
{
    private const int Rows = 2, MostColumns = 4096;
    private const int IsGlobal = 1, HasMore = 2, HasNoTypes = 4, HasNewTypes = 8;

    /// <summary>Notes the values of a result.</summary>
    public static void Read(MessageFields body, ref FieldCursor fields, int version)
    {
        if (fields.Big(4) != Rows) return;
        long flags = fields.Big(4), columns = fields.Big(4);
        if (columns is <= 0 or > MostColumns) return;
        if ((flags & HasMore) != 0)
        {
            (int from, int length) = fields.Take(fields.Big(4));
            body.Value(from, length);
        }

        if (version == 5 && (flags & HasNewTypes) != 0) fields.Take(fields.Big(2));
        CassandraType?[] types = new CassandraType?[columns];
        if ((flags & HasNoTypes) == 0) ReadTypes(ref fields, (flags & IsGlobal) != 0, types);
        for (long left = fields.Big(4); left > 0 && fields.Left > 0; left--)
        {
            foreach (CassandraType? type in types)
            {
                if (type is null) ReadUntyped(body, ref fields);
                else type.Read(body, ref fields, 0);
            }
        }
    }

    /// <summary>Notes a value of which nothing says the type.</summary>
    public static void ReadUntyped(MessageFields body, ref FieldCursor fields)
    {
        (int from, int length) = fields.Take(Math.Max(0, fields.Big(4)));
        // Four bytes are a number or an address: those of numbers begin with zeros, or with ones below zero.
        if (length == 4 && body.Bytes[from] is not (0 or 0xff)) body.Address(from, length);
        else body.Value(from, length);
    }

    private static void ReadTypes(ref FieldCursor fields, bool isGlobal, CassandraType?[] types)
    {
        if (isGlobal) SkipTable(ref fields);
        for (int column = 0; column < types.Length; column++)
        {
            if (!isGlobal) SkipTable(ref fields);
            fields.Take(fields.Big(2));
            types[column] = CassandraType.Take(ref fields, 0);
        }
    }

    private static void SkipTable(ref FieldCursor fields)
    {
        fields.Take(fields.Big(2));
        fields.Take(fields.Big(2));
    }
}
