namespace Trama.Scrubbing.Fields;

/// <summary>The parameters of a statement (MySQL Client/Server Protocol, COM_STMT_EXECUTE).</summary>
internal static class MysqlParameters
{
    private const int FlagsAt = 5, ParametersAt = 10, MostParameters = 1024;
    private const byte SaysCount = 8;

    /// <summary>Notes them. How many there are was said when the statement was prepared: as many as fit.</summary>
    public static void Read(MessageFields command)
    {
        ReadOnlySpan<byte> bytes = command.Bytes;
        if (bytes.Length <= ParametersAt) return;
        if ((bytes[FlagsAt] & SaysCount) != 0)
        {
            var fields = new FieldCursor(bytes, ParametersAt);
            int count = (int)Math.Min(MysqlValue.Length(ref fields), MostParameters);
            if (TryRead(command, fields.At, count, hasNames: true, notes: true)) return;
        }

        for (int count = 1; count <= MostParameters && ParametersAt + count <= bytes.Length; count++)
        {
            if (!TryRead(command, ParametersAt, count, hasNames: false, notes: false)) continue;
            TryRead(command, ParametersAt, count, hasNames: false, notes: true);
            return;
        }

        // Those of which the types were said before.
        command.Value(ParametersAt, bytes.Length - ParametersAt);
    }

    private static bool TryRead(MessageFields command, int at, int count, bool hasNames, bool notes)
    {
        ReadOnlySpan<byte> bytes = command.Bytes;
        var fields = new FieldCursor(bytes, at);
        (int nulls, _) = fields.Take((count + 7) / 8);
        if (fields.Big(1) != 1) return false;
        byte[] types = new byte[count];
        for (int parameter = 0; parameter < count; parameter++)
        {
            types[parameter] = (byte)fields.Big(1);
            // Whether it has a sign.
            if ((fields.Big(1) & 0x7f) != 0) return false;
            if (hasNames) fields.Take(MysqlValue.Length(ref fields));
        }

        for (int parameter = 0; parameter < count && !fields.IsCut; parameter++)
        {
            if ((bytes[nulls + parameter / 8] >> parameter % 8 & 1) != 0) continue;
            if (!MysqlValue.TryTake(ref fields, types[parameter], out (int From, int Length) value)) return false;
            if (notes) command.Value(value.From, value.Length);
        }

        return !fields.IsCut && fields.Left == 0;
    }
}
