namespace Trama.Framing.Mysql;

/// <summary>Passes over the attributes that a client may put before the text of a query (MySQL 8.0.25 and later).</summary>
internal static class QueryAttributes
{
    /// <summary>The text of a query; empty where it is not among the bytes that are kept.</summary>
    /// <param name="query">What follows the command.</param>
    /// <param name="agreed">What both sides can do; absent when unknown.</param>
    public static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> query, MysqlCapabilities? agreed)
    {
        // The number of attributes, and one set of them: no statement begins so.
        bool mayHave = agreed is not { } known || (known & MysqlCapabilities.QueryAttributes) != 0;
        if (!mayHave || query is not [< 0xfb, 1, ..]) return query;
        var fields = new MysqlFields(query);
        int count = fields.U8();
        fields.U8();
        if (count == 0) return fields.Rest;
        ReadOnlySpan<byte> nulls = fields.Take((count + 7) / 8);
        if (fields.U8() != 1) return default;
        MysqlFields values = fields;
        for (int i = 0; i < count; i++) PassType(ref values, out _);
        for (int i = 0; i < count && !values.IsBroken; i++)
        {
            PassType(ref fields, out byte type);
            if ((nulls[i / 8] & (1 << (i % 8))) == 0) PassValue(ref values, type);
        }

        return values.IsBroken ? default : values.Rest;
    }

    private static void PassType(ref MysqlFields fields, out byte type)
    {
        type = fields.U8();
        fields.Take(1);
        fields.Take(fields.Number());
    }

    // The sizes of the binary protocol's values, by their types.
    private static void PassValue(ref MysqlFields values, byte type) => values.Take(type switch
    {
        1 => 1,
        2 or 13 => 2,
        3 or 4 or 9 => 4,
        5 or 8 => 8,
        6 => 0,
        7 or 10 or 11 or 12 => values.U8(),
        _ => values.Number(),
    });
}
