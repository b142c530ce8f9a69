namespace Trama.Framing;

/// <summary>Names of many parts (topics, subjects), without what differs from one thing to the next: identifiers become
/// <c>:id</c>.</summary>
internal static class TopicShape
{
    /// <summary>Appends the shape of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="separator">What its parts are separated by.</param>
    /// <param name="shape">The text to append to.</param>
    public static void Write(ReadOnlySpan<byte> name, byte separator, ref ShortText shape)
    {
        while (true)
        {
            int end = name.IndexOf(separator);
            ReadOnlySpan<byte> part = end < 0 ? name : name[..end];
            shape.Add(Identifiers.IsOne(part) ? ":id"u8 : part);
            if (end < 0) return;
            shape.Add(name.Slice(end, 1));
            name = name[(end + 1)..];
        }
    }
}
