namespace Trama.Scrubbing.Fields;

/// <summary>A type of a column (native_protocol_v4.spec sections 4.2.5.2 and 6).</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parts">What it is made of: of a list one type, of a map two, of a tuple one each.</param>
internal sealed record CassandraType(int Id, IReadOnlyList<CassandraType> Parts)
{
    private const int MaxDepth = 8, MostParts = 256;
    private const int Custom = 0, Blob = 3, Uuid = 0x0c, Varchar = 0x0d, TimeUuid = 0x0f, Inet = 0x10;
    private const int List = 0x20, Map = 0x21, Set = 0x22, UserDefined = 0x30, Tuple = 0x31;

    /// <summary>Takes the type that is told next.</summary>
    public static CassandraType Take(ref FieldCursor fields, int depth)
    {
        int id = (int)fields.Big(2), parts = id switch { List or Set => 1, Map => 2, _ => 0 };
        if (id == Custom) fields.Take(fields.Big(2));
        if (id == UserDefined)
        {
            fields.Take(fields.Big(2));
            fields.Take(fields.Big(2));
        }

        if (id is UserDefined or Tuple) parts = (int)Math.Min(fields.Big(2), MostParts);
        if (depth >= MaxDepth) return new(Custom, []);
        List<CassandraType> types = [];
        while (types.Count < parts && fields.Left > 0)
        {
            if (id == UserDefined) fields.Take(fields.Big(2));
            types.Add(Take(ref fields, depth + 1));
        }

        return new(id, types);
    }

    /// <summary>Notes a value of the type, behind its length.</summary>
    public void Read(MessageFields body, ref FieldCursor fields, int depth)
    {
        (int from, int length) = fields.Take(Math.Max(0, fields.Big(4)));
        if (Id == Inet) body.Address(from, length);
        else if (Id is Custom or Blob or Uuid or TimeUuid or Varchar) body.Value(from, length);
        else if (Parts.Count > 0) ReadParts(body.Part(from, length), depth);
    }

    private void ReadParts(MessageFields value, int depth)
    {
        var fields = new FieldCursor(value.Bytes);
        if (Id is UserDefined or Tuple)
        {
            foreach (CassandraType part in Parts) part.Read(value, ref fields, depth + 1);
            return;
        }

        for (long left = fields.Big(4); left > 0 && fields.Left > 0; left--)
            foreach (CassandraType part in Parts) part.Read(value, ref fields, depth + 1);
    }
}
