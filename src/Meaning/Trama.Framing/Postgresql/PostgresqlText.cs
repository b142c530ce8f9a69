namespace Trama.Framing.Postgresql;

/// <summary>Reads the strings of a body, each ended by a NUL.</summary>
internal static class PostgresqlText
{
    /// <summary>Takes the next string; what is left of the body when its end is not there.</summary>
    public static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> body)
    {
        int end = body.IndexOf((byte)0);
        ReadOnlySpan<byte> text = end < 0 ? body : body[..end];
        body = end < 0 ? default : body[(end + 1)..];
        return text;
    }

    /// <summary>The field of an ErrorResponse or NoticeResponse with a type; empty when it has none.</summary>
    public static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> body, byte type)
    {
        while (body is [not 0, ..])
        {
            byte found = body[0];
            body = body[1..];
            ReadOnlySpan<byte> text = Take(ref body);
            if (found == type) return text;
        }

        return default;
    }
}
